"""What happened to an account's money, newest first: what was done, and on request what was refused.

1. A page begins at a place, never at a number: no OFFSET, no COUNT; the thousandth page costs what the first does.
2. A counterpart is told masked, and only to who dealt with them.
3. Nothing is asked of the database once a line: whatever the lines need comes for all of them at once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Self, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.ui.formats import masked_address
from echt.wallets.answers import Answer
from echt.wallets.models import Account, Asset, Gift, Posting, Transfer, Withdrawal
from echt.wallets.models.ledger import AccountKind, Outcome
from echt.wallets.operations import LABELS, Operation
from echt.wallets.wording import sentences_of

T = TypeVar("T")
A_PAGE = 50
A_CHUNK = 1000
READ = (
    "account_id",
    "asset_id",
    "amount",
    "after",
    "at",
    "transfer__operation",
    "transfer__reference",
)
"""What a line needs of a posting; the kept answer of its transfer is long."""
RECEIVED: dict[Operation, Promise] = {
    Operation.SEND: _("Received from a customer"),
    Operation.SELL_P2P: _("Bought from a customer (P2P)"),
}
"""What an operation is to the other side."""
PAGES = {
    Operation.BUY: "purchase",
    Operation.CLAW_BACK: "purchase",
    Operation.WITHDRAW: "withdrawal",
    Operation.WITHDRAW_FIAT: "withdrawal",
    Operation.GIFT: "gift",
}
"""Which page a transfer's reference leads to."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which lines to show; everything empty: all."""

    asset: int | None = None
    operation: str = ""
    since: datetime | None = None
    before: datetime | None = None

    @property
    def is_narrowed(self) -> bool:
        return self != Wanted()


@dataclass(frozen=True, kw_only=True)
class Line:
    """One posting as the account's owner reads it. `other`: the counterpart, masked; `url`: what it belongs to."""

    pk: int
    at: datetime
    operation: Operation
    words: str
    asset: Asset
    units: int
    after: int
    other: str
    url: str
    transfer: UUID
    reference: UUID | None


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A movement that was refused. `asset` None: it is not known what was asked for."""

    pk: UUID
    at: datetime
    operation: Operation
    words: str
    answer: Answer
    asset: Asset | None
    units: int | None

    @classmethod
    def of(cls, transfer: Transfer, assets: dict[int, Asset]) -> Self:
        operation, told = Operation(transfer.operation), transfer.answer
        asset, units = told.get("asset"), told.get("units")
        return cls(
            pk=transfer.pk,
            at=transfer.at,
            operation=operation,
            words=str(LABELS[operation]),
            answer=Answer.from_json(told, transfer=transfer.pk),
            asset=assets.get(asset) if asset is not None else None,
            units=int(units) if units is not None else None,
        )

    @property
    def sentences(self) -> list[str]:
        return sentences_of(self.answer, self.asset, self.operation)


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    """Some entries, newest first. `older`: the place where the next page begins; None: this is the last."""

    lines: list[T]
    older: Any


def page_of(account: Account, wanted: Wanted, *, before: int | None = None, size: int = A_PAGE) -> Page[Line]:
    """What was done, from a place on."""
    found = _postings(account, wanted, before=before)[: size + 1]
    shown, has_more = _cut(found, size)
    return Page(lines=lines_of(account, shown), older=shown[-1].pk if has_more else None)


def refused_of(account: Account, wanted: Wanted, *, before: UUID | None = None, size: int = A_PAGE) -> Page[Attempt]:
    """What was refused, from a place on. The asset is no column of a refusal, so only operation and time narrow it."""
    found = Transfer.objects.filter(account=account, outcome=Outcome.REFUSED.value)
    found = found.filter(pk__lt=before) if before else found
    found = found.filter(operation=wanted.operation) if wanted.operation else found
    shown, has_more = _cut(_between(found, wanted).order_by("-pk")[: size + 1], size)
    assets = Asset.objects.in_bulk()
    return Page(lines=[Attempt.of(transfer, assets) for transfer in shown], older=shown[-1].pk if has_more else None)


def everything(account: Account, wanted: Wanted) -> Iterator[Line]:
    """All lines, fetched by the thousand, so that no history is too long for the memory."""
    place: int | None = None
    while True:
        page = page_of(account, wanted, before=place, size=A_CHUNK)
        yield from page.lines
        if page.older is None:
            return
        place = page.older


def lines_of(account: Account, postings: list[Posting]) -> list[Line]:
    """Postings of this account, told to its owner."""
    others, returned = _counterparts(account, postings), _returned(postings)
    assets = Asset.objects.in_bulk()
    return [_line(posting, assets[posting.asset_id], others, returned) for posting in postings]


def _line(posting: Posting, asset: Asset, others: dict[UUID, str], returned: dict[UUID, str]) -> Line:
    operation, reference = Operation(posting.transfer.operation), posting.transfer.reference
    return Line(
        pk=posting.pk,
        at=posting.at,
        operation=operation,
        words=words_of(operation, posting.amount),
        asset=asset,
        units=posting.amount,
        after=posting.after or 0,
        other=others.get(posting.transfer_id, ""),
        url=_url(operation, posting, returned),
        transfer=posting.transfer_id,
        reference=reference,
    )


def words_of(operation: Operation, units: int) -> str:
    """The operation as the side reads it that paid, or that got."""
    return str(RECEIVED[operation] if units > 0 and operation in RECEIVED else LABELS[operation])


def _postings(account: Account, wanted: Wanted, *, before: int | None) -> QuerySet[Posting]:
    found = Posting.objects.filter(account=account).select_related("transfer").only(*READ)
    found = found.filter(pk__lt=before) if before is not None else found
    found = found.filter(asset_id=wanted.asset) if wanted.asset is not None else found
    found = found.filter(transfer__operation=wanted.operation) if wanted.operation else found
    return _between(found, wanted).order_by("-pk")


def _between(found: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    found = found.filter(at__gte=wanted.since) if wanted.since else found
    return found.filter(at__lt=wanted.before) if wanted.before else found


def _cut(found: Iterable[T], size: int) -> tuple[list[T], bool]:
    """The entries of a page, and whether there are more."""
    entries = [*found]
    return entries[:size], len(entries) > size


def _counterparts(account: Account, postings: Iterable[Posting]) -> dict[UUID, str]:
    """The masked address of the customer on the other side, by the transfer (rule 2)."""
    transfers = {posting.transfer_id for posting in postings if posting.transfer.operation in RECEIVED}
    if not transfers:
        return {}
    sides = Posting.objects.filter(transfer__in=transfers, account__kind=AccountKind.CUSTOMER.value)
    found = sides.exclude(account=account).select_related("account__owner")
    return {side.transfer_id: _masked(side.account) for side in found}


def _masked(account: Account) -> str:
    return masked_address(account.owner.address) if account.owner else ""


def _returned(postings: Iterable[Posting]) -> dict[UUID, str]:
    """What came back: by the reference, which kind of page tells of it."""
    transfers = [posting.transfer for posting in postings if posting.transfer.operation == Operation.RETURN]
    wanted = {transfer.reference for transfer in transfers if transfer.reference is not None}
    if not wanted:
        return {}
    withdrawals = dict.fromkeys(Withdrawal.objects.filter(pk__in=wanted).values_list("pk", flat=True), "withdrawal")
    gifts = dict.fromkeys(Gift.objects.filter(pk__in=wanted).values_list("pk", flat=True), "gift")
    return withdrawals | gifts


def _url(operation: Operation, posting: Posting, returned: dict[UUID, str]) -> str:
    reference = posting.transfer.reference
    if reference is None:
        return ""
    page = returned.get(reference, "") if operation is Operation.RETURN else PAGES.get(operation, "")
    return reverse(f"wallets:{page}", args=[reference]) if page else ""
