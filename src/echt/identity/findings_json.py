"""Findings as JSON, to be stored, and back again."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from echt.identity.findings import FaceMatch, Liveness, PictureVerdict, Reading

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


def to_json(finding: Finding) -> dict[str, Any]:
    """What the finding says, as JSON."""
    stored: dict[str, Any] = _OF[type(finding)].dump_python(finding, mode="json")
    return stored


def verdict_from(stored: object) -> PictureVerdict:
    return _VERDICT.validate_python(stored)


def reading_from(stored: object) -> Reading:
    return _READING.validate_python(stored)


def match_from(stored: object) -> FaceMatch:
    return _MATCH.validate_python(stored)


def liveness_from(stored: object) -> Liveness:
    return _LIVENESS.validate_python(stored)
