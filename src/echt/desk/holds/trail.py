"""What happened to a hold: its own steps, and what people proposed, asked and looked at; newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from echt.accounts.selectors import names_of
from echt.audit.selectors import Entry, history_of
from echt.holds.events import LABELS, Event
from echt.holds.models import Hold
from echt.holds.telling import Step, steps_of

READ = 500
TOLD = frozenset(
    {
        Event.RELEASE_PROPOSED,
        Event.RELEASE_REJECTED,
        Event.CLAW_BACK_PROPOSED,
        Event.CLAW_BACK_REJECTED,
        Event.APPEAL_MADE,
        Event.APPEAL_WITHDRAWN,
        Event.APPEAL_GRANTED,
        Event.APPEAL_REFUSED,
        Event.APPEAL_LOOKED_AT,
        Event.RISK_CHANGED,
    }
)
"""Events of the record that the hold's own steps do not tell."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One step or event. `more`: what the customer reads, or nothing; `note`: what the desk wrote."""

    at: datetime
    words: str
    who: str
    more: str = ""
    note: str = ""


def trail_of(hold: Hold, entries: list[Entry]) -> list[Line]:
    """Everything, newest first."""
    steps = steps_of(hold)
    told = [entry for entry in entries if entry.event in TOLD]
    people = {pk for step in steps for pk in (step.actor, step.second) if pk} | {it.actor for it in told if it.actor}
    names = names_of(people)
    owner = hold.account.owner_id
    lines = [_of_step(step, names) for step in steps] + [_of_entry(entry, names, owner) for entry in told]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def entries_of(hold: Hold) -> list[Entry]:
    """What the record says of the hold."""
    entries = history_of(hold.pk, limit=READ)
    if hold.account.owner_id is None:
        return entries
    of_owner = history_of(hold.account.owner_id, limit=READ)
    return [*entries, *(it for it in of_owner if (it.details or {}).get("hold") == str(hold.pk))]


def missing_in(entries: list[Entry]) -> int | None:
    """What a claw-back left open, in the hold's asset; None: there was none, or no price said it."""
    details = next((it.details or {} for it in entries if it.event == Event.HOLD_CLAWED_BACK), {})
    missing = details.get("missing")
    return int(str(missing)) if missing is not None else None


def _of_step(step: Step, names: dict[UUID, str]) -> Line:
    first = names.get(step.actor, _("A closed account")) if step.actor else _("The system")
    words = {"first": first, "second": names.get(step.second, _("A closed account")) if step.second else ""}
    who = _("%(first)s and %(second)s") % words if step.second else first
    is_customers = step.kind in {"placed", "moved"}
    return Line(
        at=step.at, words=step.words, who=_("The customer") if is_customers else who, more=step.more, note=step.note
    )


def _of_entry(entry: Entry, names: dict[UUID, str], owner: UUID | None) -> Line:
    if entry.actor is None:
        who = _("The system")
    elif entry.actor == owner:
        who = _("The customer")
    else:
        who = names.get(entry.actor, _("A closed account"))
    details = entry.details or {}
    words = str(LABELS[Event(entry.event)])
    if details.get("taken_back"):
        words = _("Proposal taken back")
    if details.get("voided"):
        words = _("Proposal void since the freeze")
    return Line(at=entry.at, words=words, who=who, note=str(details.get("words", "")))
