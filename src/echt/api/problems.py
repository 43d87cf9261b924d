"""What went wrong, as `application/problem+json` (RFC 9457).

1. Whatever goes wrong is told this way, from a missing key to a fault of ours; never as a page.
2. `code` is for programs: it is part of the contract, never translated and never renamed. `title` and `detail` are for
   people, in the language that the request asks for.
3. A fault of ours says nothing of its cause: that stands in the log.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KIND = "application/problem+json"


class Code(StrEnum):
    """What went wrong (rule 2)."""

    MALFORMED = "malformed"
    IDEMPOTENCY_KEY_MISSING = "idempotency_key_missing"
    KEY_MISSING = "key_missing"
    KEY_INVALID = "key_invalid"
    SCOPE_MISSING = "scope_missing"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    REFUSED = "refused"
    ALREADY_RECORDED = "already_recorded"
    REFERENCE_TAKEN = "reference_taken"
    NO_POLICY = "no_policy"
    NOT_COMPLETED = "not_completed"
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    INVALID = "invalid"
    KEY_REUSED = "key_reused"
    TOO_MANY = "too_many"
    FAILED = "failed"


class Kind(NamedTuple):
    """What is told of a code."""

    status: int
    title: Promise
    detail: Promise


KINDS: dict[Code, Kind] = {
    Code.MALFORMED: Kind(400, _("Not readable"), _("The request cannot be read: it is no valid JSON.")),
    Code.IDEMPOTENCY_KEY_MISSING: Kind(
        400,
        _("Idempotency key missing"),
        _("Send the header Idempotency-Key with 1 to 255 visible ASCII characters, a new one for each new request."),
    ),
    Code.KEY_MISSING: Kind(401, _("Key missing"), _("Send a key: Authorization: Bearer echt_…")),
    Code.KEY_INVALID: Kind(401, _("Key not valid"), _("There is no such key, or it is over or revoked.")),
    Code.SCOPE_MISSING: Kind(403, _("Not allowed"), _("The key does not have the scope that this needs.")),
    Code.NOT_FOUND: Kind(404, _("Not found"), _("What the request names is not there.")),
    Code.METHOD_NOT_ALLOWED: Kind(405, _("Method not allowed"), _("The header Allow says which methods there are.")),
    Code.REFUSED: Kind(409, _("Refused"), _("This may not move now; the reasons say why. Nothing has moved.")),
    Code.ALREADY_RECORDED: Kind(
        409, _("Recorded already"), _("There is a record with this reference already. Nothing was recorded.")
    ),
    Code.REFERENCE_TAKEN: Kind(
        409, _("Reference in use"), _("Reference and person belong to different accounts already. Nothing has changed.")
    ),
    Code.NO_POLICY: Kind(
        409, _("No policy"), _("No policy says how long this purchase is held. Nothing was recorded.")
    ),
    Code.NOT_COMPLETED: Kind(
        409, _("Not completed"), _("This purchase was never completed, so nothing can be taken back.")
    ),
    Code.TOO_LARGE: Kind(413, _("Too large"), _("The request is larger than it may be.")),
    Code.NOT_JSON: Kind(415, _("Not JSON"), _("Send the request as application/json.")),
    Code.INVALID: Kind(422, _("Not valid"), _("The request has mistakes; nothing has happened. See errors.")),
    Code.KEY_REUSED: Kind(
        422, _("Key used before"), _("This key belongs to another request. Use a new one for a new request.")
    ),
    Code.TOO_MANY: Kind(429, _("Too many requests"), _("The header Retry-After says when to try again.")),
    Code.FAILED: Kind(500, _("A fault of ours"), _("Something failed here. Send the same request again later.")),
}


class Problem(Exception):
    """Raised wherever a request cannot be answered as it wished. `members`: what else is told."""

    def __init__(self, code: Code, *, headers: Mapping[str, str] | None = None, **members: Any) -> None:
        super().__init__(code.value)
        self.code = code
        self.headers = dict(headers or {})
        self.members = members

    def response(self) -> HttpResponse:
        """The answer, in the language that is active."""
        kind = KINDS[self.code]
        told = {
            "type": f"urn:echt:problem:{self.code.value}",
            "title": str(kind.title),
            "status": kind.status,
            "detail": str(kind.detail),
            "code": self.code.value,
            **self.members,
        }
        text = json.dumps(told, ensure_ascii=False)
        return HttpResponse(text, content_type=KIND, status=kind.status, headers=self.headers)


def invalid(pointer: str, code: str, detail: Promise | str) -> Problem:
    """One mistake of the request, at a place of its body."""
    return Problem(Code.INVALID, errors=[{"pointer": pointer, "code": code, "detail": str(detail)}])
