"""How much a hold should be looked at: marks by fixed rules, and from them a score.

1. A mark says what can be seen in our own tables; nothing is guessed, and nobody is asked elsewhere.
2. The score is the sum of the marks' weights, at most 100. It orders the desk's queue, and decides nothing.
3. What depends on what comes later (attempts to move, addresses, changes of security) is looked at again (`rescore`).
4. A price that is missing takes no mark away and adds none: size is then not judged.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt import clock
from echt.accounts.models import Freeze
from echt.holds.models import FOREVER, Hold, HoldState
from echt.holds.settings import holds_settings
from echt.wallets.models import Account, Address, Asset, Purchase, Rate, Transfer
from echt.wallets.models.ledger import Outcome, Risk
from echt.wallets.models.purchases import Channel, PurchaseState
from echt.wallets.operations import RESTRICTED

DAY = timedelta(hours=24)
MOST = 100
BITCOIN = "BTC"
SATOSHIS = 100_000_000
AT_ONCE = 500


class Mark(StrEnum):
    """What speaks for a look; the value is stored, so it is never renamed."""

    CHARGEBACK = "chargeback"
    HIGH_RISK = "high_risk"
    SHARED_ADDRESS = "shared_address"
    REFUSED_ATTEMPTS = "refused_attempts"
    LARGE = "large"
    SECURITY_CHANGE = "security_change"
    MANY_PURCHASES = "many_purchases"
    YOUNG_ACCOUNT = "young_account"
    SEVERAL_CHANNELS = "several_channels"
    FIRST_PURCHASE = "first_purchase"


WEIGHTS: dict[Mark, int] = {
    Mark.CHARGEBACK: 100,
    Mark.HIGH_RISK: 35,
    Mark.SHARED_ADDRESS: 35,
    Mark.REFUSED_ATTEMPTS: 25,
    Mark.LARGE: 20,
    Mark.SECURITY_CHANGE: 20,
    Mark.MANY_PURCHASES: 15,
    Mark.YOUNG_ACCOUNT: 15,
    Mark.SEVERAL_CHANNELS: 10,
    Mark.FIRST_PURCHASE: 10,
}
LABELS: dict[Mark, Promise] = {
    Mark.CHARGEBACK: _("charged back"),
    Mark.HIGH_RISK: _("high risk"),
    Mark.SHARED_ADDRESS: _("shared address"),
    Mark.REFUSED_ATTEMPTS: _("tried to move it"),
    Mark.LARGE: _("large"),
    Mark.SECURITY_CHANGE: _("security changed"),
    Mark.MANY_PURCHASES: _("many purchases"),
    Mark.YOUNG_ACCOUNT: _("new account"),
    Mark.SEVERAL_CHANNELS: _("several channels"),
    Mark.FIRST_PURCHASE: _("first purchase"),
}
"""In a word or two, for the queue."""
SENTENCES: dict[Mark, Promise] = {
    Mark.CHARGEBACK: _("The payment of this purchase was charged back."),
    Mark.HIGH_RISK: _("The account is marked as high risk."),
    Mark.SHARED_ADDRESS: _("An address of the customer’s book is in another customer’s book too."),
    Mark.REFUSED_ATTEMPTS: _("The customer has tried to move more than may move since the purchase."),
    Mark.LARGE: _("The purchase is large."),
    Mark.SECURITY_CHANGE: _("Outgoing money pauses or paused lately, because the account’s security was changed."),
    Mark.MANY_PURCHASES: _("There were many purchases within 24 hours."),
    Mark.YOUNG_ACCOUNT: _("The account was less than a day old."),
    Mark.SEVERAL_CHANNELS: _("The customer paid in several ways within 24 hours."),
    Mark.FIRST_PURCHASE: _("It is the account’s first purchase."),
}
LATER = frozenset({Mark.HIGH_RISK, Mark.SHARED_ADDRESS, Mark.REFUSED_ATTEMPTS, Mark.SECURITY_CHANGE})
"""Marks that can come after the purchase (rule 3); one that is there stays."""
_COUNTED = (PurchaseState.COMPLETED.value, PurchaseState.CHARGED_BACK.value)
_OUTGOING = [operation.value for operation in RESTRICTED]


def score_for(
    *, account: Account, asset: Asset, units: int, channel: Channel, at: datetime
) -> tuple[int, tuple[str, ...]]:
    """Score and marks of a hold that is about to be placed."""
    marks = {*_of_purchases(account, channel, at), *_of_account(account, at)}
    if _in_sats(asset, units, at) >= holds_settings().large_sats:
        marks.add(Mark.LARGE)
    return score_of(marks), told(marks)


def score_of(marks: Iterable[Mark | str]) -> int:
    """The sum of the weights (rule 2)."""
    return min(MOST, sum(WEIGHTS[mark] for mark in known(marks)))


def known(marks: Iterable[Mark | str]) -> list[Mark]:
    """The marks that we know, the weightiest first."""
    values = {str(mark) for mark in marks}
    return [mark for mark in Mark if mark.value in values]


def told(marks: Iterable[Mark | str]) -> tuple[str, ...]:
    """As they are stored."""
    return tuple(mark.value for mark in known(marks))


def rescore(holds: Iterable[Hold]) -> int:
    """Look again at what can come later, for holds with their accounts; returns how many changed.

    A few questions however many holds there are.
    """
    holds = list(holds)
    found = _later(holds)
    changed = [hold for hold in holds if _add(hold, found[hold.pk])]
    Hold.objects.bulk_update(changed, ["score", "marks"])
    return len(changed)


def rescore_open() -> int:
    """Look again at every open hold; for a job."""
    pks = list(open_holds().values_list("pk", flat=True))
    batches = (pks[start : start + AT_ONCE] for start in range(0, len(pks), AT_ONCE))
    return sum(rescore(Hold.objects.filter(pk__in=batch).select_related("account")) for batch in batches)


def open_holds() -> QuerySet[Hold]:
    """Holds whose time is not over, frozen ones too."""
    states = [HoldState.RUNNING.value, HoldState.FROZEN.value]
    return Hold.objects.filter(state__in=states, release_at__gt=clock.now(), release_at__lte=FOREVER)


def add_mark(hold: Hold, mark: Mark) -> None:
    """Put a mark on a hold, once; the caller holds its lock and saves `score` and `marks`."""
    _add(hold, {mark})


def _add(hold: Hold, marks: set[Mark]) -> bool:
    """Whether there was anything new."""
    joined = told([*hold.marks, *marks])
    if list(joined) == list(hold.marks):
        return False
    hold.marks, hold.score = list(joined), score_of(joined)
    return True


def _of_purchases(account: Account, channel: Channel, at: datetime) -> Iterable[Mark]:
    bought = Purchase.objects.filter(account=account, state__in=_COUNTED, created_at__lte=at)
    recent = list(bought.filter(created_at__gt=at - DAY).values_list("channel", flat=True))
    if not recent and not bought.exists():
        yield Mark.FIRST_PURCHASE
    if len(recent) + 1 >= holds_settings().many_purchases:
        yield Mark.MANY_PURCHASES
    if len({*recent, channel.value}) >= holds_settings().several_channels:
        yield Mark.SEVERAL_CHANNELS


def _of_account(account: Account, at: datetime) -> Iterable[Mark]:
    if account.risk == Risk.HIGH:
        yield Mark.HIGH_RISK
    if at - _begun(account) < timedelta(hours=holds_settings().young_hours):
        yield Mark.YOUNG_ACCOUNT
    if account.owner_id in _lately_changed([account.owner_id], at):
        yield Mark.SECURITY_CHANGE
    if account.pk in _with_shared_addresses([account.pk]):
        yield Mark.SHARED_ADDRESS


def _later(holds: Sequence[Hold]) -> dict[UUID, set[Mark]]:
    """What can be seen now of each of these holds (rule 3)."""
    accounts = {hold.account_id: hold.account for hold in holds}
    shared = _with_shared_addresses([*accounts])
    changed = _lately_changed([account.owner_id for account in accounts.values()], clock.now())
    tried = _attempts(accounts, since=min((hold.acquired_at for hold in holds), default=clock.now()))
    found: dict[UUID, set[Mark]] = {}
    for hold in holds:
        seen = {
            Mark.HIGH_RISK: hold.account.risk == Risk.HIGH,
            Mark.SHARED_ADDRESS: hold.account_id in shared,
            Mark.SECURITY_CHANGE: hold.account.owner_id in changed,
            Mark.REFUSED_ATTEMPTS: tried.get(hold.account_id, hold.acquired_at) > hold.acquired_at,
        }
        found[hold.pk] = {mark for mark, is_there in seen.items() if is_there}
    return found


def _begun(account: Account) -> datetime:
    """When we first knew the customer."""
    return min(account.opened_at, account.owner.created_at) if account.owner else account.opened_at


def _lately_changed(owners: Iterable[UUID | None], at: datetime) -> set[UUID | None]:
    """Whose account's security was weakened or changed within a day."""
    pauses = Freeze.objects.filter(owner__in={*owners} - {None}, begins_at__gt=at - DAY, begins_at__lte=at)
    return {*pauses.values_list("owner_id", flat=True)}


def _with_shared_addresses(accounts: Iterable[UUID]) -> set[UUID]:
    """Accounts with an address that stands in another account's book."""
    elsewhere = Address.objects.filter(index=OuterRef("index")).exclude(account=OuterRef("account"))
    shared = Address.objects.filter(Exists(elsewhere), account__in={*accounts}, removed_at=None)
    return {*shared.values_list("account_id", flat=True)}


def _attempts(accounts: Iterable[UUID], *, since: datetime) -> dict[UUID, datetime]:
    """When each account was last refused to move something out."""
    refused = Transfer.objects.filter(
        account__in={*accounts}, outcome=Outcome.REFUSED.value, operation__in=_OUTGOING, at__gte=since
    )
    return dict(refused.order_by("at").values_list("account_id", "at"))


def _in_sats(asset: Asset, units: int, at: datetime) -> int:
    """What so many units are worth in satoshis, rounded down; 0 where a price is missing (rule 4)."""
    rates = {rate.asset.code: rate.value for rate in _rates(asset, at)}
    if asset.code not in rates or BITCOIN not in rates:
        return 0
    return units * rates[asset.code] * SATOSHIS // (asset.unit * rates[BITCOIN])


def _rates(asset: Asset, at: datetime) -> QuerySet[Rate]:
    return Rate.objects.filter(asset__code__in=[asset.code, BITCOIN], good_until__gt=at).select_related("asset")
