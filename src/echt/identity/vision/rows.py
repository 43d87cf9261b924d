"""Lines of a picture that may belong to a machine-readable zone: put together, looked for, made equally wide."""

from collections.abc import Iterator, Sequence

import numpy as np

from echt.identity.mrz.repair import clean
from echt.identity.vision import text
from echt.identity.vision.cutting import Box, height, width
from echt.identity.vision.lines import Line
from echt.identity.vision.models import Array

LIKELY = 0.8
"""The share of a piece's characters that a zone knows, for it to belong to one."""
PIECE = 5
SHORTEST = 16
"""Characters that a line has at least."""
GAP = 8
"""Heights of a line between two pieces of it at most: fillers are faint to the detector."""
PITCHES = (2.5, 2.0)
"""Distance of two lines in widths of a character: on passports, on cards."""


def rows_of(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines that may belong to a zone, each in one piece; from top to bottom."""
    rows: list[list[Line]] = []
    for piece in sorted(filter(_may_be_piece, lines), key=lambda line: line.left):
        row = next((row for row in rows if _continues(row[-1], piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    joined = (_joined(row) for row in rows)
    yield from sorted((row for row in joined if len(row.text) >= SHORTEST), key=lambda row: row.centre)


def _may_be_piece(line: Line) -> bool:
    said = line.text.replace(" ", "")
    known = sum(character.isdigit() or character.isupper() or character == "<" for character in said)
    return len(said) >= PIECE and known >= LIKELY * len(said)


def _continues(last: Line, piece: Line) -> bool:
    """Whether the piece stands where the line that ended with `last` would go on."""
    along = last.box[1] - last.box[0]
    from_end = (piece.box[0] + piece.box[3] - last.box[1] - last.box[2]) / 2
    unit = along / max(float(np.linalg.norm(along)), 1e-9)
    gap, off = float(from_end @ unit), abs(float(from_end[0] * unit[1] - from_end[1] * unit[0]))
    return -last.height < gap < GAP * last.height and off < last.height / 2


def _joined(row: list[Line]) -> Line:
    first, last = row[0].box, row[-1].box
    box = np.array([first[0], last[1], last[2], first[3]])
    return Line(box=box, text="".join(clean(piece.text) for piece in row), sure=min(piece.sure for piece in row))


def with_neighbours(picture: Array, rows: list[Line]) -> list[Line]:
    """The rows, and what stands above and below the longest of them at the distance of a zone's lines."""
    longest = max(rows, key=lambda row: len(row.text))
    boxes = [_moved(longest, pitch * side) for pitch in PITCHES for side in (-1, 1)]
    whole = [box for box in boxes if _is_inside(picture, box)]
    found = text.recognised(picture, [box for box in whole if not any(_overlap(box, row.box) for row in rows)])
    beside = [Line(box=line.box, text=clean(line.text), sure=line.sure) for line in found]
    likely = sorted((line for line in beside if len(line.text) >= SHORTEST), key=lambda line: -line.sure)
    for line in likely:
        if not any(_overlap(line.box, row.box) for row in rows):
            rows = [*rows, line]
    return sorted(rows, key=lambda row: row.centre)


def _moved(row: Line, by: float) -> Box:
    down = row.box[3] - row.box[0]
    unit = down / max(float(np.linalg.norm(down)), 1e-9)
    moved: Box = row.box + unit * by * width(row.box) / len(row.text)
    return moved


def _is_inside(picture: Array, box: Box) -> bool:
    high, wide = picture.shape[:2]
    return bool((box >= 0).all() and (box[:, 0] < wide).all() and (box[:, 1] < high).all())


def _overlap(one: Box, other: Box) -> bool:
    return bool(np.linalg.norm((one - other).mean(axis=0)) < height(other) / 2)


def aligned(boxes: list[Box]) -> list[Box]:
    """The boxes as wide as the widest of them: the detector often misses fillers at the end of a line."""
    widest = max(boxes, key=width)
    unit = (widest[1] - widest[0]) / max(width(widest), 1e-9)
    start, end = float(widest[0] @ unit), float(widest[1] @ unit)
    return [_stretched(box, unit, min(start, float(box[0] @ unit)), max(end, float(box[1] @ unit))) for box in boxes]


def _stretched(box: Box, unit: Array, start: float, end: float) -> Box:
    out = box.copy()
    for left, right in ((0, 1), (3, 2)):
        along = box[right] - box[left]
        step = along / max(float(along @ unit), 1e-9)
        out[left] = box[left] + step * (start - float(box[left] @ unit))
        out[right] = box[left] + step * (end - float(box[left] @ unit))
    return out
