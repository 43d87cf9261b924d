"""Findings as JSON, to be stored, and back again."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from echt.identity.findings import FaceMatch, Liveness, PictureVerdict, Reading

Found = TypeVar("Found")
Finding = PictureVerdict | Reading | FaceMatch | Liveness

_VERDICT = TypeAdapter(PictureVerdict)
_READING = TypeAdapter(Reading)
_MATCH = TypeAdapter(FaceMatch)
_LIVENESS = TypeAdapter(Liveness)
_OF: Mapping[type, TypeAdapter[Any]] = {
    PictureVerdict: _VERDICT,
    Reading: _READING,
    FaceMatch: _MATCH,
    Liveness: _LIVENESS,
}


class NotAFinding(ValueError):
    """What is stored has not the form of a finding; the text names the places, and nothing of what stands there."""


def to_json(finding: Finding) -> dict[str, Any]:
    """What the finding says, as JSON."""
    stored: dict[str, Any] = _OF[type(finding)].dump_python(finding, mode="json")
    return stored


def verdict_from(stored: object) -> PictureVerdict:
    return _opened(_VERDICT, stored)


def reading_from(stored: object) -> Reading:
    return _opened(_READING, stored)


def match_from(stored: object) -> FaceMatch:
    return _opened(_MATCH, stored)


def liveness_from(stored: object) -> Liveness:
    return _opened(_LIVENESS, stored)


def _opened(adapter: TypeAdapter[Found], stored: object) -> Found:
    """The finding. Of one that does not fit, pydantic quotes the values, and what it says ends in a log: not here."""
    try:
        return adapter.validate_python(stored)
    except ValidationError as wrong:
        where = sorted({".".join(map(str, error["loc"])) for error in wrong.errors(include_input=False)})
    raise NotAFinding(", ".join(where))
