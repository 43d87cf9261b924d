"""An exchange's engine that asks the API: its key, its requests, and short words for what it tells."""

import json
from uuid import uuid4

from django.test import Client

from echt.api.actions.keys import make_key
from echt.api.scopes import Scope
from echt.wallets.models import Account
from tests.holds import worlds

BASE = "/api/v1"


class Engine:
    """Speaks JSON with a key. Every request that changes something gets a new idempotency key, if none is given."""

    def __init__(self, *scopes: Scope, secret: str | None = None, language: str = "en") -> None:
        if secret is None:
            self.key, secret = make_key(actor=None, name="Matching engine", scopes=scopes or list(Scope))
        self.secret = secret
        self.headers = {"Authorization": f"Bearer {secret}", "Accept-Language": language}
        self.client = Client(raise_request_exception=False)

    def get(self, path: str, **query: object):
        return self.client.get(BASE + path, query, headers=self.headers)

    def post(self, path: str, told: object, *, key: str | None = None, raw: bytes | None = None, **headers: str):
        body = raw if raw is not None else json.dumps(told)
        sent = {**self.headers, "Idempotency-Key": uuid4().hex if key is None else key, **headers}
        return self.client.post(BASE + path, body, content_type="application/json", headers=sent)

    def ask(self, account: Account, operation: str, asset: str, amount: str):
        told = {"account": str(account.pk), "operation": operation, "asset": asset, "amount": amount}
        return self.post("/gate/ask", told)

    def move(self, account: Account, operation: str, *, key: str | None = None, **told: object):
        return self.post("/movements", movement(account, operation, **told), key=key)


def movement(account: Account, operation: str, **told: object) -> dict[str, object]:
    return {"account": str(account.pk), "operation": operation, **told}


def coins(asset: str, amount: str, **more: str) -> dict[str, str]:
    return {"asset": asset, "amount": amount, **more}


def purchase(of: Account, **changed: object) -> dict[str, object]:
    return {
        "account": str(of.pk),
        "channel": "card",
        "asset": "BTC",
        "amount": "0.01",
        "currency": "EUR",
        "paid": "875.00",
        "processor": "stripe",
        "processor_reference": "ch_1",
        **changed,
    }


def deposit(of: Account, **changed: object) -> dict[str, object]:
    return {"account": str(of.pk), "asset": "BTC", "amount": "0.25", "reference": "a1b2c3:0", **changed}


def problem(answer, status: int, code: str) -> dict:
    """The problem that it must be."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json"), answer.content
    told = answer.json()
    assert (told["status"], told["code"], told["type"]) == (status, code, f"urn:echt:problem:{code}")
    return told


def mistake(answer, pointer: str, code: str) -> None:
    """The one mistake that the request must have."""
    (error,) = problem(answer, 422, "invalid")["errors"]
    assert (error["pointer"], error["code"]) == (pointer, code)
    assert error["detail"]


def market() -> None:
    """Assets and rates, without limits."""
    worlds.no_limits()
    worlds.rate(worlds.asset("BTC", 8), 87_500)
    worlds.rate(worlds.asset("USDT", 6), 1)
    worlds.rate(worlds.asset("NEAR", 24), 5)
    worlds.asset("EUR", 2, kind="fiat")
