"""What the checks look at: the case, its document, what was read, what was confirmed. Read once, before them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from echt.identity.documents import Field
from echt.identity.findings import Reading
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case, Picture
from echt.identity.models.cases import Outcome
from echt.identity.selectors import current_picture, document_pictures, reading_of

OURSELVES = "echt 1"
"""Provider and version of the checks that are comparisons of our own."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a check found. `details`: figures and thresholds, as JSON."""

    outcome: Outcome
    details: Mapping[str, Any] = field(default_factory=dict)
    provider: str = OURSELVES


@dataclass(frozen=True, kw_only=True)
class Material:
    """What a case consists of, at the moment of the checks. `typed`: only what is not empty."""

    case: Case
    pictures: list[Picture]
    face: Picture | None
    reading: Reading | None
    typed: Mapping[Field, str]

    @property
    def asks_for_face(self) -> bool:
        return self.case.level == Level.ADVANCED and not self.case.without_face


def gather(case: Case) -> Material:
    stored = case.document.typed or {}
    return Material(
        case=case,
        pictures=document_pictures(case),
        face=current_picture(case, Item.FACE),
        reading=reading_of(case),
        typed={field: stored[field.value] for field in Field if stored.get(field.value)},
    )


def not_applicable(because: str) -> Found:
    return Found(outcome=Outcome.NOT_APPLICABLE, details={"because": because})


def doubt(*remarks: str) -> Found:
    return Found(outcome=Outcome.DOUBT, details={"remarks": list(remarks)})


def worst(*outcomes: Outcome) -> Outcome:
    """The one of these that a person must know of first; what holds where there is none."""
    order = [Outcome.FAILS, Outcome.ERROR, Outcome.DOUBT]
    return next((outcome for outcome in order if outcome in outcomes), Outcome.HOLDS)
