"""The queue."""

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from echt.accounts.models import User
from echt.desk.answers import at_desk, reader, show
from echt.desk.identity.forms import QueueForm
from echt.desk.identity.numbers import number_of
from echt.desk.identity.queue import A_PAGE, Wanted, countries_waiting, marks_of, queue
from echt.desk.identity.words import STATE_LOOKS, STATES, country, kind
from echt.identity import sla
from echt.identity.levels import LABELS as LEVELS
from echt.identity.levels import Level
from echt.identity.models import Case
from echt.identity.permissions import Permission, may
from echt.identity.states import AT_DESK, State


@at_desk(Permission.CASES_READ, "GET")
def index(request: HttpRequest) -> HttpResponseBase:
    form = QueueForm(request.GET, countries=countries_waiting())
    form.is_valid()  # what is not understood is left out
    wanted = Wanted(**{name: value for name, value in form.cleaned_data.items() if value})
    found = Paginator(queue(reader(request), wanted), A_PAGE).get_page(request.GET.get("page"))
    marks = marks_of(found)
    lines = [{**_line(case, reader(request)), "marks": marks[case.pk]} for case in found]
    return show(
        request,
        "queue.html",
        place="queue",
        form=form,
        wanted=wanted,
        is_narrowed=wanted != Wanted(),
        found=found,
        lines=lines,
        query=_query(request),
        may_decide=may(reader(request), Permission.CASES_DECIDE),
    )


def _line(case: Case, actor: User) -> dict[str, object]:
    holder = case.claimant()
    state_kind, icon = STATE_LOOKS[State(case.state)]
    document = case.document
    return {
        "case": case,
        "number": number_of(case.pk),
        "level": LEVELS[Level(case.level)],
        "country": country(document.country),
        "document": kind(document.kind),
        "state_word": STATES[State(case.state)],
        "state_kind": state_kind,
        "state_icon": icon,
        "holder": holder.display if holder and holder != actor else "",
        "is_mine": holder == actor,
        "is_free": holder is None and State(case.state) in AT_DESK,
        "has_clock": sla.remaining(case) is not None,
        "is_late": sla.is_late(case),
        "is_warned": sla.is_warned(case),
        "stands": case.state == State.ON_HOLD,
    }


def _query(request: HttpRequest) -> str:
    """The filters, for the links to other pages of the list."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
