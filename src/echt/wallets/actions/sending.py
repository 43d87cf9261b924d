"""Sending to another customer.

1. Until it is confirmed nobody is looked up: the page before says the same of every address, so it tells nobody who
   is a customer. Confirmations to nobody are limited, and refused with one sentence whatever the reason.
2. It needs a proof for exactly this amount to exactly this recipient.
3. It is one transfer with both sides; each reads it in their own history.
4. Sent twice with one token it moves once.
"""

import re
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from echt.accounts.access import lock_user
from echt.accounts.actions.notices import notify
from echt.accounts.addresses import normalise
from echt.accounts.models import User
from echt.accounts.step_up import Sensitive, StepUp
from echt.accounts.where import Where
from echt.audit.record import record
from echt.mail.send import send as send_mail
from echt.ui.formats import masked_address
from echt.ui.rate_limits import RateLimit
from echt.wallets.access import account_of
from echt.wallets.answers import Answer
from echt.wallets.events import Event
from echt.wallets.gate import Refused
from echt.wallets.models import Account, Asset
from echt.wallets.models.ledger import AccountKind
from echt.wallets.moving import Coins, Movement
from echt.wallets.operations import Operation
from echt.wallets.outgoing import amount_of, commit, key_of, lock_people, mail_facts, require_allowed, was_done
from echt.wallets.outgoing_mails import MoneyReceived, MoneySent
from echt.wallets.refusals import NoSuchRecipient, NotOffered, ToYourself

UNKNOWN = RateLimit("wallets.send_to_nobody", count=10, seconds=3600)
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONGEST = 254


def masked(recipient: str) -> str:
    """As the page shows what was entered, known or not (rule 1): "l•••••@posteo.example"; an account number in full."""
    return masked_address(normalise(recipient)) if "@" in recipient else recipient


def require_sendable(*, actor: User, asset: Asset, units: int, recipient: str) -> None:
    """Whether the sender may, asked before it is confirmed; of the recipient only whether it is the sender.

    Raises:
        Refused: the gate would say no.
        NoSuchRecipient, ToYourself, NotOffered: see the classes.
    """
    if not asset.is_active:
        raise NotOffered
    account = account_of(actor)
    if not _can_name_somebody(recipient):
        raise NoSuchRecipient
    if normalise(recipient) in {normalise(str(actor.address)), str(account.pk)}:
        raise ToYourself
    require_allowed(account, Operation.SEND, asset, units)


def send_money(
    *, actor: User, asset: Asset, units: int, recipient: str, token: str, step_up: StepUp, where: Where
) -> None:
    """Send so many units to whoever has this mail address or account number.

    Raises:
        Refused: the gate says no.
        NoSuchRecipient, ToYourself, NotOffered, FormReused: see the classes.
        StepUpRequired: no fresh proof for exactly this.
        TooMany: too many tries to reach nobody.
    """
    account, key = account_of(actor), key_of("send", token)
    if was_done(account, key):
        return
    require_sendable(actor=actor, asset=asset, units=units, recipient=recipient)
    step_up.require(Sensitive.SEND_MONEY, amount=amount_of(units, asset), to=masked(recipient), exactly=recipient)
    other = _reached(actor, recipient)
    to, coins = account_of(other), Coins(asset=asset.pk, units=units)
    with transaction.atomic():
        lock_people(actor.pk, other.pk)
        user = lock_user(actor)
        answer = commit(Movement(account=account.pk, operation=Operation.SEND, pays=coins, other=to.pk, key=key))
        if answer.allowed and not answer.replayed:
            _tell(user, other, asset, units, answer, where)
    if not answer.allowed:
        raise Refused(answer)


def _reached(actor: User, recipient: str) -> User:
    """Who that is; only now, after the proof, and not often for nobody (rule 1)."""
    UNKNOWN.require(str(actor.pk))
    found = _by_address(recipient) if "@" in recipient else _by_number(recipient)
    if found is None or not found.is_active:
        raise NoSuchRecipient
    if found.pk == actor.pk:
        raise ToYourself
    UNKNOWN.forget(str(actor.pk))
    return found


def _by_address(recipient: str) -> User | None:
    return User.objects.by_address(recipient)


def _by_number(recipient: str) -> User | None:
    customers = Account.objects.filter(kind=AccountKind.CUSTOMER.value).select_related("owner")
    pk = _uuid(recipient)
    found = customers.filter(pk=pk).first() if pk else customers.filter(reference=recipient).first()
    return found.owner if found else None


def _can_name_somebody(recipient: str) -> bool:
    if not recipient.isprintable() or not 0 < len(recipient) <= LONGEST:
        return False
    return "@" not in recipient or ADDRESS.fullmatch(recipient) is not None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _tell(sender: User, recipient: User, asset: Asset, units: int, answer: Answer, where: Where) -> None:
    """The record and both mails; neither mail names the other side."""
    record(
        Event.MONEY_SENT,
        actor=sender,
        subject=sender.pk,
        transfer=str(answer.transfer),
        asset=asset.code,
        amount=str(units),
        **where.details(),
    )
    facts = [(_("Amount"), lambda: amount_of(units, asset))]
    notify(MoneySent, sender, where=where, told=mail_facts(sender, facts))
    send_mail(MoneyReceived(to=recipient, told=mail_facts(recipient, facts)))
