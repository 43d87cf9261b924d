"""What holds keep about a person, for the person: a part of the export. What was destroyed is said to be."""

from typing import Any

from echt.accounts.models import User
from echt.holds.models import Appeal, Hold
from echt.holds.numbers import number_of
from echt.wallets.amounts import as_text

DESTROYED = "destroyed"


def holds(user: User) -> list[dict[str, Any]]:
    """The part of the export: holds, and what was asked about them."""
    found = Hold.objects.filter(account__owner=user).select_related("asset").order_by("acquired_at")
    return [_hold(hold) for hold in found.prefetch_related("appeals__files")]


def _hold(hold: Hold) -> dict[str, Any]:
    return {
        "number": number_of(hold.pk),
        "asset": hold.asset.code,
        "amount": as_text(hold.amount, hold.asset.decimals),
        "channel": hold.channel,
        "acquired_at": hold.acquired_at,
        "hours": hold.hours,
        "release_at": hold.release_at,
        "state": hold.state,
        "appeals": [_appeal(appeal) for appeal in hold.appeals.all()],
    }


def _appeal(appeal: Appeal) -> dict[str, Any]:
    return {
        "made_at": appeal.made_at,
        "words": DESTROYED if appeal.words is None else appeal.words,
        "documents": [file.kind for file in appeal.files.all()],
        "state": appeal.state,
        "answer": DESTROYED if appeal.answer is None else appeal.answer,
        "answered_at": appeal.answered_at,
    }
