"""Open holds of a policy get the later end of its new version.

1. Only what is still held, and only a later end: what is free stays free.
2. Where conversions begin the hours anew, the longer hours count from the last one.
3. A frozen hold is told the later end and is frozen again in the same instant, so that it never runs meanwhile.
4. Locks as everywhere (`wallets.access`): accounts, balances, positions, holds, each in their order.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from echt import clock
from echt.accounts.models import User
from echt.holds.access import Locked
from echt.holds.actions.ends import ends_without_freezes, planned_end, set_ends
from echt.holds.models import FOREVER, Hold, HoldChange, HoldEvent, HoldPosition, HoldState, Policy
from echt.holds.refusals import Stale
from echt.wallets.models import Account, Balance

OPEN = (HoldState.RUNNING.value, HoldState.FROZEN.value)


def extend_open_holds(policy: Policy, *, actor: User) -> int:
    """Give the open holds of all versions of the policy the end that this one gives; how many got it."""
    return sum(_extend(locked, policy, actor) for locked in _all_locked(policy.name))


def _extend(locked: Locked, policy: Policy, actor: User) -> bool:
    if not locked.held:
        return False
    if locked.hold.state == HoldState.FROZEN:
        return _extend_frozen(locked, policy, actor)
    ends = {
        position.pk: end
        for position, end in zip(locked.changing, _ends(locked, policy), strict=True)
        if end > position.release_at and end > locked.at
    }
    if not any(position.pk in ends for position in locked.held):
        return False
    set_ends(locked, ends, HoldChange.EXTENDED, state=HoldState.RUNNING, actor=actor, reason=_reason(policy))
    return True


def _extend_frozen(locked: Locked, policy: Policy, actor: User) -> bool:
    """Rule 3."""
    hold = locked.hold
    end = max(_ends(locked, policy))
    before = max(ends_without_freezes(hold).values(), default=planned_end(hold))
    if end <= max(before, locked.at):
        return False
    HoldEvent.objects.bulk_create(
        HoldEvent(hold=hold, kind=kind.value, release_at=at, actor=actor.pk, reason=_reason(policy), at=locked.at)
        for kind, at in ((HoldChange.EXTENDED, end), (HoldChange.FROZEN, FOREVER))
    )
    return True


def _ends(locked: Locked, policy: Policy) -> list[datetime]:
    """Of each position that can change, the end by the new version (rule 2)."""
    hours = timedelta(hours=policy.hours)
    restarting = any(position.restart_hours for position in locked.changing)
    begun = _last_moves(locked.hold) if restarting else {}
    return [
        (begun.get(it.balance_id, it.acquired_at) if it.restart_hours else it.acquired_at) + hours
        for it in locked.changing
    ]


def _last_moves(hold: Hold) -> dict[int, datetime]:
    """When units last came to each balance."""
    moves = hold.events.filter(kind=HoldChange.MOVED.value, target__isnull=False).order_by("pk")
    return {target: at for target, at in moves.values_list("target", "at") if target is not None}


def _all_locked(name: str) -> Iterable[Locked]:
    now = clock.now()
    holds = Hold.objects.filter(policy__name=name, release_at__gt=now, state__in=OPEN)
    accounts = _accounts({account for (account,) in holds.values_list("account_id")})
    sought = HoldPosition.objects.filter(hold__in=holds.values("pk"))
    balances = _balances({balance for (balance,) in sought.values_list("balance_id")})
    positions: dict[UUID, list[HoldPosition]] = defaultdict(list)
    for position in sought.select_for_update(no_key=True, of=("self",)).order_by("pk"):
        if position.balance_id not in balances:
            raise Stale
        position.balance = balances[position.balance_id]
        positions[position.hold_id].append(position)
    found = holds.select_related("policy", "asset").select_for_update(of=("self",), no_key=True).order_by("pk")
    return [
        Locked(hold=hold, account=accounts[hold.account_id], positions=positions[hold.pk], at=now)
        for hold in found
        if hold.account_id in accounts
    ]


def _accounts(pks: set[UUID]) -> dict[UUID, Account]:
    found = Account.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    return {account.pk: account for account in found}


def _balances(pks: set[int]) -> dict[int, Balance]:
    found = Balance.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("account_id", "asset_id")
    return {balance.pk: balance for balance in found}


def _reason(policy: Policy) -> str:
    return f"policy: {policy.name} v{policy.version}: {policy.hours} h"
