"""Whether a picture of a document will do.

1. A fault asks for another picture, a doubt asks for a person; what the figures leave open is a doubt.
2. A document is whole when its four corners are inside the picture; a scan, when no print runs over its edge.
3. Sharpness and light are measured on the document alone, seen straight and at one size.
4. Where no document is found, only that is said of the picture, or that it is too dark or too bright to find one.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from echt.identity.documents import DocumentKind
from echt.identity.findings import Fault, Measure, PictureVerdict, Point
from echt.identity.providers import Expected
from echt.identity.vision import copies
from echt.identity.vision.contrast import faintest
from echt.identity.vision.corners import area, lengths, skew, turned_corners
from echt.identity.vision.dewarping import dewarp
from echt.identity.vision.finding import Found, find_once
from echt.identity.vision.lettering import lines, sides_cut
from echt.identity.vision.light import ends_of, light
from echt.identity.vision.opening import Unreadable, opened, turned
from echt.identity.vision.orientation import ways_up
from echt.identity.vision.sharpness import blur
from echt.identity.vision.thresholds import DEFAULTS, Thresholds

Array = np.ndarray[Any, Any]

__all__ = ["DEFAULTS", "Thresholds", "dewarp", "judge"]

WHOLE: tuple[Point, ...] = ((0, 0), (1, 0), (1, 1), (0, 1))
SHAPES = ((1.2, 1.85), (1 / 1.85, 1 / 1.2))
"""Width by height of a card, a page or an open booklet, lying or standing, as a camera at a slant may see it."""
AROUND = 0.12
"""How much around the document is looked at, as a share of its width."""
SCANNED = {True: (1.42, 0.71), False: (1.586,)}
"""Width by height of a passport's page and of an open passport, and of a card."""
TRIMMED = 0.04
SURE = 0.5
"""A document lies in the picture as it is unless the model is at least this sure of something else."""
ORDER = (
    Fault.UNREADABLE_FILE,
    Fault.SCREENSHOT,
    Fault.NOT_A_DOCUMENT,
    Fault.TOO_DARK,
    Fault.TOO_BRIGHT,
    Fault.CORNER_CUT,
    Fault.PHOTOCOPY,
    Fault.TOO_SMALL,
    Fault.BLURRED,
    Fault.GLARE,
)
"""The most helpful first."""
WHITE_PAPER = {Fault.TOO_BRIGHT, Fault.GLARE}
"""What white paper on a scanner looks like."""
HIDES: dict[Fault, set[Fault]] = {
    Fault.SCREENSHOT: set(ORDER) - {Fault.SCREENSHOT},
    Fault.TOO_DARK: {Fault.BLURRED, Fault.PHOTOCOPY, Fault.NOT_A_DOCUMENT},
    Fault.TOO_BRIGHT: {Fault.GLARE, Fault.BLURRED, Fault.PHOTOCOPY, Fault.NOT_A_DOCUMENT},
    Fault.NOT_A_DOCUMENT: set(ORDER) - {Fault.NOT_A_DOCUMENT, Fault.SCREENSHOT},
    Fault.BLURRED: {Fault.NOT_A_DOCUMENT, Fault.PHOTOCOPY},
}
"""What follows from a fault, or cannot be told beside it; the applicant is not told it as well."""


@dataclass
class _Findings:
    """What was found so far: the figures, and which of them refuse or raise a doubt."""

    measures: dict[str, Measure] = field(default_factory=dict)
    faults: set[Fault] = field(default_factory=set)
    doubts: set[Fault] = field(default_factory=set)

    def at_most(self, name: str, value: float, limit: float, fault: Fault, *, doubt: float | None = None) -> None:
        self._note(name, value, limit, fault, over=value > limit, near=doubt is not None and value > doubt)

    def at_least(self, name: str, value: float, limit: float, fault: Fault, *, doubt: float | None = None) -> None:
        self._note(name, value, limit, fault, over=value < limit, near=doubt is not None and value < doubt)

    def between(self, name: str, value: float, low: float, high: float, faults: tuple[Fault, Fault]) -> None:
        nearer = low if value < (low + high) / 2 else high
        self._note(name, value, nearer, faults[nearer == high], over=not low <= value <= high, near=False)

    def _note(self, name: str, value: float, limit: float, fault: Fault, *, over: bool, near: bool) -> None:
        self.measures[name] = Measure(value=round(float(value), 4), threshold=float(limit), ok=not over)
        if over:
            self.faults.add(fault)
        elif near:
            self.doubts.add(fault)


def judge(
    picture: bytes, *, expected: Expected, thresholds: Thresholds = DEFAULTS, folder: Path | None = None
) -> PictureVerdict:
    """Whether the picture will do as what is expected of it.

    Raises:
        ModelMissing: a model is not in the folder.
    """
    try:
        pixels = opened(picture)
    except Unreadable:
        return PictureVerdict(faults=(Fault.UNREADABLE_FILE,))
    if expected.scan:
        return _judge_scan(pixels, expected, thresholds, folder)
    return _judge_photograph(pixels, find_once(picture, pixels, folder), expected, thresholds, folder)


def _judge_photograph(
    pixels: Array, found: Found | None, expected: Expected, thresholds: Thresholds, folder: Path | None
) -> PictureVerdict:
    findings = _Findings()
    findings.at_most("flatness", copies.flatness(pixels), thresholds.flat, Fault.SCREENSHOT)
    if found is None or not _has_shape(findings, pixels, found, thresholds):
        return _not_found(findings, pixels, thresholds)
    cut = _cut(findings, pixels, found, thresholds)
    lying = dewarp(pixels, found.edges)
    turn = _turn(lying, expected, folder, sure=not cut)
    document = turned(lying, turn)
    _look_at(findings, document, thresholds)
    _look_for_copies(findings, pixels, found, document, thresholds)
    return _verdict(findings, corners=turned_corners(found.edges, turn), cut=_turned_indexes(cut, turn), turn=turn)


def _judge_scan(pixels: Array, expected: Expected, thresholds: Thresholds, folder: Path | None) -> PictureVerdict:
    """A scan fills the picture: there are no corners to find, but no print may run over its edge."""
    findings = _Findings()
    shares = ways_up(pixels, folder)
    turn = int(np.argmax(shares)) if max(shares) >= SURE else 0
    document = turned(pixels, turn)
    sides = sides_cut(document)
    findings.at_most("sides_cut", len(sides), 0, Fault.CORNER_CUT)
    _look_at(findings, document, thresholds)
    findings.faults -= WHITE_PAPER
    if not _is_trimmed_to(document, expected.kind):
        findings.doubts.add(Fault.CORNER_CUT)
    findings.at_least(
        "colour", copies.colour(document), thresholds.colour, Fault.PHOTOCOPY, doubt=thresholds.colour_doubt
    )
    return _verdict(findings, corners=np.array(WHOLE), cut=_ends_of(sides), turn=turn)


def _is_trimmed_to(document: Array, kind: DocumentKind) -> bool:
    """Whether a scan has the shape of what it should show."""
    ratio = document.shape[1] / document.shape[0]
    return any(abs(ratio / shape - 1) <= TRIMMED for shape in SCANNED[kind is DocumentKind.PASSPORT])


def _has_shape(findings: _Findings, pixels: Array, found: Found, thresholds: Thresholds) -> bool:
    """Whether what stands out has the shape of a document."""
    wide, high = lengths(found.edges, (pixels.shape[1], pixels.shape[0]))
    ratio, whole = wide / max(1.0, high), found.margins.min() >= thresholds.margin
    shapely = not whole or any(low <= ratio <= most for low, most in SHAPES)
    findings.at_least("area", area(found.corners), thresholds.area, Fault.NOT_A_DOCUMENT)
    findings.at_least("likeness", found.likeness, thresholds.likeness, Fault.NOT_A_DOCUMENT)
    return shapely and Fault.NOT_A_DOCUMENT not in findings.faults


def _not_found(findings: _Findings, pixels: Array, thresholds: Thresholds) -> PictureVerdict:
    """No document, or no light to see it in."""
    darkest, brightest = ends_of(pixels)
    findings.at_least("brightest", brightest, thresholds.nothing_bright, Fault.TOO_DARK)
    findings.at_most("darkest", darkest, thresholds.nothing_dark, Fault.TOO_BRIGHT)
    explained = findings.faults & {Fault.TOO_DARK, Fault.TOO_BRIGHT, Fault.SCREENSHOT, Fault.TOO_SMALL}
    findings.faults, findings.doubts = explained or {Fault.NOT_A_DOCUMENT}, set()
    return _verdict(findings)


def _cut(findings: _Findings, pixels: Array, found: Found, thresholds: Thresholds) -> tuple[int, ...]:
    """Corners that are outside or at the edge, as indexes; an edge that hardly shows may be none."""
    margins = found.margins
    findings.at_least(
        "margin", float(margins.min()), thresholds.margin, Fault.CORNER_CUT, doubt=thresholds.margin_doubt
    )
    unsure = found.by_lines or min(found.support) < thresholds.edge_doubt or found.likeness < thresholds.likeness_doubt
    if unsure or faintest(found.edges, pixels) < thresholds.step_doubt:
        findings.doubts.add(Fault.CORNER_CUT)
    return tuple(corner for corner in range(4) if margins[corner] < thresholds.margin)


def _turn(document: Array, expected: Expected, folder: Path | None, *, sure: bool) -> int:
    """How the document must be turned. A whole card or page lies; only an open passport stands."""
    shares = list(ways_up(document, folder))
    stands = document.shape[0] > document.shape[1]
    if sure and not (stands and expected.kind is DocumentKind.PASSPORT):
        shares = [share if stands == bool(turn % 2) else 0.0 for turn, share in enumerate(shares)]
    return int(np.argmax(shares))


def _look_at(findings: _Findings, document: Array, thresholds: Thresholds) -> None:
    """Size, light and sharpness of a document seen straight."""
    shine = light(document)
    findings.at_least("width", document.shape[1], thresholds.width, Fault.TOO_SMALL)
    findings.between("luma", shine.luma, thresholds.dark, thresholds.bright, (Fault.TOO_DARK, Fault.TOO_BRIGHT))
    findings.at_most("glare", shine.glare, thresholds.glare, Fault.GLARE, doubt=thresholds.glare_doubt)
    findings.at_most("blur", blur(document), thresholds.blur, Fault.BLURRED, doubt=thresholds.blur_doubt)
    findings.at_least("print", len(lines(document)), thresholds.print, Fault.NOT_A_DOCUMENT)


def _look_for_copies(findings: _Findings, pixels: Array, found: Found, document: Array, thresholds: Thresholds) -> None:
    flat = findings.measures["flatness"].value
    if flat > thresholds.flat_level and skew(found.edges, (pixels.shape[1], pixels.shape[0])) < thresholds.level:
        findings.at_most("flatness_level", flat, thresholds.flat_level, Fault.SCREENSHOT)
    lattice = copies.lattice(pixels, found.edges)
    findings.at_most("lattice", lattice, thresholds.lattice, Fault.SCREENSHOT, doubt=thresholds.lattice_doubt)
    findings.at_most("bezel", copies.bezel(document), thresholds.bezel, Fault.SCREENSHOT)
    around = dewarp(pixels, found.edges, margin=AROUND)
    findings.at_most("framed", copies.framed(around, AROUND), thresholds.framed - 1, Fault.SCREENSHOT)
    findings.at_least(
        "colour", copies.colour(document), thresholds.colour, Fault.PHOTOCOPY, doubt=thresholds.colour_doubt
    )


def _verdict(
    findings: _Findings, *, corners: Array | None = None, cut: tuple[int, ...] = (), turn: int = 0
) -> PictureVerdict:
    faults = set(findings.faults)
    if Fault.TOO_DARK in faults:
        faults.discard(Fault.SCREENSHOT)
    for fault, hidden in HIDES.items():
        if fault in faults:
            faults -= hidden
    doubts = findings.doubts - findings.faults
    return PictureVerdict(
        faults=tuple(fault for fault in ORDER if fault in faults),
        doubts=tuple(fault for fault in ORDER if fault in doubts) if not faults else (),
        corners=None if corners is None else tuple((float(x), float(y)) for x, y in corners),
        cut=cut,
        turn=turn,
        measures=findings.measures,
    )


def _turned_indexes(corners: tuple[int, ...], turn: int) -> tuple[int, ...]:
    return tuple(sorted((corner + turn) % 4 for corner in corners))


def _ends_of(sides: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted({corner for side in sides for corner in (side, (side + 1) % 4)}))
