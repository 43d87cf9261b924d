"""The API as ninja sees it: its operations, how it reads JSON, and what it does with errors."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.parser import Parser

from echt.api import routes
from echt.api.failures import problem_of
from echt.api.routing import router

DESCRIPTION = """\
What an exchange's own engine asks and tells: balances, the gate, movements, purchases, deposits, limits and holds.

Amounts are decimal text of whole coins and exact; a JSON number is refused. Instants are UTC. Everything that goes
wrong is a problem (RFC 9457) whose `code` never changes. Answers may gain fields; unknown fields of a request are
refused.
"""


class Exactly(Parser):
    """JSON without the freedoms of Python's reader: no NaN, and no name twice."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(request.body, object_pairs_hook=_each_once, parse_constant=_no_constant)
        return told


class Api(NinjaAPI):
    """Ninja, with our problems instead of its errors."""

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:  # noqa: ARG002
        return problem_of(exc).response()


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        raise ValueError("A name stands twice.")
    return told


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON.")


assert routes  # importing them has declared the operations
api = Api(
    title="echt",
    version="1",
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    parser=Exactly(),
)
api.add_router("", router)
