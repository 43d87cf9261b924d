"""What happened to a case, from the record: the desk's own events and those of the applicant, newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from echt.accounts.events import LABELS as ACCOUNTS
from echt.accounts.selectors import names_of
from echt.audit.selectors import Entry, history_of
from echt.desk.events import LABELS as DESK
from echt.desk.identity.words import ITEMS, VERDICTS
from echt.holds.events import LABELS as HOLDS
from echt.identity.actions.looking import WHY, Why
from echt.identity.events import LABELS as IDENTITY
from echt.identity.events import Event
from echt.identity.items import Item
from echt.identity.models import Case
from echt.identity.models.decisions import Verdict
from echt.wallets.events import LABELS as WALLETS

MOST = 200
READ = 2000
"""Events that are read to fill these lines: a page with pictures is a dozen looks, and they must not hide the rest."""
MINUTE = timedelta(minutes=1)
LOOKS = frozenset({Event.PICTURE_LOOKED_AT.value, Event.DATA_LOOKED_AT.value})
LABELS: Mapping[str, Promise] = {
    str(event): label for room in (ACCOUNTS, IDENTITY, WALLETS, HOLDS, DESK) for event, label in room.items()
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One event in words. `more`: what else explains it, or nothing."""

    seq: int
    at: datetime
    words: str
    who: str
    more: str
    subject: UUID | None
    event: str
    times: int = 1
    since: datetime | None = None
    """Of several told as one: when the first of them was; nothing where all were within a minute."""


def trail_of(case: Case) -> list[Line]:
    """Everything recorded of the case, newest first."""
    of_applicant = (entry for entry in history_of(case.applicant_id, limit=READ) if is_about(entry, case.pk))
    entries = sorted([*history_of(case.pk, limit=READ), *of_applicant], key=lambda entry: entry.seq, reverse=True)
    return folded(lines_of(entries, applicant=case.applicant_id))[:MOST]


def folded(lines: Iterable[Line]) -> list[Line]:
    """The same, with a person's looks one after the other told as one."""
    kept: list[Line] = []
    for line in lines:
        if kept and line.event in LOOKS and _continues(kept[-1], line):
            kept[-1] = _with(kept[-1], line)
        else:
            kept.append(line)
    return kept


def _with(last: Line, line: Line) -> Line:
    """The line that tells of both; `line` is the earlier one."""
    words = last.words if last.event == line.event else _("Pictures and data looked at")
    event = last.event if last.event == line.event else Event.DATA_LOOKED_AT.value
    since = line.at if last.at - line.at >= MINUTE else None
    return replace(last, words=words, event=event, more=_why(line), times=last.times + 1, since=since)


def _continues(last: Line, line: Line) -> bool:
    return last.event in LOOKS and (last.who, _why(last)) == (line.who, _why(line))


def _why(line: Line) -> str:
    """Why somebody looked, without at what."""
    return line.more.rpartition(" · ")[2]


def is_about(entry: Entry, case: UUID) -> bool:
    return (entry.details or {}).get("case") == str(case)


def lines_of(entries: Iterable[Entry], *, applicant: UUID | None = None) -> list[Line]:
    """The events in words; the applicant's own steps say so, without a name."""
    entries = list(entries)
    names = names_of({entry.actor for entry in entries if entry.actor and entry.actor != applicant})
    return [
        Line(
            seq=entry.seq,
            at=entry.at,
            words=str(LABELS.get(entry.event, entry.event)),
            who=_who(entry, names, applicant),
            more=_more(entry),
            subject=entry.subject,
            event=entry.event,
        )
        for entry in entries
    ]


def _who(entry: Entry, names: Mapping[UUID, str], applicant: UUID | None) -> str:
    if entry.actor is None:
        return _("The system")
    if entry.actor == applicant:
        return _("The applicant")
    return names.get(entry.actor, _("A closed account"))


def _more(entry: Entry) -> str:
    if entry.changed:
        return _("This event was changed after it was written. Check the chain.")
    if entry.details is None:
        return _("The details were destroyed with the person’s key.")
    told = [_part(name, value) for name, value in entry.details.items()]
    return " · ".join(part for part in told if part)


def _part(name: str, value: object) -> str:
    if name == "why":
        reason, _colon, words = str(value).partition(": ")
        known = str(WHY[Why(reason)]) if reason in set(Why) else str(value)
        return f"{known}: {words}" if words else known
    if name == "verdict" and value in set(Verdict):
        return str(VERDICTS[Verdict(str(value))])
    if name == "item" and value in set(Item):
        return str(ITEMS[Item(str(value))])
    return ""
