"""The reasons to choose from, by the item that they are about, with what the applicant will read of each."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise

from echt.desk.identity.words import ITEMS
from echt.identity import offers
from echt.identity.decision_rules import CLOSING, HIDDEN
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case
from echt.identity.reasons import TEXTS, Reason


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One reason about one item. `said`: what the applicant reads, in their language; `own`: in the reader's, or ""."""

    value: str
    label: Promise
    code: str
    internal: Promise
    closing: bool
    language: str
    said: str
    own: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    """The reasons about one item. `open`: one of them is chosen."""

    label: Promise
    choices: list[Choice]
    open: bool


def groups_of(case: Case, chosen: Collection[str] = ()) -> list[Group]:
    """The reasons that this case can be returned or refused for."""
    groups = ((item, [_choice(case, reason, item, chosen) for reason in _about(item)]) for item in _items(case))
    return [
        Group(label=ITEMS[item], choices=choices, open=any(choice.chosen for choice in choices))
        for item, choices in groups
        if choices
    ]


def said(reason: Reason, language: str) -> str:
    """What the applicant reads of a reason; empty where they never read of it."""
    if reason in HIDDEN:
        return ""
    with translation.override(language):
        return f"{TEXTS[reason].sentence} {TEXTS[reason].remedy}"


def _about(item: Item) -> list[Reason]:
    return [reason for reason, text in TEXTS.items() if item in text.items]


def _items(case: Case) -> list[Item]:
    absent = set()
    if not offers.has_back(case.document):
        absent.add(Item.BACK)
    if case.level != Level.ADVANCED:
        absent.add(Item.FACE)
    return [item for item in Item if item not in absent]


def _choice(case: Case, reason: Reason, item: Item, chosen: Collection[str]) -> Choice:
    text, value = TEXTS[reason], f"{reason.value}:{item.value}"
    theirs, ours = case.applicant.language, translation.get_language() or "en"
    return Choice(
        value=value,
        label=text.label,
        code=reason.value,
        internal=text.internal,
        closing=text.weight in CLOSING,
        language=theirs,
        said=said(reason, theirs),
        own=said(reason, ours) if theirs != ours else "",
        chosen=value in chosen,
    )
