"""The pictures of a case for the viewer: sides with their outline, portrait beside face, frames in a strip."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from echt.desk.identity.check_figures import FAULTS
from echt.desk.identity.kept import kept
from echt.desk.identity.words import ITEMS
from echt.identity.findings import Liveness, Point
from echt.identity.items import Item
from echt.identity.models import Case, Picture
from echt.identity.models.cases import CheckKind
from echt.identity.selectors import checks_of, current_picture, latest_challenge, liveness_of, verdict_of
from echt.identity.wording import MOVEMENTS
from echt.vault.errors import Destroyed

SIDES = (Item.FRONT, Item.BACK)
MOST_FRAMES = 12


@dataclass(frozen=True, kw_only=True)
class Plate:
    """One picture. `outline`: the found corners as SVG points in a square of 100; `marks`: what was found wrong."""

    pk: UUID
    label: str | Promise
    width: int
    height: int
    outline: str
    marks: list[str]
    there: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The document's portrait and the applicant's face. `front`: the picture that the portrait is cut out of."""

    front: UUID | None
    face: Plate | None
    without: bool


@dataclass(frozen=True, kw_only=True)
class Strip:
    """Frames of the challenge, and whether each movement was seen."""

    frames: list[Plate]
    movements: list[tuple[str | Promise, bool]]

    @property
    def deleted(self) -> bool:
        """Whether there were frames, and none of them is left."""
        return bool(self.frames) and not any(frame.there for frame in self.frames)


def sides_of(case: Case) -> list[Plate]:
    """The sides of the document."""
    found = ((side, current_picture(case, side)) for side in SIDES)
    return [_plate(picture, ITEMS[side]) for side, picture in found if picture]


def pair_of(case: Case) -> Pair:
    face = current_picture(case, Item.FACE)
    front = current_picture(case, Item.FRONT)
    has_portrait = front is not None and portrait_of(case) is not None
    return Pair(
        front=front.pk if front and has_portrait else None,
        face=_plate(face, ITEMS[Item.FACE]) if face else None,
        without=case.without_face,
    )


def portrait_of(case: Case) -> tuple[Point, Point] | None:
    """Where the portrait is in the front's picture, as the face check found it."""
    check = checks_of(case).get(CheckKind.FACE)
    place = (kept(check, "details") or {}).get("portrait") if check else None
    return ((place[0][0], place[0][1]), (place[1][0], place[1][1])) if place else None


def strip_of(case: Case) -> Strip:
    findings = _findings(case)
    movements = findings.movements if findings else ()
    shown_by = {frame: MOVEMENTS[movement.movement] for movement in movements for frame in movement.frames}
    taken = case.pictures.filter(item=Item.FACE, replaced_at=None).exclude(position=None).order_by("position")
    frames = _spread(list(taken.select_related("file")))
    return Strip(
        frames=[_frame(picture, shown_by.get(picture.position or 0)) for picture in frames],
        movements=[(MOVEMENTS[movement.movement], movement.seen) for movement in movements],
    )


def _findings(case: Case) -> Liveness | None:
    """What the challenge showed; None where there was none, or its key was destroyed with the consent."""
    challenge = latest_challenge(case)
    with suppress(Destroyed):
        return liveness_of(challenge) if challenge else None
    return None


def _frame(picture: Picture, shows: Promise | None) -> Plate:
    seconds = _("%(n)s s") % {"n": round(picture.at / 1000, 1)}
    return _plate(picture, shows or _("Frame"), note=seconds)


def _plate(picture: Picture, label: str | Promise, note: str = "") -> Plate:
    verdict = verdict_of(picture)
    marks = (*verdict.faults, *verdict.doubts) if verdict else ()
    return Plate(
        pk=picture.pk,
        label=label,
        width=picture.width,
        height=picture.height,
        outline=_points(verdict.corners if verdict else None),
        marks=[str(FAULTS[mark]) for mark in marks],
        there=picture.file is not None and picture.file.discarded_at is None,
        note=note,
    )


def _points(corners: Sequence[Point] | None) -> str:
    return " ".join(f"{x * 100:.2f},{y * 100:.2f}" for x, y in corners or ())


def _spread(frames: list[Picture]) -> list[Picture]:
    """At most so many, evenly spread, first and last among them."""
    if len(frames) <= MOST_FRAMES:
        return frames
    step = (len(frames) - 1) / (MOST_FRAMES - 1)
    return [frames[round(place * step)] for place in range(MOST_FRAMES)]
