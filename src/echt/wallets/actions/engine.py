"""What the exchange's own engine tells us: accounts by its own reference, purchases, deposits and chargebacks.

1. What it tells has happened already, so neither limits nor the gate are asked; how long it is held says our policy.
2. Its references count once: a purchase for a processor, a deposit for an account. What is told again with another
   content is refused.
3. A reference belongs to one account, and an account has one reference for ever.
4. A chargeback counts once, and everything that it asks for happens in the same transaction (`chargebacks`).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from echt import clock
from echt.accounts.access import Absent, lock_person
from echt.vault.ids import uuid7
from echt.wallets.access import lock_account
from echt.wallets.actions import settling
from echt.wallets.answers import Answer
from echt.wallets.gate import KeyReused, Refused, gate
from echt.wallets.house import House
from echt.wallets.models import Account, Asset, Purchase
from echt.wallets.models.purchases import Channel, PurchaseState
from echt.wallets.moving import Coins, Movement, Terms
from echt.wallets.operations import Operation


class AlreadyRecorded(Exception):
    """There is a record with this reference; `record` is its key, where it has one."""

    def __init__(self, record: UUID | None = None) -> None:
        super().__init__(record)
        self.record = record


class ReferenceTaken(Exception):
    """The reference belongs to another account, or the person's account has another one."""


class NotCompleted(Exception):
    """A purchase that was never completed has nothing that could be taken back."""


@dataclass(frozen=True, kw_only=True)
class Bought:
    """A purchase as the engine tells it; amounts in smallest units."""

    account: UUID
    channel: Channel
    asset: Asset
    units: int
    currency: Asset
    paid: int
    processor: str
    reference: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Came:
    """A deposit as the engine tells it."""

    account: UUID
    asset: Asset
    units: int
    reference: str
    at: datetime


def open_account(*, reference: str, person: UUID | None = None) -> tuple[Account, bool]:
    """The account of this reference, and whether it is new. `person`: whose it is, where they sign in with us.

    Raises:
        Absent: there is no such person.
        ReferenceTaken: see the class.
    """
    try:
        with transaction.atomic():
            if person is None:
                return Account.objects.get_or_create(reference=reference)
            return _of_person(person, reference)
    except IntegrityError as error:
        raise ReferenceTaken from error


def record_purchase(*, told: Bought) -> tuple[Purchase, Terms | None]:
    """Credit what was bought elsewhere, under the hold that our policy asks for.

    Raises:
        Absent: there is no such account.
        AlreadyRecorded, NoPolicy: see the classes.
    """
    try:
        with transaction.atomic():
            return _purchase(told)
    except (IntegrityError, KeyReused) as error:
        raise AlreadyRecorded(_known(told)) from error


def record_deposit(*, told: Came) -> Answer:
    """Credit what came in; told again, the same answer.

    Raises:
        Absent: there is no such account.
        AlreadyRecorded: the same reference with another content.
    """
    with transaction.atomic():
        account = lock_account(told.account)
        came = Coins(asset=told.asset.pk, units=told.units)
        movement = Movement(
            account=account.pk,
            operation=Operation.DEPOSIT,
            key=_key("deposit", told.reference),
            other=House.CUSTODY.pk,
            gets=came,
            held=_terms_of(account, told),
            asks=False,
        )
        try:
            return _allowed(gate().commit(movement))
        except KeyReused as error:
            raise AlreadyRecorded from error


def charge_back(*, purchase: UUID) -> Purchase:
    """The payment was taken back: the purchase is marked, and its hold is frozen. Told again, nothing changes.

    Raises:
        Absent: there is no such purchase.
        NotCompleted: see the class.
    """
    with transaction.atomic():
        found = _locked(purchase)
        if found.state == PurchaseState.CHARGED_BACK:
            return found
        if found.state != PurchaseState.COMPLETED:
            raise NotCompleted
        settling.charge_back(found)
    return found


def _of_person(person: UUID, reference: str) -> tuple[Account, bool]:
    owner = lock_person(person)
    account, made = Account.objects.get_or_create(owner=owner, defaults={"reference": reference})
    if account.reference is None:
        account.reference = reference
        account.save(update_fields=["reference"])
    if account.reference != reference:
        raise ReferenceTaken
    return account, made


def _purchase(told: Bought) -> tuple[Purchase, Terms | None]:
    account = lock_account(told.account)
    if known := _known(told):
        raise AlreadyRecorded(known)
    key = uuid7()
    terms = gate().terms(
        account=account, asset=told.asset, units=told.units, channel=told.channel, at=told.at, purchase=key
    )
    movement = Movement(
        account=account.pk,
        operation=Operation.BUY,
        key=_key("bought", f"{told.processor}\0{told.reference}"),
        other=House.TRADING.pk,
        gets=Coins(asset=told.asset.pk, units=told.units),
        held=terms,
        reference=key,
        asks=False,
    )
    answer = _allowed(gate().commit(movement))
    return _kept(told, key, answer), terms


def _kept(told: Bought, key: UUID, answer: Answer) -> Purchase:
    return Purchase.objects.create(
        pk=key,
        account_id=told.account,
        channel=told.channel.value,
        state=PurchaseState.COMPLETED.value,
        asset=told.asset,
        amount=told.units,
        currency=told.currency,
        paid=told.paid,
        processor=told.processor,
        processor_reference=told.reference,
        transfer_id=answer.transfer,
        created_at=told.at,
        settled_at=clock.now(),
    )


def _known(told: Bought) -> UUID | None:
    found = Purchase.objects.filter(processor=told.processor, processor_reference=told.reference)
    return found.values_list("pk", flat=True).first()


def _terms_of(account: Account, told: Came) -> Terms | None:
    """Coins are held where a policy covers what comes over the chain; fiat money is not."""
    if told.asset.is_fiat:
        return None
    return gate().terms(account=account, asset=told.asset, units=told.units, channel=Channel.ONCHAIN, at=told.at)


def _locked(purchase: UUID) -> Purchase:
    found = Purchase.objects.filter(pk=purchase).first()
    if found is None:
        raise Absent
    lock_account(found.account_id)
    return Purchase.objects.select_related("account__owner", "asset", "currency").get(pk=purchase)


def _allowed(answer: Answer) -> Answer:
    if not answer.allowed:
        raise Refused(answer)
    return answer


def _key(kind: str, told: str) -> str:
    return f"{kind}:{hashlib.sha256(told.encode()).hexdigest()}"
