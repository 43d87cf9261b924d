"""Exemptions: accounts whose purchases are not held, for a while.

1. One person proposes, another one agrees; never the same, and neither for an account of their own.
2. Every exemption has an end, at most a year away; without agreement it never begins.
3. It counts for purchases that come in while it runs; what is held already stays held.
4. Anybody who may change policies can end it at once, alone: that only makes things safer.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from echt import clock
from echt.accounts.access import Absent
from echt.accounts.models import User
from echt.audit.record import record
from echt.holds.actions.changing import checked_words
from echt.holds.events import Event
from echt.holds.models import Exemption
from echt.holds.permissions import Permission, may
from echt.holds.refusals import NothingPending, OwnProposal, Wrong
from echt.wallets.access import lock_account
from echt.wallets.models.purchases import FIAT_CHANNELS

LONGEST = timedelta(days=365)


def propose_exemption(*, actor: User, account_id: UUID, channel: str, ends_at: datetime, reason: str) -> Exemption:
    """Propose one. `channel`: empty is all.

    Raises:
        Absent: no such account for the actor, or it is their own.
        Wrong: what was entered will not do; the words say what to change.
    """
    _require_may(actor)
    reason = checked_words(reason)
    with transaction.atomic():
        account, now = lock_account(account_id), clock.now()
        if account.owner_id == actor.pk:
            raise Absent
        if channel not in {"", *FIAT_CHANNELS}:
            raise Wrong(_("Choose a channel from the list."))
        if not now < ends_at <= now + LONGEST:
            raise Wrong(_("Choose an end within a year."))
        exemption = Exemption.objects.create(
            account=account, channel=channel, reason=reason, ends_at=ends_at, proposed_by=actor
        )
        _record(Event.EXEMPTION_PROPOSED, actor, exemption)
        return exemption


def agree_exemption(*, actor: User, exemption_id: UUID) -> Exemption:
    """Let it begin now.

    Raises:
        Absent: there is none for the actor.
        OwnProposal: rule 1.
        NothingPending: it runs, or is over.
    """
    _require_may(actor)
    with transaction.atomic():
        exemption, now = _locked(actor, exemption_id), clock.now()
        if exemption.begins_at is not None or exemption.ended_at is not None or exemption.ends_at <= now:
            raise NothingPending
        if exemption.proposed_by_id == actor.pk:
            raise OwnProposal
        exemption.begins_at, exemption.agreed_by = now, actor
        exemption.save(update_fields=["begins_at", "agreed_by"])
        _record(Event.EXEMPTION_GRANTED, actor, exemption)
        return exemption


def end_exemption(*, actor: User, exemption_id: UUID, reason: str) -> Exemption:
    """End it now, or reject what is only proposed.

    Raises:
        Absent, NothingPending: as for `agree_exemption`.
        Wrong: it is not said why.
    """
    _require_may(actor)
    reason = checked_words(reason)
    with transaction.atomic():
        exemption, now = _locked(actor, exemption_id), clock.now()
        if exemption.ended_at is not None or exemption.ends_at <= now:
            raise NothingPending
        exemption.ended_at = now
        exemption.save(update_fields=["ended_at"])
        _record(Event.EXEMPTION_ENDED, actor, exemption, reason=reason)
        return exemption


def _locked(actor: User, pk: UUID) -> Exemption:
    """One that is not for an account of the actor's own (rule 1)."""
    found = Exemption.objects.select_related("account").select_for_update(of=("self",), no_key=True)
    exemption = found.filter(pk=pk).exclude(account__owner=actor).first()
    if exemption is None:
        raise Absent
    return exemption


def _record(event: Event, actor: User, exemption: Exemption, *, reason: str = "") -> None:
    record(
        event,
        actor=actor,
        subject=exemption.account.owner_id,
        exemption=str(exemption.pk),
        channel=exemption.channel,
        until=exemption.ends_at.isoformat(),
        reason=reason or exemption.reason,
    )


def _require_may(actor: User) -> None:
    if not may(actor, Permission.POLICIES_CHANGE):
        raise Absent
