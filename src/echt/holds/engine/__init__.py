"""The gate: may this account move X of asset A by operation O now? And the engine that moves it.

1. A unit counts as held until the instant of its release; at that instant it is free.
2. What is read before the lock advises; only the answer under the lock binds.
3. Every writer of a hold locks the balance first, then the hold.
4. A missing price, limit, level or policy refuses; zero means zero.
5. What counts against a limit is valued once, when it is asked for, and rounded up.
6. A key gives one answer for ever, a refusal too.
7. Free units go first, then held ones, the oldest first; what is got for them carries their share, rounded up.

On PostgreSQL a call is one round trip to a stored function (`stored`, `sql/`); on SQLite the same steps are made in
Python under the one writer that it has (`plain`). `judging` and `following` are the rules in plain words, and the tests
hold the stored functions to them.
"""

from collections.abc import Sequence
from datetime import datetime
from types import ModuleType
from uuid import UUID

from django.db import connection, transaction

from echt.holds import policies
from echt.holds.engine import plain, stored
from echt.wallets.answers import Answer
from echt.wallets.gate import KeyReused
from echt.wallets.models import Account, Asset
from echt.wallets.models.purchases import Channel
from echt.wallets.moving import Movement, Terms
from echt.wallets.operations import Operation


class HoldsGate:
    """See `wallets.gate.Gate`."""

    def ask(self, *, account: UUID, operation: Operation, asset: int, units: int) -> Answer:
        answer: Answer = _engine().ask(account, operation, asset, units)
        return answer

    def commit(self, movement: Movement) -> Answer:
        answer = self.commit_all([movement])[0]
        if isinstance(answer, KeyReused):
            raise answer
        return answer

    def commit_all(self, movements: Sequence[Movement]) -> list[Answer | KeyReused]:
        if len({(movement.account, movement.key) for movement in movements}) < len(movements):
            raise ValueError("A key stands once in a batch.")
        if not movements:
            return []
        if connection.vendor == "postgresql":
            return stored.commit(movements)  # one statement is its own transaction
        with transaction.atomic():
            return plain.commit(movements)

    def terms(
        self,
        *,
        account: Account,
        asset: Asset,
        units: int,
        channel: Channel,
        at: datetime,
        purchase: UUID | None = None,
    ) -> Terms | None:
        return policies.terms(account=account, asset=asset, units=units, channel=channel, at=at, purchase=purchase)


def _engine() -> ModuleType:
    return stored if connection.vendor == "postgresql" else plain
