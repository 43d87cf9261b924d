"""Accounts, their balances and their limits."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Query

from echt import clock
from echt.api.access import account_called, account_with
from echt.api.amounts import bitcoin
from echt.api.assets import asset_of
from echt.api.routing import Created, changes, reads
from echt.api.schemas.accounts import (
    AccountAsked,
    AccountFilter,
    AccountGiven,
    BalanceGiven,
    Balances,
    LimitGiven,
    Limits,
)
from echt.api.scopes import Scope
from echt.holds.facts import facts_of
from echt.wallets.actions.engine import open_account as open_it
from echt.wallets.amounts import as_text
from echt.wallets.models import Account
from echt.wallets.operations import CLASSES
from echt.wallets.standing import AssetStanding, LimitStanding, standing

TAG = "accounts"


@changes("/accounts", Scope.ACCOUNTS_WRITE, gives={200: AccountGiven, 201: AccountGiven}, tag=TAG)
def open_account(request: HttpRequest, told: AccountAsked) -> AccountGiven | Created:  # noqa: ARG001
    """Open the account of your reference.

    An account that is there already is given with 200. With `person` it is the account of somebody who signs in here.
    """
    account, is_new = open_it(reference=told.reference, person=told.person)
    return Created(_given(account)) if is_new else _given(account)


@reads("/accounts", Scope.ACCOUNTS_READ, gives=AccountGiven, tag=TAG)
def find_account(request: HttpRequest, wanted: Query[AccountFilter]) -> AccountGiven:  # noqa: ARG001
    """The account of your reference."""
    return _given(account_called(wanted.reference))


@reads("/accounts/{uuid:account}", Scope.ACCOUNTS_READ, gives=AccountGiven, tag=TAG)
def read_account(request: HttpRequest, account: UUID) -> AccountGiven:  # noqa: ARG001
    """An account, with its level as it counts now."""
    return _given(account_with(account))


@reads("/accounts/{uuid:account}/balances", Scope.BALANCES_READ, gives=Balances, tag=TAG)
def list_balances(request: HttpRequest, account: UUID) -> Balances:  # noqa: ARG001
    """What an account has, and what of it may move.

    `movable` may leave by every operation now; `held` may be traded and converted, but not leave.
    """
    now, found = clock.now(), account_with(account)
    items = [_balance(part) for part in standing().of(found.pk, at=now)]
    return Balances(items=items, evaluated_at=now)


@reads("/accounts/{uuid:account}/limits", Scope.LIMITS_READ, gives=Limits, tag=TAG)
def list_limits(request: HttpRequest, account: UUID) -> Limits:  # noqa: ARG001
    """The limits of an account, and what is left of them."""
    now, found = clock.now(), account_with(account)
    items = [_limit(limit) for limit in standing().limits(found.pk, at=now)]
    return Limits(level=facts_of(found, now).level, items=items, evaluated_at=now)


def _given(account: Account) -> AccountGiven:
    now = clock.now()
    facts = facts_of(account, now)
    return AccountGiven(
        id=account.pk,
        reference=account.reference,
        person=account.owner_id,
        level=facts.level,
        country=facts.country,
        paused_until=facts.frozen_until,
        open_holds=standing().count(account.pk, at=now).open,
        opened_at=account.opened_at,
    )


def _balance(part: AssetStanding) -> BalanceGiven:
    asset = asset_of(part.asset)
    return BalanceGiven(
        asset=asset.code,
        posted=as_text(part.posted, asset.decimals),
        tradable=as_text(part.posted, asset.decimals),
        movable=as_text(part.movable, asset.decimals),
        held=as_text(part.held, asset.decimals),
        next_release_at=part.next_release_at,
        next_release=as_text(part.next_release, asset.decimals),
    )


def _limit(limit: LimitStanding) -> LimitGiven:
    return LimitGiven(
        counts=limit.counts,
        operations=[operation for operation, counts in CLASSES.items() if counts is limit.counts],
        window_hours=limit.window,
        limit=bitcoin(limit.sats),
        used=as_text(limit.used, 8),
        left=bitcoin(limit.left),
        next_room_at=limit.back_at,
        next_room=as_text(limit.back, 8),
    )
