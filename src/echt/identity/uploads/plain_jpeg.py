"""Whether bytes are a JPEG exactly as our own code writes them, judged without opening it.

The process that made it had a stranger's file in hand, so its answer is not believed either.

1. It consists of the segments that a bare JPEG needs, one of each frame and scan, and ends with the last of them.
2. There is no room in it for anything else: no description, profile, preview or comment, nothing before or after.
"""

import re

START, END = b"\xff\xd8", b"\xff\xd9"
JFIF, TABLES, FRAME, HUFFMAN, SCAN = 0xE0, 0xDB, 0xC0, 0xC4, 0xDA
JFIF_HEADER = b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
MOST_TABLES = 8
MARKER = re.compile(rb"\xff[^\x00]")


class NotPlain(ValueError):
    """It is something else."""


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Width and height of a plain JPEG.

    Raises:
        NotPlain: it is anything else.
    """
    if not jpeg.startswith(START):
        raise NotPlain
    place, frames, seen = len(START), [], 0
    while True:
        marker, body, place = _segment(jpeg, place)
        seen += 1
        if marker == FRAME:
            frames.append(body)
        if marker == SCAN:
            break
        if seen > MOST_TABLES + 2 or not _is_bare(marker, body):
            raise NotPlain
    end = MARKER.search(jpeg, place)
    if len(frames) != 1 or end is None or end[0] != END or end.end() != len(jpeg):
        raise NotPlain
    return int.from_bytes(frames[0][3:5], "big"), int.from_bytes(frames[0][1:3], "big")


def _segment(jpeg: bytes, place: int) -> tuple[int, bytes, int]:
    """Marker and content of the segment at this place, and the place after it."""
    head = jpeg[place : place + 4]
    length = int.from_bytes(head[2:4], "big")
    end = place + 2 + length
    if head[:1] != b"\xff" or length < 2 or end > len(jpeg):  # noqa: PLR2004  # the length counts its own two bytes
        raise NotPlain
    return head[1], jpeg[place + 4 : end], end


def _is_bare(marker: int, body: bytes) -> bool:
    if marker == JFIF:
        return body == JFIF_HEADER
    if marker == FRAME:
        return len(body) == 6 + 3 * 3
    if marker == TABLES:
        return len(body) % 65 == 0
    return marker == HUFFMAN and len(body) <= 1 + 16 + 256
