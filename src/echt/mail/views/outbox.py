"""The demo's local outbox, to read what a mail program would show.

1. The HTML of a mail is shown in a frame without scripts, forms, pictures from elsewhere or our origin's rights.
2. A file is named by its key alone; nothing else of a request reaches the file system.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from echt.mail.outbox import Kept, kept, newest
from echt.ui.audience import Audience, page

FRAME_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'"
)


@page(Audience.DEMO, "GET")
def index(request: HttpRequest) -> HttpResponse:
    to = request.GET.get("to", "").strip()
    return render(request, "mail/outbox.html", {"mails": newest(to=to), "to": to})


@page(Audience.DEMO, "GET")
def detail(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "mail/outbox_mail.html", {"mail": _kept(key)})


@page(Audience.DEMO, "GET")
@xframe_options_sameorigin
def frame(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001
    """The HTML part as it is; its links open outside the frame."""
    html = _kept(key).html.replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(html, headers={"Content-Security-Policy": FRAME_POLICY})


def _kept(key: str) -> Kept:
    found = kept(key)
    if found is None:
        raise Http404
    return found
