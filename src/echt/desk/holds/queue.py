"""The queue of holds: open ones, the riskiest first, of equals what ends first.

1. A page begins behind a hold, never at a number: no OFFSET, so the last page costs what the first does.
2. Whatever the lines need comes for all of them at once.
3. One's own hold is never there. A search finds holds that are over too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from echt import clock
from echt.accounts.addresses import alias_of
from echt.accounts.models import User
from echt.holds.models import Appeal, AppealState, Hold, Proposal
from echt.holds.numbers import with_number
from echt.holds.risk import open_holds
from echt.wallets.models import Asset

A_PAGE = 25
SOON = timedelta(hours=6)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which holds to show; everything empty: all that are open."""

    search: str = ""
    channel: str = ""
    asset: str = ""
    state: str = ""
    appeals: bool = False
    proposals: bool = False
    soon: bool = False


@dataclass(frozen=True, kw_only=True)
class Waits:
    """What waits for somebody, of the holds of a page."""

    appeals: frozenset[UUID]
    proposals: dict[UUID, str]
    """By hold, what kind is proposed."""


def queue(actor: User, wanted: Wanted) -> QuerySet[Hold]:
    """The holds that fit, in the order of the queue."""
    if wanted.search:
        return _in_order(_foreign(actor, _found(wanted.search)))
    return _in_order(_foreign(actor, _narrowed(open_holds(), wanted)))


def page_of(holds: QuerySet[Hold], *, after: UUID | None) -> tuple[list[Hold], UUID | None]:
    """The page behind this hold, and behind which the next one begins (rule 1)."""
    last = Hold.objects.filter(pk=after).first() if after else None
    if last is not None:
        holds = holds.filter(_behind(last))
    found = list(holds.select_related("asset")[: A_PAGE + 1])
    return found[:A_PAGE], found[A_PAGE - 1].pk if len(found) > A_PAGE else None


def waits_of(holds: Iterable[Hold]) -> Waits:
    """What waits, for these holds (rule 2)."""
    pks = [hold.pk for hold in holds]
    appeals = Appeal.objects.filter(hold__in=pks, state=AppealState.OPEN.value).values_list("hold_id", flat=True)
    proposals = Proposal.objects.filter(hold__in=pks, settled_at=None).values_list("hold_id", "kind")
    return Waits(appeals=frozenset(appeals), proposals=dict(proposals))


def codes() -> list[str]:
    """The assets, for the filter."""
    return list(Asset.objects.values_list("code", flat=True))


def _foreign(actor: User, holds: QuerySet[Hold]) -> QuerySet[Hold]:
    own = getattr(actor, "account", None)
    return holds.exclude(account=own) if own else holds


def _narrowed(holds: QuerySet[Hold], wanted: Wanted) -> QuerySet[Hold]:
    same = {"channel": wanted.channel, "asset__code": wanted.asset, "state": wanted.state}
    holds = holds.filter(**{name: value for name, value in same.items() if value})
    if wanted.appeals:
        holds = holds.filter(Exists(Appeal.objects.filter(hold=OuterRef("pk"), state=AppealState.OPEN.value)))
    if wanted.proposals:
        holds = holds.filter(Exists(Proposal.objects.filter(hold=OuterRef("pk"), settled_at=None)))
    if wanted.soon:
        holds = holds.filter(release_at__lte=clock.now() + SOON)
    return holds


def _found(search: str) -> QuerySet[Hold]:
    """By mail address, exactly, through its alias; else by number."""
    if "@" in search:
        return Hold.objects.filter(account__owner__alias=alias_of(search))
    return with_number(Hold.objects.all(), search)


def _in_order(holds: QuerySet[Hold]) -> QuerySet[Hold]:
    return holds.order_by("-score", "release_at", "pk")


def _behind(last: Hold) -> Q:
    later = Q(release_at__gt=last.release_at) | Q(release_at=last.release_at, pk__gt=last.pk)
    return Q(score__lt=last.score) | Q(later, score=last.score)
