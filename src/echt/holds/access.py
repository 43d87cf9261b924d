"""The only way to a hold: for its owner, and for staff whose role may read holds.

1. Nobody meets a hold of their own at the desk.
2. Lock order: the account, balances by account and asset, positions by their key, the hold, what belongs to it.
3. Units may sit in another customer's balance, where the policy lets them go there. A position that came to a balance
   between the look and the lock makes the page stale, never an unlocked write.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from echt import clock
from echt.accounts.access import Absent
from echt.accounts.models import User
from echt.holds.models import Appeal, AppealFile, AppealState, Hold, HoldPosition, Proposal
from echt.holds.permissions import Permission, may
from echt.holds.refusals import Stale
from echt.wallets.access import lock_account
from echt.wallets.models import Account, Balance

__all__ = [
    "Absent",
    "Locked",
    "file_at_desk",
    "hold_at_desk",
    "lock_at_desk",
    "lock_hold",
    "lock_own_hold",
    "own_hold",
    "seen_of",
]
RELATED = ("account__owner", "asset", "policy")


@dataclass(frozen=True, kw_only=True)
class Locked:
    """A hold and where its units are, all locked until the transaction ends."""

    hold: Hold
    account: Account
    positions: list[HoldPosition]
    """With their balances, the empty ones too."""
    at: datetime

    @property
    def owner(self) -> User | None:
        return self.account.owner

    @property
    def filled(self) -> list[HoldPosition]:
        return [position for position in self.positions if position.remaining]

    @property
    def held(self) -> list[HoldPosition]:
        """Positions with units whose time is not over."""
        return [position for position in self.filled if position.release_at > self.at]

    @property
    def changing(self) -> list[HoldPosition]:
        """Those whose end a change sets: what is held, and empty ones, to which units may come back."""
        return [position for position in self.positions if not position.remaining or position.release_at > self.at]


def own_hold(actor: User, pk: UUID) -> Hold:
    """The hold, if it is the actor's own."""
    hold = Hold.objects.select_related(*RELATED).filter(pk=pk, account__owner=actor).first()
    if hold is None:
        raise Absent
    return hold


def hold_at_desk(actor: User, pk: UUID) -> Hold:
    """The hold for the desk: staff who may read holds, and never one's own (rule 1)."""
    if not may(actor, Permission.HOLDS_READ):
        raise Absent
    hold = Hold.objects.select_related(*RELATED).filter(pk=pk).exclude(account__owner=actor).first()
    if hold is None:
        raise Absent
    return hold


def file_at_desk(actor: User, pk: UUID) -> AppealFile:
    """A document of an appeal, for who decides about holds; never one's own."""
    if not may(actor, Permission.HOLDS_CHANGE):
        raise Absent
    found = AppealFile.objects.select_related("appeal__hold", "file").filter(pk=pk)
    file = found.exclude(appeal__hold__account__owner=actor).first()
    if file is None:
        raise Absent
    return file


def lock_at_desk(actor: User, pk: UUID, *, seen: str | None = None) -> Locked:
    """The hold, locked, for somebody who may change it, and whose it is not.

    `seen`: what `seen_of` said when the page was made.

    Raises:
        Absent: there is none, or none for the actor.
        Stale: it is another one by now.
    """
    if not may(actor, Permission.HOLDS_CHANGE):
        raise Absent
    locked = lock_hold(pk)
    if locked.account.owner_id == actor.pk:
        raise Absent
    if seen is not None and seen != seen_of(locked.hold):
        raise Stale
    return locked


def lock_own_hold(actor: User, pk: UUID) -> Locked:
    """The actor's own hold, locked."""
    locked = lock_hold(pk)
    if locked.account.owner_id != actor.pk:
        raise Absent
    return locked


def lock_hold(pk: UUID) -> Locked:
    """The hold with its account, balances and positions, in the order of rule 2.

    Raises:
        Absent: there is none.
        Stale: rule 3.
    """
    account = lock_account(_account_of(pk))
    sought = HoldPosition.objects.filter(hold=pk).values("balance")
    balances = Balance.objects.select_for_update(no_key=True).filter(pk__in=sought)
    known = {balance.pk: balance for balance in balances.order_by("account_id", "asset_id")}
    positions = list(HoldPosition.objects.select_for_update(no_key=True).filter(hold=pk).order_by("pk"))
    if any(position.balance_id not in known for position in positions):
        raise Stale
    for position in positions:
        position.balance = known[position.balance_id]
    hold = Hold.objects.select_related("policy", "asset").select_for_update(of=("self",), no_key=True).get(pk=pk)
    return Locked(hold=hold, account=account, positions=positions, at=clock.now())


def seen_of(hold: Hold) -> str:
    """What people have decided about the hold so far; a page that says something else is stale."""
    proposal = Proposal.objects.filter(hold=hold, settled_at=None).values_list("pk", flat=True).first()
    appeal = Appeal.objects.filter(hold=hold, state=AppealState.OPEN.value).values_list("pk", flat=True).first()
    return "|".join([hold.state, hold.release_at.isoformat(), str(proposal or ""), str(appeal or "")])


def _account_of(pk: UUID) -> UUID:
    account = Hold.objects.filter(pk=pk).values_list("account_id", flat=True).first()
    if account is None:
        raise Absent
    return account
