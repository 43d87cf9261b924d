"""Settings of identification that would be dangerous together."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core import checks

from echt.identity.mrz.countries import ALPHA2
from echt.identity.providers import DetectorBroken
from echt.identity.settings import IdentitySettings, identity_settings
from echt.identity.vision.describing import description_of

Fault = tuple[str, str]
"""What is wrong, and what to do."""


@checks.register(checks.Tags.security)
def dangerous_settings(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Each fault of the settings, with a number that stays."""
    found = {**dict(_faults_of_faces(identity_settings())), **dict(_faults_of_decisions(identity_settings()))}
    return [checks.Error(words, hint=hint, id=f"identity.{code}") for code, (words, hint) in sorted(found.items())]


@checks.register(checks.Tags.security)
def unusual_settings(**_kwargs: Any) -> list[checks.CheckMessage]:
    """What can be meant, and rarely is."""
    settings = identity_settings()
    if settings.face_days <= settings.refused_days:
        return []
    return [
        checks.Warning(
            "Faces are kept longer than the pictures of a refused application.",
            hint="Set ECHT_IDENTITY_FACE_DAYS to at most ECHT_IDENTITY_REFUSED_DAYS.",
            id="identity.W001",
        )
    ]


def _faults_of_faces(settings: IdentitySettings) -> Iterator[tuple[str, Fault]]:
    if not -1 <= settings.unlike_below <= settings.alike_from <= 1:
        yield (
            "E001",
            (
                "Faces would count as alike and unlike at once.",
                "ECHT_IDENTITY_UNLIKE_BELOW must not be above ECHT_IDENTITY_ALIKE_FROM; both lie between -1 and 1.",
            ),
        )
    if settings.attack_model is not None and not settings.attack_model.is_file():
        yield (
            "E002",
            (
                "The detector of presentation attacks that the settings name is not there.",
                "Correct or unset ECHT_IDENTITY_ATTACK_MODEL.",
            ),
        )
    elif settings.attack_model is not None:
        yield from _faults_of_detector(settings.attack_model)


def _faults_of_detector(model: Path) -> Iterator[tuple[str, Fault]]:
    try:
        description_of(model)
    except DetectorBroken as broken:
        yield ("E006", (str(broken), "Correct that file, or unset ECHT_IDENTITY_ATTACK_MODEL."))


def _faults_of_decisions(settings: IdentitySettings) -> Iterator[tuple[str, Fault]]:
    if settings.automatic and settings.four_eyes:
        yield (
            "E003",
            (
                "Two people shall confirm every decision, and nobody shall look at clear cases: both cannot be.",
                "Unset ECHT_IDENTITY_AUTOMATIC or ECHT_IDENTITY_FOUR_EYES.",
            ),
        )
    unknown = sorted({*settings.excluded} - {*ALPHA2})
    if unknown:
        yield (
            "E005",
            (
                f"Excluded countries are not known, so that they exclude nobody: {', '.join(unknown)}.",
                "Write ISO 3166-1 alpha-3 codes into ECHT_IDENTITY_EXCLUDED, such as PRK.",
            ),
        )
