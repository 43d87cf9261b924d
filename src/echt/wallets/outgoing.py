"""What sending, giving and withdrawing share: a form's token, how the gate is asked, and amounts for mails.

1. A form's token names one movement of one account for ever: sent twice, the money moves once. The ledger has only its
   digest, so nobody who reads the ledger knows a token.
2. What the gate advises before a confirmation keeps nothing; only `commit` binds.
"""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from secrets import token_urlsafe
from uuid import UUID, uuid5

from django.utils import translation
from django.utils.functional import Promise

from echt.accounts.access import Absent, lock_person
from echt.accounts.models import User
from echt.wallets.answers import Answer, Code
from echt.wallets.gate import KeyReused, Refused, gate
from echt.wallets.models import Account, Asset, Transfer
from echt.wallets.models.ledger import Outcome
from echt.wallets.moving import Movement
from echt.wallets.operations import Operation
from echt.wallets.refusals import FormReused
from echt.wallets.templatetags.wallets import told
from echt.wallets.wording import movable_now

TOKEN = r"[A-Za-z0-9_-]{32,64}"  # noqa: S105  # its form, no secret
ENOUGH = frozenset({Code.INSUFFICIENT, Code.HELD})
Told = tuple[tuple[str, str], ...]


def lock_people(*people: UUID | None) -> None:
    """Lock the rows of all to whom a transaction writes a mail, in their order and before anything else.

    A mail refers to its recipient: written late, it would wait for somebody who waits for what is locked here.
    """
    for pk in sorted({pk for pk in people if pk is not None}):
        with suppress(Absent):
            lock_person(pk)


def new_token() -> str:
    """A token for one form."""
    return token_urlsafe(32)


def key_of(purpose: str, token: str) -> str:
    """The movement's key (rule 1)."""
    return f"{purpose}:{hashlib.sha256(token.encode()).hexdigest()}"


def row_of(account: Account, key: str) -> UUID:
    """The primary key of what the form makes: the same, however often it is sent."""
    return uuid5(account.pk, key)


def was_done(account: Account, key: str) -> bool:
    """Whether the form has moved its money already."""
    return Transfer.objects.filter(account=account, key=key, outcome=Outcome.DONE.value).exists()


def commit(movement: Movement) -> Answer:
    """Have the gate carry it out, in the caller's transaction.

    Raises:
        FormReused: the token belongs to another movement.
    """
    try:
        return gate().commit(movement)
    except KeyReused:
        raise FormReused from None


def transfer_of(answer: Answer) -> UUID:
    """The transfer that a commit made."""
    if answer.transfer is None:
        raise ValueError("Nothing was committed.")
    return answer.transfer


def advice(account: Account, operation: Operation, asset: Asset, units: int, *, fee: int = 0) -> Answer:
    """What the gate would say now (rule 2). Limits count what arrives, the balance must do for the fee too."""
    answer = gate().ask(account=account.pk, operation=operation, asset=asset.pk, units=units)
    if fee == 0:
        return answer
    whole = gate().ask(account=account.pk, operation=operation, asset=asset.pk, units=units + fee)
    return whole if any(reason.code in ENOUGH for reason in whole.reasons) else answer


def require_allowed(account: Account, operation: Operation, asset: Asset, units: int, *, fee: int = 0) -> None:
    """Ask before somebody confirms.

    Raises:
        Refused: the gate would say no.
    """
    answer = advice(account, operation, asset, units, fee=fee)
    if not answer.allowed:
        raise Refused(answer)


def all_that_may_move(account: Account, operation: Operation, asset: Asset, *, fee: int = 0) -> int:
    """How much could arrive if all that may move now did, its fee taken off; 0: nothing."""
    answer = gate().ask(account=account.pk, operation=operation, asset=asset.pk, units=asset.unit)
    return max(0, min(movable_now(answer), answer.movable - fee))


def amount_of(units: int, asset: Asset) -> str:
    """For steps, pages and sentences, in the reader's language."""
    return told(units, asset, unit=True)


def mail_facts(owner: User, facts: Iterable[tuple[Promise | str, str | Callable[[], str]]]) -> Told:
    """Names and values in the language of the mail's reader."""
    with translation.override(owner.language):
        return tuple((str(name), value() if callable(value) else value) for name, value in facts)
