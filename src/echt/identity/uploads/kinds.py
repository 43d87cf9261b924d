"""What a file is, by its first bytes alone; name and declared type are never asked."""

from enum import StrEnum

from echt.identity.uploads.reasons import Reason, Unfit

MOST_BYTES = 10_000_000
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
HEIC_SEQUENCES = {b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"}
STILL_HEIC = {b"heic", b"heix"}
OTHERS = (
    *(b"%PDF", b"%!PS", b"\xc5\xd0\xd3\xc6"),  # documents and drawings
    *(b"GIF8", b"BM", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"\0\0\1\0", b"\0\0\2\0", b"8BPS", b"icns", b"RIFF"),
    *(b"\xff\x0a", b"\0\0\0\x0cJXL ", b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51", b"\x8aMNG", b"\x8bJNG"),
    *(b"PK\3\4", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"\x1aE\xdf\xa3"),
)
"""How files begin that people send by mistake, or on purpose, and that are not taken."""
MARKUP = (b"<svg", b"<?xml", b"<!doctype", b"<html", b"{\\rtf")


class Kind(StrEnum):
    """A kind of picture that is taken."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    HEIC = "HEIC"


def kind_of(content: bytes) -> Kind:
    """The kind of a picture.

    Raises:
        Unfit: it is empty, too big, or none of those that are taken.
    """
    if not content:
        raise Unfit(Reason.EMPTY)
    if len(content) > MOST_BYTES:
        raise Unfit(Reason.TOO_BIG)
    if content.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return Kind.WEBP
    if content[4:8] == b"ftyp":
        return _kind_of_container(content)
    raise Unfit(Reason.WRONG_TYPE if _is_known(content) else Reason.NOT_A_PICTURE)


def _kind_of_container(content: bytes) -> Kind:
    """HEIC and much else begin with a box that lists brands."""
    length = min(int.from_bytes(content[:4], "big"), 256)
    major, others = content[8:12], {content[start : start + 4] for start in range(16, length, 4)}
    if major in HEIC_SEQUENCES:
        raise Unfit(Reason.ANIMATED)
    if major not in HEIC_BRANDS or (major == b"mif1" and not others & STILL_HEIC):
        raise Unfit(Reason.WRONG_TYPE)
    return Kind.HEIC


def _is_known(content: bytes) -> bool:
    begin = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return content.startswith(OTHERS) or begin.startswith(MARKUP)
