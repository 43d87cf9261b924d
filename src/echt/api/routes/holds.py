"""Holds of an account, and what happened to one."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query

from echt import clock
from echt.accounts.access import Absent
from echt.api import holding
from echt.api.access import account_with
from echt.api.assets import called
from echt.api.problems import invalid
from echt.api.routing import reads
from echt.api.schemas.incoming import HoldFilter, Holds, HoldWithEvents
from echt.api.scopes import Scope
from echt.holds.models import Hold
from echt.wallets.standing import standing

TAG = "holds"


@reads("/accounts/{uuid:account}/holds", Scope.HOLDS_READ, gives=Holds, tag=TAG)
def list_holds(request: HttpRequest, account: UUID, wanted: Query[HoldFilter]) -> Holds:  # noqa: ARG001
    """Holds of an account, by the page.

    Open ones, the soonest free first; with `earlier` those that are over, the latest ended first.
    """
    asset = called(wanted.asset, "/asset").pk if wanted.asset else None
    found = account_with(account)
    try:
        page = standing().holds(
            found.pk, at=clock.now(), earlier=wanted.earlier, asset=asset, after=wanted.after, size=wanted.size
        )
    except ValueError as error:
        raise invalid("/after", "cursor_unknown", _("This was never given as next.")) from error
    return Holds(items=holding.given_all(page.lines), next=page.more or None)


@reads("/holds/{uuid:hold}", Scope.HOLDS_READ, gives=HoldWithEvents, tag=TAG)
def read_hold(request: HttpRequest, hold: UUID) -> HoldWithEvents:  # noqa: ARG001
    """One hold, and everything that happened to it."""
    found = Hold.objects.filter(pk=hold).first()
    if found is None:
        raise Absent
    return holding.with_events(found, clock.now())
