import pytest

from echt.identity.uploads.plain_jpeg import NotPlain, size_of
from echt.identity.uploads.remaking import remade
from tests.identity.uploads.drawing import SIZE, after_start, drawn, jpeg, png, saved, segment, with_frame

PLAIN = remade(png()).jpeg


def test_what_we_make_is_plain():
    assert size_of(PLAIN) == SIZE


def test_a_large_one_is_plain_too():
    assert size_of(remade(saved(drawn(size=(3000, 2000)), "JPEG")).jpeg) == (3000, 2000)


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"\xff\xd8",
        b"\xff\xd8\xff",
        png(),
        PLAIN + b"x",
        PLAIN + PLAIN,
        b" " + PLAIN,
        PLAIN[:-1],
        PLAIN[:-2],
        PLAIN[: len(PLAIN) // 2],
        PLAIN[:-2] + b"\xff\xfe\0\2\xff\xd9",
        after_start(PLAIN, segment(0xFE, b"comment")),
        after_start(PLAIN, segment(0xE1, b"Exif\0\0")),
        after_start(PLAIN, segment(0xE2, b"ICC_PROFILE\0\1\1")),
        after_start(PLAIN, *[segment(0xDB, bytes(65))] * 20),
        after_start(PLAIN, segment(0xC4, bytes(2000))),
        after_start(PLAIN, segment(0xDB, bytes(64))),
        after_start(PLAIN, PLAIN[20:]),
        PLAIN.replace(b"JFIF\0\1\1", b"JFIF\0\1\2"),
        with_frame(PLAIN, marker=0xC2),
        jpeg(progressive=True),
        jpeg(exif=b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"),
        PLAIN[:2] + b"\xff\xe0\xff\xff" + PLAIN[2:],
    ],
)
def test_rule_2_there_is_no_room_for_anything_else(other):
    with pytest.raises(NotPlain):
        size_of(other)
