"""The steps of an application in their order: which are done, where one is, and which comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.identity.items import Item
from echt.identity.models import Case
from echt.identity.selectors import consent_of, needed_items, required_items
from echt.identity.states import WITH_APPLICANT, State


@dataclass(frozen=True)
class Step:
    """A step: the page that it is on, and the items that it is about."""

    page: str
    label: Promise
    items: frozenset[Item]


DOCUMENT = Step("document", gettext_lazy("Document"), frozenset({Item.DOCUMENT}))
PHOTOS = Step("photo", gettext_lazy("Photos"), frozenset({Item.FRONT, Item.BACK}))
DATA = Step("data", gettext_lazy("Your data"), frozenset({Item.DATA}))
RESIDENCE = Step("residence", gettext_lazy("Residence"), frozenset({Item.RESIDENCE}))
FACE = Step("face", gettext_lazy("Face"), frozenset({Item.FACE}))
CHECK = Step("check", gettext_lazy("Submit"), frozenset())
ALL = (DOCUMENT, PHOTOS, DATA, RESIDENCE, FACE, CHECK)
PAGES = {"consent": "face"}
"""Pages that belong to another one's step."""


def steps_of(case: Case, *, here: str) -> list[dict[str, Any]]:
    """The steps for the component: label, state, note."""
    needed = set(needed_items(case))
    return [
        {"label": step.label, "state": _state(step, needed, here=PAGES.get(here, here)), "note": _note(step, case)}
        for step in _of(case)
    ]


def next_url(case: Case) -> str:
    """Where the application goes on."""
    if State(case.state) not in WITH_APPLICANT:
        return reverse("identity:case", args=[case.pk])
    needed = needed_items(case)
    return url_of(case, needed[0]) if needed else reverse("identity:check", args=[case.pk])


def url_of(case: Case, item: Item) -> str:
    """The page on which an item is given."""
    if item in PHOTOS.items:
        return reverse("identity:photo", args=[case.pk, item.value])
    if item is Item.FACE and consent_of(case.applicant) is None:
        return reverse("identity:consent", args=[case.pk])
    step = next(step for step in ALL if item in step.items)
    return reverse(f"identity:{step.page}", args=[case.pk])


def _of(case: Case) -> Sequence[Step]:
    wanted = {Item.DOCUMENT, *required_items(case)}
    return [step for step in ALL if not step.items or step.items & wanted]


def _state(step: Step, needed: set[Item], *, here: str) -> str:
    if step.page == here:
        return "here"
    return "done" if step.items and not step.items & needed else ""


def _note(step: Step, case: Case) -> str:
    asked = {Item(item) for item in case.reopened} if case.state == State.RETURNED else set()
    return _("asked for again") if step.items & asked else ""
