"""Which document it is, and in which country one lives."""

import json
from dataclasses import dataclass
from typing import Any

from babel.core import get_global
from django.forms.boundfield import BoundWidget
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from echt.identity import dates, offers
from echt.identity.actions.applying import choose_document, choose_residence, reuse_document
from echt.identity.catalogue import name_of
from echt.identity.documents import DocumentKind
from echt.identity.forms import DocumentForm, ResidenceForm
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case
from echt.identity.refusals import NotOffered
from echt.identity.selectors import DOCUMENT_ITEMS, grant_of, open_items
from echt.identity.states import State
from echt.identity.views.answers import REFUSALS, reader, refusal, show, step_of_case, typed
from echt.identity.views.standing import asked_again
from echt.identity.views.steps import next_url
from echt.identity.wording import KIND_ICONS, KIND_NOTES, KINDS
from echt.ui.audience import Audience, page


@dataclass(frozen=True)
class KindChoice:
    """A kind of document as the page offers it."""

    input: BoundWidget
    kind: DocumentKind

    @property
    def icon(self) -> str:
        return KIND_ICONS[self.kind]

    @property
    def note(self) -> str:
        return str(KIND_NOTES[self.kind])


@page(Audience.CUSTOMER, "GET", "POST")
@step_of_case
def document(request: HttpRequest, case: Case) -> HttpResponseBase:
    if Item.DOCUMENT not in open_items(case):
        return redirect(next_url(case))
    if request.POST.get("reuse"):
        return _reused(request, case)
    kept = {"country": case.country or _country_before(case), "kind": case.kind}
    form = DocumentForm(typed(request), initial=kept, countries=offers.countries(), likely=_likely())
    if form.is_valid() and _chosen(request, case, form):
        return redirect("identity:case", case=case.pk)
    return _show(request, case, form)


@page(Audience.CUSTOMER, "GET", "POST")
@step_of_case
def residence(request: HttpRequest, case: Case) -> HttpResponseBase:
    if Item.RESIDENCE not in open_items(case):
        return redirect(next_url(case))
    kept = {"country": case.residence}
    form = ResidenceForm(typed(request), initial=kept, countries=offers.countries(), likely=_likely())
    if form.is_valid():
        try:
            choose_residence(actor=reader(request), case_id=case.pk, country=form.cleaned_data["country"])
        except NotOffered as refused:
            form.add_error("country", refused.sentence)
        else:
            return redirect("identity:case", case=case.pk)
    return show(request, "residence.html", case=case, form=form)


def _chosen(request: HttpRequest, case: Case, form: DocumentForm) -> bool:
    country, kind = form.cleaned_data["country"], DocumentKind(form.cleaned_data["kind"])
    try:
        choose_document(actor=reader(request), case_id=case.pk, country=country, kind=kind)
    except NotOffered:
        form.add_error("kind", _offered_instead(country))
        return False
    return True


def _offered_instead(country: str) -> str:
    names = ", ".join(str(KINDS[kind]) for kind in offers.kinds(country))
    return _("Of %(country)s we accept: %(kinds)s.") % {"country": name_of(country), "kinds": names}


def _reused(request: HttpRequest, case: Case) -> HttpResponseBase:
    try:
        reuse_document(actor=reader(request), case_id=case.pk)
    except REFUSALS as refused:
        form = DocumentForm(countries=offers.countries(), likely=_likely())
        return _show(request, case, form, refused=refusal(refused))
    return redirect("identity:case", case=case.pk)


def _show(request: HttpRequest, case: Case, form: DocumentForm, *, refused: str = "") -> HttpResponseBase:
    form.fields["country"].widget.attrs["data-kinds-of"] = json.dumps(_kinds_of(), separators=(",", ":"))
    kinds = [KindChoice(choice, DocumentKind(choice.data["value"])) for choice in form["kind"]]
    return show(
        request,
        "document.html",
        case=case,
        form=form,
        refused=refused,
        kinds=kinds,
        verified=_to_reuse(case),
        asked=asked_again(case, *(DOCUMENT_ITEMS if case.reuses_id else [Item.DOCUMENT])),
    )


def _kinds_of() -> dict[str, list[str]]:
    """The kinds of those countries that do not issue all of them."""
    kinds = {country.alpha3: offers.kinds(country.alpha3) for country in offers.countries() if country.enabled}
    return {code: [kind.value for kind in some] for code, some in kinds.items() if len(some) < len(DocumentKind)}


def _to_reuse(case: Case) -> dict[str, Any] | None:
    """The document of the level primary, where it may be taken over."""
    grant = grant_of(case.applicant, Level.PRIMARY) if case.level == Level.ADVANCED else None
    if grant is None or dates.has_expired(grant.case) or case.state == State.RETURNED:
        return None
    kind = DocumentKind(grant.case.document.kind)
    return {"name": f"{KINDS[kind]}, {name_of(grant.case.document.country)}", "icon": KIND_ICONS[kind]}


def _country_before(case: Case) -> str:
    """With a level primary its country is known; only the kind is asked."""
    grant = grant_of(case.applicant, Level.PRIMARY) if case.level == Level.ADVANCED else None
    return grant.case.country if grant else ""


def _likely() -> str:
    """The country of the reader's time zone."""
    alpha2 = get_global("zone_territories").get(timezone.get_current_timezone_name(), "")
    return next((country.alpha3 for country in offers.countries() if country.alpha2 == alpha2), "")
