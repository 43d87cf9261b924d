"""What looks at pictures here: the implementations that ship, or others that take their place.

They are made when they are first asked for, once a process, in the vision worker alone: models take time and memory.
"""

from collections.abc import Callable
from typing import Any

from echt.identity.providers import AttackDetector, DocumentReader, FaceMatcher, LivenessChecker
from echt.identity.settings import identity_settings

_makers: dict[str, Callable[[], Any]] = {}
_made: dict[str, Any] = {}


def document_reader() -> DocumentReader:
    reader: DocumentReader = _the("reader", _shipped_reader)
    return reader


def face_matcher() -> FaceMatcher:
    matcher: FaceMatcher = _the("matcher", _shipped_matcher)
    return matcher


def liveness_checker() -> LivenessChecker:
    checker: LivenessChecker = _the("checker", _shipped_checker)
    return checker


def attack_detector() -> AttackDetector | None:
    """The operator's own detector; None where there is none."""
    detector: AttackDetector | None = _the("detector", _shipped_detector)
    return detector


def use_reader(make: Callable[[], DocumentReader]) -> None:
    _use("reader", make)


def use_matcher(make: Callable[[], FaceMatcher]) -> None:
    _use("matcher", make)


def use_checker(make: Callable[[], LivenessChecker]) -> None:
    _use("checker", make)


def use_detector(make: Callable[[], AttackDetector | None]) -> None:
    _use("detector", make)


def use_shipped() -> None:
    """Forget what others put in place, and what was made."""
    _makers.clear()
    _made.clear()


def _the(name: str, shipped: Callable[[], Any]) -> Any:
    if name not in _made:
        _made[name] = _makers.get(name, shipped)()
    return _made[name]


def _use(name: str, make: Callable[[], Any]) -> None:
    _makers[name] = make
    _made.pop(name, None)


def _shipped_reader() -> DocumentReader:
    from echt.identity.vision.documents import LocalDocumentReader

    return LocalDocumentReader(folder=identity_settings().models)


def _shipped_matcher() -> FaceMatcher:
    from echt.identity.vision.faces import FaceThresholds, LocalFaceMatcher

    settings = identity_settings()
    thresholds = FaceThresholds(alike_from=settings.alike_from, unlike_below=settings.unlike_below)
    return LocalFaceMatcher(thresholds, settings.models)


def _shipped_checker() -> LivenessChecker:
    from echt.identity.vision.liveness import LocalLivenessChecker

    return LocalLivenessChecker(folder=identity_settings().models)


def _shipped_detector() -> AttackDetector | None:
    from echt.identity.vision.attacks import OperatorsDetector

    settings = identity_settings()
    return None if settings.attack_model is None else OperatorsDetector(settings.attack_model, settings.models)
