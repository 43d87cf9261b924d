"""Pictures that are small to send and long to open: the limits of the confined process end them."""

import pytest
from PIL import Image

from echt.identity.uploads.reasons import Reason
from echt.identity.uploads.workers import Workers
from tests.identity.uploads.drawing import drawn, png, saved


@pytest.fixture
def patient():
    """Nothing but the process's own limits ends it."""
    made = Workers(seconds=300)
    yield made
    made.close()


def thousands_of_scans():
    """A progressive JPEG whose last scan comes again and again."""
    plain = saved(Image.new("RGB", (6000, 6000), "grey"), "JPEG", progressive=True)
    last = plain.rindex(b"\xff\xda")
    return plain[:-2] + plain[last:-2] * ((9_500_000 - len(plain)) // (len(plain) - 2 - last)) + b"\xff\xd9"


@pytest.mark.slow
def test_a_jpeg_of_thousands_of_scans_is_ended_by_its_time(patient):
    assert patient.remake([thousands_of_scans()]) == [Reason.TOO_DEMANDING]


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        lambda: saved(drawn(size=(7700, 5190)), "JPEG", progressive=True, subsampling=0),
        lambda: png(drawn("RGBA", size=(7700, 5190)), compress_level=1),
    ],
    ids=["progressive", "seen through"],
)
def test_forty_megapixels_fit_into_its_memory(patient, content):
    [answer] = patient.remake([content()])

    assert (answer.width, answer.height) == (4096, 2761)
