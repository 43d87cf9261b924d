"""Loading everything before it is needed, what the first picture needs first: documents, their text, then faces."""

from pathlib import Path

import numpy as np

from echt.identity.vision import landmarks, models, text
from echt.identity.vision.carriers import ORIENTATION, OUTLINE, SFACE, YUNET

BLANK = np.full((480, 640, 3), 127, np.uint8)


def warm(folder: Path | None = None) -> None:
    """Load every model; those that take their time at their first picture get a blank one.

    Raises:
        ModelMissing: one is not there.
    """
    for model in (OUTLINE, ORIENTATION):
        models.session(model, folder)
    text.boxes(BLANK)
    for model in (YUNET, SFACE):
        models.session(model, folder)
    landmarks.looks(BLANK, folder)
