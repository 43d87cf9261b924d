"""The gate, as wallets know it: who is asked before money moves, and who moves it. `holds` fills it in.

1. Nothing but the gate moves money. Without one nothing moves.
2. What `ask` answers is advice; what binds is the answer of `commit`, which asks again under lock.
3. `terms` says how long a purchase will be held, before it is confirmed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from echt.wallets.answers import Answer
from echt.wallets.models import Account, Asset
from echt.wallets.models.purchases import Channel
from echt.wallets.moving import Movement, Terms
from echt.wallets.operations import Operation


class Refused(Exception):
    """The gate said no. `answer` says why, how much may move now, and when the rest may."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(", ".join(reason.code.value for reason in answer.reasons))
        self.answer = answer


class KeyReused(Exception):
    """The key belongs to another request of this account."""


class NoPolicy(Exception):
    """No policy says how long this is held, so it cannot be bought."""


class Gate(Protocol):
    """Who answers for the money."""

    def ask(self, *, account: UUID, operation: Operation, asset: int, units: int) -> Answer:
        """May this account move so much by this operation now? Advice (rule 2)."""

    def commit(self, movement: Movement) -> Answer:
        """Carry it out, or refuse it, in the caller's transaction or one of its own.

        A refusal is kept like an answer and does not raise: the transaction that keeps it must not be undone.

        Raises:
            KeyReused: see the class.
        """

    def commit_all(self, movements: Sequence[Movement]) -> list[Answer | KeyReused]:
        """Carry out many, in their order, in one transaction; the answers in the same order."""

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
        """How a purchase at this instant would be held; None: not at all.

        Raises:
            NoPolicy: see the class.
        """


_gates: list[Gate] = []


def register_gate(gate: Gate) -> None:
    """Called once, when the product starts."""
    _gates[:] = [gate]


def gate() -> Gate:
    """The gate.

    Raises:
        RuntimeError: there is none, so nothing may move.
    """
    if not _gates:
        raise RuntimeError("There is no gate, so no money moves.")
    return _gates[0]


def carry_out(movement: Movement) -> Answer:
    """Have the gate carry it out; a refusal is raised, after its transaction is done.

    Only for what is the whole of its transaction; an action that writes more decides itself what a refusal undoes.

    Raises:
        Refused, KeyReused: see the classes.
    """
    answer = gate().commit(movement)
    if not answer.allowed:
        raise Refused(answer)
    return answer
