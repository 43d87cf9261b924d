"""Showing that a refusal changed nothing."""

import pytest

from echt.audit.models import AuditEvent
from echt.holds.models import Appeal, Hold, HoldEvent, Proposal
from echt.mail.models import Message
from echt.vault.models import PrivateFile
from echt.wallets.models import Account, Transfer
from tests.holds import worlds


def state():
    """Everything that a refusal leaves as it is."""
    return [
        *worlds.state(),
        list(Hold.objects.order_by("pk").values("state", "release_at", "score", "marks")),
        list(Proposal.objects.order_by("pk").values("settled_at", "agreed")),
        list(Appeal.objects.order_by("pk").values("state", "answered_at")),
        list(Account.objects.order_by("pk").values_list("risk", flat=True)),
        [it.objects.count() for it in (HoldEvent, AuditEvent, Message, PrivateFile, Transfer)],
    ]


def refused(error, act, **values):
    """The action refuses with this, and nothing changed; returns the refusal."""
    before = state()
    with pytest.raises(error) as raised:
        act(**values)
    assert state() == before
    return raised.value
