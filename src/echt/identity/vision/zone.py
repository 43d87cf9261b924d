"""The machine-readable zone in a picture: found among the printed lines, and read again where its digits do not hold.

1. A zone whose check digits all hold as the text model read it is taken so.
2. Otherwise each line is read again from two cuts, and what the text model thought possible beside what it took is
   tried where that makes all check digits hold.
3. Where several ways make them hold, none is taken: the first reading stands, with the digits that fail.
4. Then a model that knows nothing but zones reads each line too, and the check digits choose line by line. A number is
   not repaired in what it read: too much would hold by chance.
5. A line that was not found is looked for beside those that were, at the distance at which lines of a zone stand.
6. Names are taken as the text model reads them: no check digit would choose.
"""

import threading
from collections.abc import Sequence
from functools import cache
from itertools import islice, product
from pathlib import Path

import cv2
import numpy as np
import tesserocr
from PIL import Image

from echt.identity.mrz import Zone
from echt.identity.mrz.parse import UNPROTECTED, may_belong
from echt.identity.mrz.repair import clean
from echt.identity.vision import models, text
from echt.identity.vision.carriers import MRZ_LETTERS
from echt.identity.vision.cutting import grown, straight
from echt.identity.vision.doubts import Cell, as_read, distinct, most_likely, needs_nothing, settled
from echt.identity.vision.lines import Line
from echt.identity.vision.models import Array
from echt.identity.vision.rows import aligned, rows_of, with_neighbours

MOST_WAYS = 64
HIGH = 44
MARGIN = 14

_reading = threading.Lock()


def zone(picture: Array, lines: Sequence[Line], folder: Path | None = None) -> Zone | None:
    """The zone among the lines of the picture; None where there is none."""
    rows = list(rows_of(lines))
    if not rows:
        return None
    first = as_read([row.text for row in rows])
    if first is None:
        rows = with_neighbours(picture, rows)
        first = as_read([row.text for row in rows])
    if first and first.valid and needs_nothing(first):
        return first
    return _read_again(picture, [row for row in rows if may_belong(row.text)] or rows, first, folder)


def better(one: Zone | None, other: Zone | None) -> Zone | None:
    """The one of which more is right; the first of two alike."""
    found = [each for each in (one, other) if each]
    return max(found, key=_merit, default=None)


def _merit(zone: Zone) -> tuple[bool, float, int]:
    return zone.valid, sum(zone.checks.values()) / len(zone.checks), -len(zone.repaired - UNPROTECTED)


def _read_again(picture: Array, rows: list[Line], first: Zone | None, folder: Path | None) -> Zone | None:
    pieces = [straight(picture, grown(box, 0.4, 0.25), HIGH) for box in aligned([row.box for row in rows])]
    spelled = [_cells([straight(picture, row.box) for row in rows]), _cells(pieces)]
    whole = first is not None and first.valid
    if not whole and (found := distinct(zone for each in spelled for zone in settled(each))):
        return found[0] if len(found) == 1 else first
    readings = [[row.text for row in rows], *([most_likely(line) for line in each] for each in spelled)]
    readings.append([read_line(piece, folder) for piece in pieces])
    return _chosen(first, _mixed(readings))


def _cells(pieces: list[Array]) -> list[list[Cell]]:
    return [[_known(cell) for cell in line] for line in text.spelled(pieces)]


def _known(cell: Cell) -> Cell:
    """The cell with letters as a zone spells them; nothing for those that it does not know."""
    known: dict[str, float] = {}
    for letter, share in cell.items():
        known[clean(letter)] = known.get(clean(letter), 0.0) + share
    return known


def _mixed(readings: Sequence[Sequence[str]]) -> list[Zone]:
    """The zones that lines of several readers make, the first reader's first."""
    choices = (tuple(dict.fromkeys(line)) for line in zip(*readings, strict=True))
    return [zone for zone in map(as_read, islice(product(*choices), MOST_WAYS)) if zone]


def _chosen(first: Zone | None, mixed: list[Zone]) -> Zone | None:
    """What holds as it was read; else the one of which most is right, the first reader's of two alike."""
    whole = next((zone for zone in mixed if zone.valid and needs_nothing(zone)), None)
    return whole or max(filter(None, (first, *mixed)), key=_merit, default=None)


# Letters ----------------------------------------------------------------------------------------------------


def read_line(piece: Array, folder: Path | None = None) -> str:
    """What the model of zones reads in a line seen straight."""
    grey = cv2.cvtColor(piece, cv2.COLOR_BGR2GRAY)
    framed = cv2.copyMakeBorder(grey, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=int(np.median(grey)))
    with _reading:
        letters = _letters(folder)
        letters.SetImage(Image.fromarray(framed))
        return clean(letters.GetUTF8Text())


@cache
def _letters(folder: Path | None) -> tesserocr.PyTessBaseAPI:
    path = models.path_of(MRZ_LETTERS, folder)
    return tesserocr.PyTessBaseAPI(path=str(path.parent), lang=path.stem, psm=tesserocr.PSM.RAW_LINE)
