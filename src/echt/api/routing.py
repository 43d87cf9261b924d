"""How an operation of the API is declared.

    @reads("/accounts/{uuid:account}/balances", Scope.BALANCES_READ, gives=Balances, tag="accounts")
    def list_balances(request: HttpRequest, account: UUID) -> Balances: ...

1. Every operation names the scope that it needs; a key without it is refused before anything is read.
2. What changes something is done once for an idempotency key (`idempotency`).
3. The function's name is the operation's id, and part of the contract.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.security import HttpBearer
from pydantic import BaseModel

from echt.api.idempotency import once
from echt.api.keys import key_of
from echt.api.models import ApiKey
from echt.api.problems import Code, Problem, invalid
from echt.api.scopes import Scope

View = Callable[..., Any]
router = Router()


class BearerKey(HttpBearer):
    """A key that has this scope. Whether it is a key was found out at the door."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> ApiKey:
        key = key_of(request)
        if self.scope.value not in key.scopes:
            told = {"WWW-Authenticate": f'Bearer realm="echt", error="insufficient_scope", scope="{self.scope.value}"'}
            raise Problem(Code.SCOPE_MISSING, headers=told, scope=self.scope.value)
        return key

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey:  # noqa: ARG002  # the door has done it
        return key_of(request)


@dataclass(frozen=True)
class Created:
    """An answer with the status 201."""

    body: BaseModel
    replayed: bool = False


def reads(path: str, scope: Scope, *, gives: type[BaseModel], tag: str) -> Callable[[View], View]:
    """Declare an operation that changes nothing."""

    def declare(view: View) -> View:
        known = _parameters(view)

        @wraps(view)
        def reading(request: HttpRequest, **values: Any) -> HttpResponse:
            _require_known(request, known)
            return answered(view(request, **values))

        return router.get(path, **_declared(view, scope, {200: gives}, tag))(reading)

    return declare


def asks(path: str, scope: Scope, *, gives: type[BaseModel], tag: str) -> Callable[[View], View]:
    """Declare an operation that changes nothing and has a body."""

    def declare(view: View) -> View:
        @wraps(view)
        def asking(request: HttpRequest, **values: Any) -> HttpResponse:
            return answered(view(request, **values))

        return router.post(path, **_declared(view, scope, {200: gives}, tag))(asking)

    return declare


def changes(path: str, scope: Scope, *, gives: dict[int, type[BaseModel]], tag: str) -> Callable[[View], View]:
    """Declare an operation that changes something (rule 2)."""

    def declare(view: View) -> View:
        @wraps(view)
        def changing(request: HttpRequest, **values: Any) -> HttpResponse:
            return once(request, lambda: answered(view(request, **values)))

        return router.post(path, **_declared(view, scope, gives, tag, once=True))(changing)

    return declare


def _parameters(view: View) -> frozenset[str]:
    """The names that its query may have."""
    models = [get_args(told)[0] for told in view.__annotations__.values() if hasattr(told, "__metadata__")]
    return frozenset(name for model in models for name in model.model_fields)


def _require_known(request: HttpRequest, known: frozenset[str]) -> None:
    for name in request.GET:
        if name not in known:
            raise invalid(f"/{name}", "unknown_field", _("There is no such parameter."))


def answered(given: BaseModel | Created | HttpResponse) -> HttpResponse:
    """As JSON, written once by the type itself."""
    if isinstance(given, HttpResponse):
        return given
    body, status = (given.body, 201) if isinstance(given, Created) else (given, 200)
    return HttpResponse(body.model_dump_json(), content_type="application/json", status=status)


def _declared(
    view: View, scope: Scope, gives: dict[int, type[BaseModel]], tag: str, *, once: bool = False
) -> dict[str, Any]:
    summary, _line, more = (view.__doc__ or "").strip().partition("\n")
    return {
        "auth": BearerKey(scope),
        "response": gives,
        "operation_id": view.__name__,
        "url_name": view.__name__,
        "summary": summary.rstrip("."),
        "description": " ".join(more.split()) or None,
        "tags": [tag],
        "openapi_extra": {"x-scope": scope.value, "x-once": once},
    }
