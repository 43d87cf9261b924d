"""How an application stands, in the applicant's words: title, sentence, clock, course, reasons, what to do."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.identity.items import LABELS as ITEMS
from echt.identity.items import Item
from echt.identity.levels import LABELS as LEVELS
from echt.identity.levels import Level
from echt.identity.models import Case
from echt.identity.reasons import CONTACT, GENERAL, TEXTS, Reason
from echt.identity.selectors import grant_of, needed_items, tries_left
from echt.identity.settings import identity_settings
from echt.identity.sla import is_late
from echt.identity.states import CLOSED, LABELS, RUNNING, State
from echt.identity.views.steps import next_url
from echt.ui.formats import date, day_and_time

KINDS = {State.APPROVED: "success", State.REFUSED: "danger", State.RETURNED: "warning"}
TEXT: dict[State, Promise] = {
    State.DRAFT: gettext_lazy(
        "You have begun and not submitted it yet. What you gave is kept; go on where you left off."
    ),
    State.REFUSED: gettext_lazy("We could not verify you. The reason stands here, and what you can do."),
    State.WITHDRAWN: gettext_lazy("You took this application back. You can begin anew at any time."),
    State.LAPSED: gettext_lazy("We had not heard from you for a long time. You can begin anew at any time."),
}


@dataclass(frozen=True)
class Action:
    """The one thing to do."""

    url: str
    word: str


@dataclass(frozen=True)
class Told:
    """A reason, as its applicant reads it. `item`: empty where it is about the application as a whole."""

    item: str
    sentence: str
    remedy: str


@dataclass(frozen=True)
class Asked:
    """Why an item is asked for again, and what the reviewer added."""

    reasons: list[Told]
    message: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How an application stands."""

    case: Case
    title: str
    text: str
    kind: str
    word: str
    level: str
    reasons: list[Told] = field(default_factory=list)
    message: str = ""
    steps: list[dict[str, Any]] = field(default_factory=list)
    action: Action | None = None
    until: str = ""

    @property
    def running(self) -> bool:
        """Whether it is with us."""
        return State(self.case.state) not in CLOSED

    @property
    def submitted_at(self) -> datetime | None:
        return self.case.submitted_at

    @property
    def due_at(self) -> datetime | None:
        """While the clock runs and is not over."""
        return self.case.due_at if State(self.case.state) in RUNNING and not is_late(self.case) else None

    @property
    def held(self) -> bool:
        return self.case.state == State.ON_HOLD


def standing_of(case: Case) -> Standing:
    state, level = State(case.state), str(LEVELS[Level(case.level)])
    return Standing(
        case=case,
        title=_("Level %(level)s: %(state)s") % {"level": level, "state": LABELS[state]},
        text=_text(case, state),
        kind=KINDS.get(state, ""),
        word=str(LABELS[state]),
        level=level,
        reasons=_reasons(case) if state in {State.RETURNED, State.REFUSED} else [],
        message=_message(case) if state in {State.RETURNED, State.REFUSED} else "",
        steps=_course(state) if state in RUNNING | {State.ON_HOLD} else [],
        action=_action(case, state),
        until=_until(case, state),
    )


def asked_again(case: Case, *items: Item) -> Asked | None:
    """Why these items of a returned case are asked for again; nothing once they have been given."""
    waits = case.state == State.RETURNED and not {*items}.isdisjoint(needed_items(case))
    reasons = _reasons(case, items) if waits else []
    return Asked(reasons, _message(case)) if reasons else None


def _text(case: Case, state: State) -> str:
    if state in RUNNING:
        return _running(case)
    if state is State.ON_HOLD:
        return _held()
    if state is State.RETURNED:
        return _returned(case)
    if state is State.APPROVED:
        return _approved(case)
    if state is State.REFUSED and not _reasons(case):
        return f"{GENERAL} {CONTACT}"
    return str(TEXT[state])


def _running(case: Case) -> str:
    if is_late(case):
        return _("It takes longer than we said. You need not do anything: we write to you as soon as it is decided.")
    return _("You can close the page. We write to you as soon as it is decided.")


def _returned(case: Case) -> str:
    if Item.DOCUMENT in case.reopened:
        return _("Give the document once more, with its photos and data. Everything else was right and stays.")
    return _("Give what is named here once more. Everything else was right and stays.")


def _held() -> str:
    """The same for whatever reason it is held, so that nobody can tell (`reasons`, rule 2)."""
    text = TEXTS[Reason.SANCTIONS]
    return f"{text.sentence} {text.remedy}"


def _approved(case: Case) -> str:
    grant = grant_of(case.applicant, Level(case.level))
    if grant is None or grant.case_id != case.pk:
        return _("This application was approved.")
    if grant.last_day is None:
        return _("You are verified.")
    return _("You are verified, until your document ends on %(day)s.") % {"day": date(grant.last_day)}


def _reasons(case: Case, about: Collection[Item] = frozenset(Item)) -> list[Told]:
    """The reasons about these items that may be told, each item's together."""
    rows = [(Reason(row["reason"]), Item(row["item"])) for row in case.reasons]
    told = [_told(reason, item) for item in Item for reason, of in rows if of is item and item in about]
    return [one for one in dict.fromkeys(told) if one.sentence != str(GENERAL)]


def _told(reason: Reason, item: Item) -> Told:
    text = TEXTS[reason]
    return Told("" if item is Item.CASE else str(ITEMS[item]), str(text.sentence), str(text.remedy))


def _message(case: Case) -> str:
    """What the reviewer added to the last decision."""
    decision = case.decisions.exclude(decided_at=None).filter(voided_at=None).order_by("-decided_at", "-pk").first()
    return str(decision.message) if decision else ""


def _course(state: State) -> list[dict[str, Any]]:
    checked = state is not State.CHECKING
    return [
        {"label": _("Submitted"), "state": "done", "note": ""},
        {"label": _("Automatic checks"), "state": "done" if checked else "here", "note": ""},
        {"label": _("Review by a person"), "state": "here" if checked else "", "note": ""},
        {"label": _("Result"), "state": "", "note": _("here and by mail")},
    ]


def _action(case: Case, state: State) -> Action | None:
    if state is State.DRAFT:
        return Action(next_url(case), _("Go on"))
    if state is State.RETURNED and (tries_left(case) or not needed_items(case)):
        return Action(next_url(case), _("Add what is needed"))
    return Action(reverse("identity:overview"), _("Begin anew")) if state in {State.WITHDRAWN, State.LAPSED} else None


def _until(case: Case, state: State) -> str:
    """When it lapses, while it is with its applicant."""
    settings = identity_settings()
    days = {State.DRAFT: settings.draft_days, State.RETURNED: settings.returned_days}.get(state)
    if days is None:
        return ""
    return _("Kept until %(moment)s") % {"moment": day_and_time(case.changed_at + timedelta(days=days))}
