"""What a decision rests on, as one digest, and what happens to a proposal when it changes.

1. The digest covers everything a decision rests on: pictures, checks with outcome and version, the data as read and
   as confirmed, hits and what became of them. Reading, claiming and noting change none of it.
2. A proposal whose evidence has changed is void; nobody can confirm it.
3. The digest is keyed: it tells nobody who has the table what the evidence says.
"""

import json
from typing import Any

from echt import clock
from echt.accounts.models import User
from echt.audit.record import record
from echt.identity.events import Event
from echt.identity.models import Case, Decision, Picture
from echt.identity.selectors import checks_of
from echt.identity.states import State
from echt.vault.index import blind_index

PURPOSE = "identity.evidence"
CHANGED, REJECTED, WITHDRAWN = "evidence_changed", "rejected", "withdrawn"
"""Why a proposal is void."""


def digest_of(case: Case) -> str:
    """The digest of everything that a decision about the case rests on now."""
    rests_on = {
        "pictures": sorted(_picture(picture) for picture in pictures_of(case)),
        "checks": sorted([str(it.pk), it.kind, it.outcome, it.provider] for it in checks_of(case).values()),
        "data": _data(case),
        "hits": sorted([str(hit.pk), hit.state] for hit in case.hits.all()),
    }
    return blind_index(json.dumps(rests_on, ensure_ascii=False, sort_keys=True), purpose=PURPOSE)


def pictures_of(case: Case) -> list[Picture]:
    """The current pictures: those of the case, and of the document that it takes over."""
    cases = {case.pk, case.document.pk}
    found = Picture.objects.filter(case__in=cases, replaced_at=None).select_related("file")
    return list(found.order_by("item", "position", "pk"))


def pending_of(case: Case) -> Decision | None:
    """The proposal that waits for a second person."""
    found: Decision | None = case.decisions.filter(decided_at=None, voided_at=None).first()
    return found


def void_proposal(case: Case, *, because: str, actor: User | None = None, **details: str) -> bool:
    """Void the pending proposal and put the case back into review; whether there was one.

    The caller holds the lock on the case. Nothing happens where nothing is pending.
    """
    pending = pending_of(case)
    if pending is None:
        return False
    pending.voided_at, pending.voided_because = clock.now(), because
    pending.save(update_fields=["voided_at", "voided_because"])
    if case.state == State.PROPOSED:
        case.move(State.IN_REVIEW)
        case.save(update_fields=["state", "version", "changed_at"])
    record(
        Event.DECISION_VOIDED,
        actor=actor,
        subject=case.pk,
        case=str(case.pk),
        decision=str(pending.pk),
        because=because,
        **details,
    )
    return True


def _picture(picture: Picture) -> list[str]:
    content = picture.file.sha256 if picture.file else ""
    return [str(picture.pk), picture.item, str(picture.position), content]


def _data(case: Case) -> list[Any]:
    document = case.document
    chosen = [document.country, document.kind, case.residence, case.without_face]
    return [*chosen, document.typed, document.read]
