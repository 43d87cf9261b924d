"""The engine on PostgreSQL: one call of a stored function, one round trip."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from echt import clock
from echt.holds.settings import holds_settings
from echt.wallets.answers import Answer
from echt.wallets.gate import KeyReused
from echt.wallets.house import House
from echt.wallets.moving import HOUSES, Coins, Movement, Terms
from echt.wallets.operations import CLASSES, Operation, bit_of

RESTARTING = frozenset({Operation.CONVERT, Operation.TRADE})
"""Operations that begin the hours anew where a policy says so."""
ASK = "SELECT holds_ask(%s, %s::smallint, %s, %s, %s, %s, %s, %s)"
MOVE = "SELECT holds_move(%s::jsonb, %s, %s, %s)"


def ask(account: UUID, operation: Operation, asset: int, units: int) -> Answer:
    pays = operation in PAYING
    counts = CLASSES.get(operation)
    values = [account, asset, units, pays, bit_of(operation), counts and counts.value, clock.now(), _skew()]
    told = _called(ASK, values)
    if told is None:
        raise LookupError("There is no such account.")
    return Answer.from_json(told)


def commit(movements: Sequence[Movement]) -> list[Answer | KeyReused]:
    told = json.dumps([_told(movement) for movement in movements])
    return [_answer(answer) for answer in _called(MOVE, [told, clock.now(), _skew(), House.FEES.pk])]


def _called(sql: str, values: Sequence[Any]) -> Any:
    """The function's answer. It is called as a prepared statement of the server, which Django's own cursor has not."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        row = cursor.execute(sql, values, prepare=True).fetchone()
    return None if row is None or row[0] is None else _json(row[0])


PAYING = frozenset(Operation) - {Operation.BUY, Operation.DEPOSIT, Operation.CLAIM, Operation.RETURN}
"""Operations of which an account pays something."""


def _told(movement: Movement) -> dict[str, Any]:
    counts = CLASSES.get(movement.operation)
    return {
        "transfer": str(movement.transfer),
        "account": str(movement.account),
        "operation": movement.operation.value,
        "bit": bit_of(movement.operation),
        "counts": counts and counts.value,
        "key": movement.key,
        "digest": movement.digest,
        "other": str(movement.other),
        "house": movement.other in HOUSES,
        "held": _terms(movement.held),
        "reference": movement.reference and str(movement.reference),
        "returns": movement.returns and str(movement.returns),
        "asks": movement.asks,
        "restarts": movement.operation in RESTARTING,
        "happened_at": _iso(movement.happened_at),
        **_coins("pays", movement.pays),
        **_coins("gets", movement.gets),
    }


def _coins(name: str, coins: Coins | None) -> dict[str, Any]:
    if coins is None:
        return {}
    return {f"{name}_asset": coins.asset, f"{name}_units": str(coins.units), f"{name}_fee": str(coins.fee)}


def _terms(terms: Terms | None) -> dict[str, Any] | None:
    if terms is None:
        return None
    return {
        "hold": str(terms.hold),
        "policy": str(terms.policy),
        "channel": terms.channel,
        "hours": terms.hours,
        "acquired_at": _iso(terms.acquired_at),
        "release_at": _iso(terms.release_at),
        "restricts": terms.restricts,
        "restart_hours": terms.restart_hours,
        "score": terms.score,
        "marks": list(terms.marks),
        "purchase": terms.purchase and str(terms.purchase),
    }


def _answer(told: dict[str, Any]) -> Answer | KeyReused:
    if told.get("conflict"):
        return KeyReused()
    return Answer.from_json(told["answer"], transfer=UUID(told["transfer"]), replayed=told.get("replayed", False))


def _json(value: Any) -> Any:
    """Django hands over JSON as text."""
    return json.loads(value) if isinstance(value, (str, bytes)) else value


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _skew() -> int:
    return holds_settings().clock_skew
