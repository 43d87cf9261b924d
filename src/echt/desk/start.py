"""Where the desk begins: with the queue of cases, or with the first place that one's role may go to."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from echt.desk.answers import reader
from echt.desk.identity.views import queue
from echt.desk.permissions import may
from echt.desk.places import places_for
from echt.identity.permissions import Permission
from echt.ui.audience import Audience, page


@page(Audience.STAFF, "GET")
def index(request: HttpRequest) -> HttpResponseBase:
    if may(reader(request), Permission.CASES_READ):
        return queue.index(request)
    for place in places_for(reader(request)):
        return redirect(place.url)
    raise Http404
