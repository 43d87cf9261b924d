"""Reading a document: its machine-readable zone, its print and its barcode, from one or two pictures.

1. What cannot be read is left out; no picture makes it fail.
2. Only what is inside the document is read, where its corners can be found. Corners that leave the zone outside were
   not found.
3. The picture is turned upright first, and upside down once more where a zone should be and none was found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from echt.identity.catalogue import zone_of
from echt.identity.documents import DocumentKind, Field
from echt.identity.findings import Reading, Source
from echt.identity.mrz import Zone
from echt.identity.vision import text
from echt.identity.vision.barcode import barcode
from echt.identity.vision.corners import area, lengths, turned_corners
from echt.identity.vision.cutting import Box, height, middle, width
from echt.identity.vision.dewarping import dewarp
from echt.identity.vision.finding import find_once
from echt.identity.vision.lines import Line, in_order
from echt.identity.vision.models import Array
from echt.identity.vision.opening import Unreadable, opened, turned
from echt.identity.vision.orientation import ways_up
from echt.identity.vision.printed import printed
from echt.identity.vision.zone import better, zone

VERSION = "reading 2; PP-OCRv6 small, tesseractMRZ best, zxing-cpp 3"
"""How it is read, and the models that read; kept with each check."""
SURE = 0.6
"""How sure it must be which way up the document is before it is turned."""
LEAST_AREA = 0.25
"""The share of the picture that a document takes up at least; a smaller thing may be its portrait."""
RATIOS = (1.25, 1.8)
"""Of a document's longer side to its shorter one."""
LONG = 8
"""Heights that a line of a zone is wide at least, or a large piece of one."""
MOST_INSIDE = 0.5
"""The share of all print that a document has at least; with less, its corners are not believed."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Placed:
    """An upright picture, blue, green and red, and the document's corners in it as shares."""

    pixels: Array
    corners: Array | None = None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a picture shows."""

    lines: Sequence[Line] = ()
    zone: Zone | None = None
    barcode: Mapping[Field, str] | None = None


def read(front: bytes, back: bytes | None, *, kind: DocumentKind, country: str, folder: Path | None = None) -> Reading:
    """What the document says. `country`: of the issuer, ISO 3166-1 alpha-3; `folder`: of the models.

    Raises:
        ModelMissing: a model is not there.
    """
    pictures = [picture for picture in (_placed(front, folder), _placed(back, folder)) if picture]
    seen = [_seen(picture, folder) for picture in pictures]
    best = _zone(seen)
    if best is None and zone_of(country, kind) is not None:
        seen = [*seen, *(_seen(_upside_down(picture), folder) for picture in pictures)]
        best = _zone(seen)
    return _reading(seen, best, kind=kind, country=country)


def _reading(seen: Sequence[Seen], best: Zone | None, *, kind: DocumentKind, country: str) -> Reading:
    lines = [line for each in seen for line in each.lines]
    known = best.fields() if best else {}
    fields = {
        Source.MRZ: known,
        Source.PRINT: _printed(seen, known, kind=kind, country=country),
        Source.BARCODE: next((dict(each.barcode) for each in seen if each.barcode), {}),
    }
    return Reading(
        fields={source: said for source, said in fields.items() if said},
        mrz_lines=best.lines if best else (),
        mrz_format=best.format.value if best else "",
        check_digits=dict(best.checks) if best else {},
        text=tuple(line.text for line in lines),
    )


def _printed(seen: Sequence[Seen], known: Mapping[Field, str], *, kind: DocumentKind, country: str) -> dict[Field, str]:
    """Of both sides; the front comes first."""
    sides = [printed(each.lines, kind=kind, country=country, known=known) for each in seen]
    return {field: value for side in reversed(sides) for field, value in side.items()}


def _zone(seen: Iterable[Seen]) -> Zone | None:
    best: Zone | None = None
    for each in seen:
        best = better(best, each.zone)
    return best


def _seen(picture: Placed, folder: Path | None) -> Seen:
    inside, outside = _parted(text.boxes(picture.pixels), picture)
    lines = text.recognised(picture.pixels, inside)
    found = zone(picture.pixels, lines, folder)
    if found is None and (beside := text.recognised(picture.pixels, list(filter(_may_be_zone, outside)))):
        found = zone(picture.pixels, sorted([*lines, *beside], key=lambda line: line.centre), folder)
        lines = text.recognised(picture.pixels, in_order([*inside, *outside])) if found else lines
    return Seen(lines=lines, zone=found, barcode=barcode(picture.pixels))


def _may_be_zone(box: Box) -> bool:
    return width(box) >= LONG * height(box)


# Where the document lies ------------------------------------------------------------------------------------


def _placed(picture: bytes | None, folder: Path | None) -> Placed | None:
    """The picture, turned so that the document is upright; None where it cannot be opened."""
    try:
        pixels = opened(picture or b"")
    except Unreadable:
        return None
    corners = _corners(picture or b"", pixels, folder)
    shares = ways_up(pixels if corners is None else dewarp(pixels, corners), folder)
    turn = int(np.argmax(shares)) if max(shares) >= SURE else 0
    upright = np.ascontiguousarray(turned(pixels, turn)[..., ::-1])
    return Placed(pixels=upright, corners=None if corners is None else turned_corners(corners, turn))


def _corners(picture: bytes, pixels: Array, folder: Path | None) -> Array | None:
    """The document's; None where what stands out is only a part of it, such as the portrait on a scan."""
    found = find_once(picture, pixels, folder)
    if found is None or area(found.edges) < LEAST_AREA:
        return None
    sides = sorted(lengths(found.edges, (pixels.shape[1], pixels.shape[0])))
    low, most = RATIOS
    return found.edges if low <= sides[1] / max(1.0, sides[0]) <= most else None


def _upside_down(picture: Placed) -> Placed:
    return Placed(pixels=np.ascontiguousarray(picture.pixels[::-1, ::-1]))


def _parted(boxes: list[Box], picture: Placed) -> tuple[list[Box], list[Box]]:
    """Those whose middle is inside the corners, and the others; all are inside where little print is."""
    if picture.corners is None:
        return boxes, []
    high, wide = picture.pixels.shape[:2]
    outline = (picture.corners * (wide, high)).astype(np.float32)
    parts: tuple[list[Box], list[Box]] = ([], [])
    for box in boxes:
        parts[cv2.pointPolygonTest(outline, _middle(box), measureDist=False) < 0].append(box)
    return parts if _print(parts[0]) >= _print(boxes) * MOST_INSIDE else (boxes, [])


def _print(boxes: list[Box]) -> float:
    """How much print there is: as long as the lines are together."""
    return sum(map(width, boxes))


def _middle(box: Box) -> tuple[float, float]:
    across, down = middle(box)
    return float(across), float(down)
