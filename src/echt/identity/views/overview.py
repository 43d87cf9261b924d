"""The page Identification: the level, what each level gives, what is running, what was."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.accounts.models import User
from echt.identity.benefits import benefits
from echt.identity.catalogue import name_of
from echt.identity.documents import DocumentKind
from echt.identity.expiry import is_renewable
from echt.identity.levels import LABELS, TO_VERIFY, Level, reaches
from echt.identity.models import Case, LevelGrant
from echt.identity.selectors import (
    consent_of,
    grant_of,
    last_ended_grant_of,
    latest_case_of,
    open_case_of,
)
from echt.identity.states import CLOSED, WITH_APPLICANT, State
from echt.identity.views.answers import reader, show
from echt.identity.views.standing import Standing, standing_of
from echt.identity.wording import KINDS
from echt.ui.audience import Audience, page
from echt.ui.formats import amount, date

SHOWN = 20
SATOSHI_DECIMALS = 8
NEEDS: dict[Level, Promise] = {
    Level.NONE: gettext_lazy("Your mail address"),
    Level.PRIMARY: gettext_lazy("A document, photographed"),
    Level.ADVANCED: gettext_lazy("A document, and your face in front of the camera"),
}


@dataclass(frozen=True)
class Mark:
    """What stands under the name of a level."""

    kind: str
    word: str
    icon: str


@dataclass(frozen=True)
class Begin:
    """Where Verify leads, and its word."""

    url: str
    word: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """A level beside the others. `primary`: whether its button is the page's first."""

    level: Level
    now: bool
    mark: Mark | None = None
    begin: Begin | None = None
    note: str = ""
    primary: bool = False

    @property
    def name(self) -> str:
        return str(LABELS[self.level])

    @property
    def needs(self) -> str:
        return str(NEEDS[self.level])

    @property
    def fiat(self) -> bool:
        return benefits(self.level).fiat

    @property
    def limit(self) -> str:
        limit = benefits(self.level).limit
        if limit is None:
            return _("No limit")
        coins, rest = divmod(limit, 10**SATOSHI_DECIMALS)
        return amount(limit, SATOSHI_DECIMALS, "BTC") if rest else amount(coins, 0, "BTC")


@page(Audience.CUSTOMER, "GET")
def overview(request: HttpRequest) -> HttpResponseBase:
    user = reader(request)
    grant, lines = grant_of(user), _lines(user)
    return show(
        request,
        "overview.html",
        lead=_lead(grant) if grant else _lead_without(user),
        lines=lines,
        columns=_columns(user, grant, first=not any(line.running for line in lines)),
        hours=benefits(Level.NONE).hours,
        verified=_verified(grant),
        consent=consent_of(user),
        past=[standing_of(case) for case in _past(user)],
    )


def _lead_without(user: User) -> str:
    """To somebody without a level: whether they had one."""
    ended = last_ended_grant_of(user)
    if ended is None or ended.last_day is None:
        return _("You are not verified yet. A verified account may move more.")
    told = {"level": LABELS[Level(ended.level)], "day": date(ended.last_day)}
    return (
        _("Your level %(level)s ended on %(day)s with your document. Verify with a valid one to have it again.") % told
    )


def _lead(grant: LevelGrant) -> str:
    told = {"level": LABELS[Level(grant.level)], "since": date(grant.begins_at)}
    if grant.last_day is None:
        return _("Your level: %(level)s, since %(since)s.") % told
    told["until"] = date(grant.last_day)
    return _("Your level: %(level)s, since %(since)s, until %(until)s.") % told


def _lines(user: User) -> list[Standing]:
    """Running applications, and the last one of a level where it was refused."""
    found = [open_case_of(user, level) or _refused(user, level) for level in TO_VERIFY]
    return [standing_of(case) for case in found if case]


def _refused(user: User, level: Level) -> Case | None:
    latest = latest_case_of(user, level)
    return latest if latest is not None and latest.state == State.REFUSED else None


def _past(user: User) -> list[Case]:
    return list(user.cases.filter(state__in=[state.value for state in CLOSED]).order_by("-closed_at", "-pk")[:SHOWN])


def _columns(user: User, grant: LevelGrant | None, *, first: bool) -> list[Column]:
    """The levels side by side. The button of the lowest level to be had is the page's first, where no other is."""
    columns = [_column(user, level, grant) for level in Level]
    lowest = next((column.level for column in columns if column.begin), None)
    return [replace(column, primary=first and column.level is lowest) for column in columns]


def _column(user: User, level: Level, grant: LevelGrant | None) -> Column:
    held = Level(grant.level) if grant else Level.NONE
    running = open_case_of(user, level)
    mark = _mark(level, held, running)
    if running is not None and State(running.state) not in WITH_APPLICANT:
        return Column(level=level, now=level is held, mark=mark, note=_("We write to you."))
    word = _("Go on") if running else _word(level, held, grant)
    begin = Begin(reverse("identity:begin", args=[level.value]), word) if word else None
    return Column(level=level, now=level is held, mark=mark, begin=begin)


def _mark(level: Level, held: Level, running: Case | None) -> Mark | None:
    if level is held:
        return Mark("success", _("Your level"), "check-circle")
    if running is None:
        return None
    word = _("Begun") if State(running.state) in WITH_APPLICANT else _("In review")
    return Mark("info", word, "clock")


def _word(level: Level, held: Level, grant: LevelGrant | None) -> str:
    """What the button says; nothing where the level is not to be had."""
    if level not in TO_VERIFY:
        return ""
    if not reaches(held, level):
        return _("Verify")
    return _("Verify anew") if level is held and grant is not None and is_renewable(grant) else ""


def _verified(grant: LevelGrant | None) -> list[dict[str, Any]]:
    """What is verified, without what only the document has to say."""
    if grant is None:
        return []
    case = grant.case
    document = case.document
    kind = f"{KINDS[DocumentKind(document.kind)]}, {name_of(document.country)}" if document.kind else "–"
    facts = [{"label": _("Document"), "value": kind}]
    if case.residence:
        facts.append({"label": _("Country of residence"), "value": name_of(case.residence)})
    until = date(grant.last_day) if grant.last_day else _("without an end")
    return [*facts, {"label": _("Verified until"), "value": until}]
