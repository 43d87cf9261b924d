import pytest

from echt.identity.uploads.origin import LONGEST, facts_of, plain


class Picture:
    """As much of a picture as is asked for what it says."""

    def __init__(self, exif=None, **info):
        self.info = info
        self._exif = exif

    def getexif(self):
        if self._exif is None:
            raise ValueError("broken")
        return self._exif


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("  Maker \n Model ", "Maker Model"),
        ("a\0b\x1b[31m", "a b [31m"),
        ("photo\u202egpj.exe", "photo gpj.exe"),
        ("\ufeffname\u200b", "name"),
        (b"Maker\xff\0", "Maker"),
        ("x" * 500, "x" * LONGEST),
        ("<b>&", "<b>&"),
        (7, ""),
        (None, ""),
        (("a", "b"), ""),
        ("\ud800", ""),
    ],
)
def test_rule_1_only_words_that_can_be_read_pass(given, shown):
    assert plain(given) == shown


def test_rule_1_the_time_of_a_very_long_text_is_not_wasted():
    assert plain("\0" * 10_000_000 + "x") == ""


def test_a_damaged_description_says_nothing():
    assert facts_of(Picture()) == {}


def test_a_png_may_say_it_in_words():
    found = facts_of(Picture(Software="gnome-screenshot", **{"Creation Time": "2026-11-01"}))

    assert found == {"software": "gnome-screenshot", "taken_at": "2026-11-01", "screenshot": "gnome-screenshot"}


def test_the_program_may_stand_in_xmp():
    assert facts_of(Picture(xmp=b'<rdf xmp:CreatorTool="Editor 3">'))["software"] == "Editor 3"
    assert facts_of(Picture(xmp=b"<xmp:CreatorTool>Editor\x004</xmp:CreatorTool>"))["software"] == "Editor 4"
