"""Showing a picture: in an `<img>` of our own pages, never as a page of its own.

1. The browser takes it for a JPEG and nothing else, saves it where it is opened by itself, and runs nothing in it.
2. No page of another origin can embed it, and nobody keeps it.
"""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

POLICY = "sandbox; default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def picture_response(content: bytes, name: str) -> HttpResponse:
    """The answer with a picture that our own code made.

    Args:
        content: a JPEG of ours.
        name: what a browser calls the file when it saves it, without ending; a word of ours, never the sender's.
    """
    response = HttpResponse(content, content_type="image/jpeg", headers=HEADERS)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.jpg")
    return response
