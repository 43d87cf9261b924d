"""The queue of holds."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from echt.desk.answers import at_desk, reader, show
from echt.desk.holds.forms import QueueForm
from echt.desk.holds.queue import Waits, Wanted, codes, page_of, queue, waits_of
from echt.desk.holds.words import CHANNELS, PROPOSALS, kind_of
from echt.holds import risk
from echt.holds.models import Hold, HoldState, ProposalKind
from echt.holds.numbers import number_of
from echt.holds.permissions import Permission
from echt.wallets.models.purchases import Channel

SHOWN_MARKS = 3


@at_desk(Permission.HOLDS_READ, "GET")
def index(request: HttpRequest) -> HttpResponseBase:
    form = QueueForm(request.GET, codes=codes())
    form.is_valid()  # what is not understood is left out
    wanted = Wanted(**{name: value for name, value in form.cleaned_data.items() if value})
    found = queue(reader(request), wanted)
    holds, last = page_of(found, after=_uuid(request.GET.get("after", "")))
    waits = waits_of(holds)
    return show(
        request,
        "holds/queue.html",
        place="holds",
        form=form,
        wanted=wanted,
        is_narrowed=wanted != Wanted(),
        count=found.count(),
        lines=[_line(hold, waits) for hold in holds],
        more=_behind(request, last) if last else "",
        first=_behind(request, None) if request.GET.get("after") else "",
    )


def _line(hold: Hold, waits: Waits) -> dict[str, object]:
    marks = risk.known(hold.marks)
    proposed = waits.proposals.get(hold.pk)
    return {
        "hold": hold,
        "number": number_of(hold.pk),
        "channel": CHANNELS[Channel(hold.channel)],
        "score_kind": kind_of(hold.score),
        "marks": [(kind_of(risk.WEIGHTS[mark]), risk.LABELS[mark]) for mark in marks[:SHOWN_MARKS]],
        "more_marks": max(0, len(marks) - SHOWN_MARKS),
        "is_frozen": hold.state == HoldState.FROZEN,
        "is_running": hold.state == HoldState.RUNNING,
        "appeal": hold.pk in waits.appeals,
        "proposed": PROPOSALS[ProposalKind(proposed)] if proposed else "",
    }


def _behind(request: HttpRequest, last: UUID | None) -> str:
    """The address of the page behind this hold, with the same filters; None: of the first page."""
    query = request.GET.copy()
    query.pop("after", None)
    if last:
        query["after"] = str(last)
    return f"?{query.urlencode()}"


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
