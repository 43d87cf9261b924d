"""Where an application stands, for the modules that wait: pictures with their verdicts, the face, what is next."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from echt.identity import wording
from echt.identity.findings import Point
from echt.identity.items import Item
from echt.identity.models import Case, Picture
from echt.identity.models.cases import PictureState
from echt.identity.selectors import (
    SIDES,
    current_picture,
    is_missing,
    latest_challenge,
    liveness_of,
    pending_challenge,
    verdict_of,
)
from echt.identity.views.answers import of_case
from echt.identity.views.steps import next_url
from echt.ui.audience import Audience, page


@page(Audience.CUSTOMER, "GET")
@of_case
def state(request: HttpRequest, case: Case) -> HttpResponseBase:  # noqa: ARG001  # as all views
    pictures = {side.value: _told(current_picture(case, side)) for side in SIDES}
    return JsonResponse(
        {
            "state": case.state,
            "stamp": stamp_of(case),
            "items": {side: told for side, told in pictures.items() if told},
            "face": _face(case),
            "next": next_url(case),
        }
    )


def stamp_of(case: Case) -> str:
    """Changes with everything that a waiting page waits for."""
    pictures = [current_picture(case, item) for item in (*SIDES, Item.FACE)]
    seen = [f"{picture.pk}:{picture.state}" for picture in pictures if picture]
    waits = pending_challenge(case) is not None
    return " ".join([case.state, str(case.version), "read" if case.document.read else "", str(waits), *seen])


def outline_of(picture: Picture) -> list[Point]:
    """The document's corners in the picture as it is stored: a verdict has them in the upright one."""
    verdict = verdict_of(picture)
    if verdict is None or verdict.corners is None:
        return []
    return [_unturned(corner, verdict.turn) for corner in verdict.corners]


def sentences_of(picture: Picture) -> list[str]:
    """What is wrong with a picture; nothing while nobody has looked, or where it is good."""
    verdict = verdict_of(picture)
    if picture.state != PictureState.REFUSED or verdict is None:
        return []
    return wording.sentences(verdict, item=Item(picture.item))


def face_sentences(case: Case) -> list[str]:
    """What to do after a try at the face step that failed; nothing where none did."""
    challenge = latest_challenge(case)
    if challenge is None or pending_challenge(case) or not is_missing(case, Item.FACE):
        return []
    picture = current_picture(case, Item.FACE)
    faults = sentences_of(picture) if picture else []
    return faults or [wording.outcome(liveness_of(challenge))]


def _told(picture: Picture | None) -> dict[str, Any] | None:
    if picture is None:
        return None
    verdict = verdict_of(picture)
    return {
        "picture": str(picture.pk),
        "state": picture.state,
        "url": reverse("identity:picture", args=[picture.pk]),
        "sentences": sentences_of(picture),
        "corners": outline_of(picture) or None,
        "cut": list(verdict.cut) if verdict else [],
    }


def _face(case: Case) -> dict[str, Any]:
    """The challenge that was verified last; while one is being verified there is nothing to tell."""
    challenge = None if pending_challenge(case) else latest_challenge(case)
    sentences: Sequence[str] = face_sentences(case) if challenge else ()
    return {"challenge": str(challenge.pk) if challenge else None, "sentence": " ".join(sentences)}


def _unturned(corner: Point, turn: int) -> Point:
    x, y = corner
    return ((x, y), (y, 1 - x), (1 - x, 1 - y), (1 - y, x))[turn % 4]
