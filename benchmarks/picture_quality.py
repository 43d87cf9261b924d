"""Whether a picture of a document will do: how often the verdict is right.

    python -m benchmarks.picture_quality                 # 320 pictures that no threshold was fitted on
    python -m benchmarks.picture_quality --tuned         # those that thresholds were fitted on
    python -m benchmarks.picture_quality --count 80 --list

Pictures are drawn: specimens of made-up persons, on surfaces, in light, with faults of known strength. They show that
rules hold together, not how they do in life; the few real pictures beside the repository stand below them, each with
what a careful person says of it.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path

from PIL import Image

from echt.identity.documents import DocumentKind, Side
from echt.identity.findings import Fault, PictureVerdict
from echt.identity.providers import Expected
from echt.identity.specimens import document, draw, people
from echt.identity.vision.opening import opened
from echt.identity.vision.quality import judge
from tests.identity.photographs import Truth, booklet, jpeg, photograph, scan

FRESH, TUNED = 10_000, 0
"""The first seed of pictures that nothing was fitted on, and of those where the even ones were."""
DOCUMENTS = Path(__file__).parents[2] / "shared" / "kyc-samples" / "documents"
ISSUED = date(2023, 3, 1)
SIDES = (
    (DocumentKind.PASSPORT, Side.FRONT),
    (DocumentKind.ID_CARD, Side.FRONT),
    (DocumentKind.ID_CARD, Side.BACK),
    (DocumentKind.PASSPORT, Side.FRONT),
    (DocumentKind.RESIDENCE_PERMIT, Side.FRONT),
    (DocumentKind.DRIVING_LICENCE, Side.FRONT),
    (DocumentKind.RESIDENCE_PERMIT, Side.BACK),
    (DocumentKind.DRIVING_LICENCE, Side.BACK),
)
WHOLE = None
PLAN = (
    *(WHOLE, Fault.CORNER_CUT, WHOLE, Fault.BLURRED, WHOLE, WHOLE, Fault.CORNER_CUT, Fault.GLARE, WHOLE),
    *(Fault.SCREENSHOT, WHOLE, Fault.CORNER_CUT, WHOLE, Fault.BLURRED, WHOLE, Fault.PHOTOCOPY, WHOLE, Fault.CORNER_CUT),
    *(Fault.NOT_A_DOCUMENT, WHOLE, Fault.TOO_DARK, WHOLE, Fault.TOO_BRIGHT, WHOLE, Fault.TOO_SMALL),
)
CUT = (0.3, 0.5, 0.7, 0.9)
BLUR = (0.05, 0.2, 0.35, 0.55, 0.7, 0.9)
SHARP, SOFT = 0.1, 0.5
"""Strengths of blur up to which a picture must be taken, and from which it must be refused; between, either will do."""

REAL: dict[str, tuple[DocumentKind, Side, bool, bool, str]] = {
    "0_id-esp.png": (DocumentKind.ID_CARD, Side.BACK, True, False, "cut out of a card, and far too small"),
    "100_id-mac.jpg": (DocumentKind.ID_CARD, Side.BACK, True, False, "whole, too small to read"),
    "100_id-usa.jpg": (
        DocumentKind.ID_CARD,
        Side.BACK,
        True,
        False,
        "two cards side by side, without colour, too small",
    ),
    "100_pass-cze.jpg": (DocumentKind.PASSPORT, Side.FRONT, True, False, "a whole page, too small"),
    "100_pass-hrv.jpg": (DocumentKind.PASSPORT, Side.FRONT, True, False, "a whole page, too small"),
    "100_pass-lux.jpg": (
        DocumentKind.PASSPORT,
        Side.FRONT,
        False,
        False,
        "the page's lower right corner is at the edge",
    ),
    "100_pass2-uto.jpg": (DocumentKind.PASSPORT, Side.FRONT, True, False, "a figure in a book, and small"),
    "24_pass-egy.jpg": (DocumentKind.PASSPORT, Side.FRONT, True, False, "whole, too small"),
    "33_id-usa.jpg": (DocumentKind.ID_CARD, Side.FRONT, True, False, "two sides in one, too small"),
    "53_id-d.jpg": (DocumentKind.ID_CARD, Side.BACK, True, False, "whole, too small"),
    "77_card-cmw.png": (DocumentKind.ID_CARD, Side.BACK, True, False, "drawn in black and white"),
    "card_img3.jpg": (
        DocumentKind.ID_CARD,
        Side.FRONT,
        False,
        True,
        "whole, on a printed page, beside sweets",
    ),
    "card_test_mrz.jpg": (DocumentKind.ID_CARD, Side.FRONT, False, True, "whole, held in a hand"),
    "desk_test10.jpg": (DocumentKind.ID_CARD, Side.FRONT, False, False, "a form, no identity document"),
    "desk_test2.png": (DocumentKind.ID_CARD, Side.FRONT, False, False, "a printed page, no identity document"),
}
"""By name: what it should be, whether it is a scan, whether a careful person would take it, and why."""


@dataclass(frozen=True, kw_only=True)
class Shot:
    """A picture, what is known of it, and what was said of it."""

    seed: int
    truth: Truth
    side: str
    verdict: PictureVerdict
    seconds: float
    decoding: float

    @property
    def refused(self) -> bool:
        return not self.verdict.accepted

    def right(self) -> bool:
        """Whether it was taken, or refused, as it should be."""
        if self.truth.fault is WHOLE:
            return not self.refused
        if self.truth.fault is Fault.BLURRED:
            return self.refused if self.truth.strength >= SOFT else not self.refused or self.truth.strength > SHARP
        return self.refused

    def named(self) -> bool:
        """Whether the reason is the one that is wrong with it."""
        return self.truth.fault in self.verdict.faults


def main(arguments: argparse.Namespace) -> None:
    shots = []
    for number, shot in enumerate(_shots(arguments.count, tuned=arguments.tuned)):
        shots.append(shot)
        print(f"\r{number + 1} of {arguments.count}", end="", flush=True)
    print(
        f"\r{arguments.count} pictures, "
        + ("of which the even ones served to fit thresholds" if arguments.tuned else "none of them fitted on")
    )
    _table(shots)
    _wrong(shots, everything=arguments.list)
    _scans()
    _real()


def _shots(count: int, *, tuned: bool) -> Iterator[Shot]:
    start = TUNED if tuned else FRESH
    for seed in range(start, start + count):
        yield _shot(seed)


def _shot(seed: int) -> Shot:
    at = seed // 2
    fault = PLAN[at % len(PLAN)]
    kind, side = SIDES[(at * 7 + seed % 2 * 5 + at // 25) % len(SIDES)]
    image = _drawn(kind, side, seed % 6)
    opened_flat = kind is DocumentKind.PASSPORT and at % 3 == 0 and fault is not Fault.NOT_A_DOCUMENT
    strength = (
        {Fault.CORNER_CUT: CUT[at // 6 % len(CUT)], Fault.BLURRED: BLUR[at // 7 % len(BLUR)]}.get(fault)
        if fault
        else None
    )
    size = (1600, 1200) if opened_flat else (1440, 1080)
    picture, truth = photograph(
        booklet(image) if opened_flat else image, seed, fault=fault, strength=strength, size=size
    )
    name = f"{kind} {side}" + (", open" if opened_flat else "")
    return _judged(seed, jpeg(picture), truth, name, Expected(kind=kind, side=side, country="UTO"))


def _judged(seed: int, data: bytes, truth: Truth, name: str, expected: Expected) -> Shot:
    start = time.process_time()
    opened(data)
    decoded = time.process_time()
    verdict = judge(data, expected=expected)
    return Shot(
        seed=seed,
        truth=truth,
        side=name,
        verdict=verdict,
        seconds=time.process_time() - decoded,
        decoding=decoded - start,
    )


@cache
def _drawn(kind: DocumentKind, side: Side, number: int) -> Image.Image:
    person = next(islice(people(2024), number, None))
    return draw(document(kind, person, issued_on=ISSUED), side)


def _table(shots: list[Shot]) -> None:
    groups: dict[str, list[Shot]] = defaultdict(list)
    for shot in shots:
        groups[_group(shot)].append(shot)
    print(f"\n{'what':24}{'pictures':>9}{'right':>9}{'reason named':>14}{'for a person':>14}")
    for name in sorted(groups, key=lambda name: (name != "whole", name)):
        group = groups[name]
        named = f"{_share(shot.named() for shot in group)}" if name != "whole" else ""
        doubt = _share(bool(shot.verdict.doubts) for shot in group)
        print(f"{name:24}{len(group):9}{_share(shot.right() for shot in group):>9}{named:>14}{doubt:>14}")
    cost = sum(shot.seconds for shot in shots) / sum(shot.decoding for shot in shots)
    mean = sum(shot.seconds for shot in shots) / len(shots)
    print(f"\nA verdict costs {mean:.2f} s of one core, {cost:.0f} times what decoding the JPEG costs.")
    print(f"Corners that are cut, all named: {_share(_names_corners(shot) for shot in shots if shot.truth.cut)}")


def _group(shot: Shot) -> str:
    if shot.truth.fault is Fault.BLURRED:
        return "blurred, plainly" if shot.truth.strength >= SOFT else "blurred, hardly"
    return shot.truth.fault or "whole"


def _names_corners(shot: Shot) -> bool:
    """Whether at least one of the corners outside is named, and none that is inside."""
    return bool(shot.verdict.cut) and set(shot.verdict.cut) <= set(shot.truth.cut)


def _share(values: Iterator[bool]) -> str:
    found = list(values)
    return f"{100 * sum(found) / max(1, len(found)):.1f} %"


def _wrong(shots: list[Shot], *, everything: bool) -> None:
    wrong = [shot for shot in shots if everything or not shot.right()]
    print("\nWrong:" if wrong else "\nNone is wrong.")
    for shot in wrong:
        said = ", ".join(shot.verdict.faults) or "taken"
        print(
            f"  {shot.seed} {shot.truth.fault or 'whole'} {shot.truth.strength:.2f}: {said}"
            f" ({shot.side}; {', '.join(shot.truth.how)})"
        )


def _scans() -> None:
    """Scans trimmed to the document, whole and cut."""
    print(f"\n{'scans':24}{'pictures':>9}{'taken':>9}{'for a person':>14}{'refused':>9}")
    for cut in (0.0, 0.06, 0.12, 0.2):
        verdicts = []
        for number, (kind, side) in enumerate(SIDES):
            picture, _truth = scan(_drawn(kind, side, number % 6), FRESH + number, cut=cut)
            verdicts.append(judge(jpeg(picture), expected=Expected(kind=kind, side=side, country="UTO", scan=True)))
        taken = sum(verdict.accepted and not verdict.doubts for verdict in verdicts)
        doubted = sum(verdict.accepted and bool(verdict.doubts) for verdict in verdicts)
        name = f"cut by {cut:.0%}" if cut else "whole"
        print(f"{name:24}{len(verdicts):9}{taken:9}{doubted:14}{len(verdicts) - taken - doubted:9}")


def _real() -> None:
    if not DOCUMENTS.is_dir():
        print("\nThe folder shared/kyc-samples is not beside the repository: no real pictures.")
        return
    print("\nReal pictures")
    for name, (kind, side, scanned, will_do, words) in REAL.items():
        expected = Expected(kind=kind, side=side, country="UTO", scan=scanned)
        verdict = judge((DOCUMENTS / name).read_bytes(), expected=expected)
        said = ", ".join(verdict.faults) or ("for a person" if verdict.doubts else "taken")
        print(f"  {'right' if verdict.accepted == will_do else 'WRONG'}  {name:20} {said:34} a person: {words}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=320, help="how many pictures")
    parser.add_argument("--tuned", action="store_true", help="the pictures that thresholds were fitted on")
    parser.add_argument("--list", action="store_true", help="list every picture, not only those judged wrongly")
    main(parser.parse_args())
