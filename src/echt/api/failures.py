"""Which problem an error is."""

import logging
from typing import Any

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja.errors import HttpError, ValidationError

from echt.accounts.access import Absent
from echt.api.problems import Code, Problem
from echt.wallets.actions.engine import AlreadyRecorded, NotCompleted, ReferenceTaken
from echt.wallets.gate import KeyReused, NoPolicy

log = logging.getLogger(__name__)
PLAIN: dict[type[Exception], Code] = {
    Http404: Code.NOT_FOUND,
    Absent: Code.NOT_FOUND,
    RequestDataTooBig: Code.TOO_LARGE,
    DisallowedHost: Code.MALFORMED,
    HttpError: Code.MALFORMED,
    KeyReused: Code.KEY_REUSED,
    NoPolicy: Code.NO_POLICY,
    NotCompleted: Code.NOT_COMPLETED,
    ReferenceTaken: Code.REFERENCE_TAKEN,
}
MISTAKES: dict[str, tuple[str, Promise]] = {
    "missing": ("missing", _("This is missing.")),
    "extra_forbidden": ("unknown_field", _("There is no such field.")),
    "enum": ("unknown_value", _("There is no such value.")),
    "literal_error": ("unknown_value", _("There is no such value.")),
    "too_long": ("too_many", _("These are too many.")),
    "too_short": ("too_few", _("These are too few.")),
}
ANY = ("invalid_value", _("This value cannot be used here."))


def problem_of(error: Exception) -> Problem:
    """The problem that is told; a fault of ours is logged with its cause."""
    problem = expected(error)
    if problem is None:
        log.error("A request of the API failed.", exc_info=error)
        return Problem(Code.FAILED)
    return problem


def expected(error: Exception) -> Problem | None:
    """The problem, or nothing for a fault of ours."""
    match error:
        case Problem():
            return error
        case ValidationError():
            return Problem(Code.INVALID, errors=[_mistake(told) for told in error.errors])
        case AlreadyRecorded():
            return Problem(Code.ALREADY_RECORDED, record=str(error.record) if error.record else None)
    code = next((code for kind, code in PLAIN.items() if isinstance(error, kind)), None)
    return Problem(code) if code else None


def _mistake(told: dict[str, Any]) -> dict[str, str]:
    """Of `("body", "told", "pays", "asset")` the first says where it was, the second is our own name for the whole."""
    place = told["loc"]
    code, words = MISTAKES.get(told["type"], ANY)
    inner = place[2:] if place[0] == "body" else place[1:]
    return {"pointer": "/" + "/".join(map(str, inner)) if inner else "", "code": code, "detail": str(words)}
