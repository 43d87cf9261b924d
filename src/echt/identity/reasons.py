"""Reasons for which a case is returned or refused: one code, one sentence, what to do.

1. Every decision but approval names at least one code; each code points at the item that it is about, so that only this
   item is asked for again.
2. The applicant reads `sentence` and `remedy`. A code that would warn somebody we must not warn shows the general
   sentence; the desk reads `internal`.
3. Final reasons close the case and need four eyes.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.identity.items import Item


class Reason(StrEnum):
    """Why a case was not approved; the value is stored, so it is never renamed."""

    UNREADABLE = "unreadable"
    INCOMPLETE = "incomplete"
    SIDE_MISSING = "side_missing"
    SIDES_DIFFER = "sides_differ"
    EXPIRED = "expired"
    UNSUPPORTED = "unsupported"
    COPY = "copy"
    USED_TOO_OFTEN = "used_too_often"
    NAME_MISMATCH = "name_mismatch"
    DATA_MISMATCH = "data_mismatch"
    UNDER_AGE = "under_age"
    FACE_POOR = "face_poor"
    FACE_MISMATCH = "face_mismatch"
    LIVENESS_FAILED = "liveness_failed"
    FORGERY = "forgery"
    SANCTIONS = "sanctions"
    TOO_MANY_TRIES = "too_many_tries"
    OTHER = "other"


class Weight(StrEnum):
    """What a reason means for the case."""

    RETRY = "retry"
    """The item is asked for again."""
    FINAL = "final"
    """The case is closed."""
    HOLD = "hold"
    """The case waits; the applicant reads the general sentence."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """Everything about a reason. `items`: what it can be about, the usual one first."""

    weight: Weight
    items: tuple[Item, ...]
    label: Promise
    """As the desk names it."""
    sentence: Promise
    """What the applicant reads."""
    remedy: Promise
    """What the applicant can do."""
    internal: Promise
    """What the desk must know."""
    wants_note: bool = False


PHOTOS = (Item.FRONT, Item.BACK)
GENERAL = _("We could not verify you with what you sent.")
CONTACT = _("If you think that this is a mistake, reply to the message; a person reads it.")

TEXTS: dict[Reason, Text] = {
    Reason.UNREADABLE: Text(
        weight=Weight.RETRY,
        items=PHOTOS,
        label=_("Unreadable"),
        sentence=_("The photo is not clear enough to read everything."),
        remedy=_("Take it again in even light, hold still, and wipe the camera’s lens."),
        internal=_("Blurred, too dark, glare over data, or too small."),
    ),
    Reason.INCOMPLETE: Text(
        weight=Weight.RETRY,
        items=PHOTOS,
        label=_("Incomplete"),
        sentence=_("A part of the document is not in the photo."),
        remedy=_("Move back a little so that all four corners are in view, with a small edge around them."),
        internal=_("A corner or edge is cut off or covered."),
    ),
    Reason.SIDE_MISSING: Text(
        weight=Weight.RETRY,
        items=(Item.BACK, Item.FRONT),
        label=_("A side is missing"),
        sentence=_("One side of the document is missing, or the same side was sent twice."),
        remedy=_("Photograph the side that is asked for."),
        internal=_("Front and back show the same side, or one shows something else."),
    ),
    Reason.SIDES_DIFFER: Text(
        weight=Weight.RETRY,
        items=(Item.BACK, Item.FRONT),
        label=_("Sides of two documents"),
        sentence=_("Front and back belong to two different documents."),
        remedy=_("Photograph both sides of the same document."),
        internal=_("Numbers, names or dates of the two sides contradict each other."),
    ),
    Reason.EXPIRED: Text(
        weight=Weight.RETRY,
        items=(Item.DOCUMENT,),
        label=_("Expired"),
        sentence=_("The document has expired."),
        remedy=_("Use one that is still valid. Another kind of document will do as well."),
        internal=_("The date of expiry lies before today."),
    ),
    Reason.UNSUPPORTED: Text(
        weight=Weight.RETRY,
        items=(Item.DOCUMENT,),
        label=_("Not accepted"),
        sentence=_("We do not accept this kind of document."),
        remedy=_("Choose one of the kinds that the page offers for your country."),
        internal=_("Another kind, country or edition than we take."),
    ),
    Reason.COPY: Text(
        weight=Weight.RETRY,
        items=PHOTOS,
        label=_("Screenshot or copy"),
        sentence=_("This shows a screen or a copy, not the document itself."),
        remedy=_("Photograph the original document in colour."),
        internal=_("Screen pattern, bezel, paper, grey tones or print dots."),
    ),
    Reason.USED_TOO_OFTEN: Text(
        weight=Weight.FINAL,
        items=(Item.CASE,),
        label=_("Used on too many accounts"),
        sentence=_("This document already verifies as many accounts as one person may have."),
        remedy=_("Sign in to the account that you verified before, or close it first."),
        internal=_("The blind index of the number stands on other accounts; see the panel."),
    ),
    Reason.NAME_MISMATCH: Text(
        weight=Weight.RETRY,
        items=(Item.DATA,),
        label=_("Name differs"),
        sentence=_("The name you entered is not the name on the document."),
        remedy=_("Enter the name exactly as the document has it. If your name has changed, use the newer document."),
        internal=_("Typed name and document name differ after transliteration."),
    ),
    Reason.DATA_MISMATCH: Text(
        weight=Weight.RETRY,
        items=(Item.DATA,),
        label=_("Data differ"),
        sentence=_("What you entered differs from what the document says."),
        remedy=_("Compare number and dates with the document and correct them."),
        internal=_("Number or a date differs."),
    ),
    Reason.UNDER_AGE: Text(
        weight=Weight.FINAL,
        items=(Item.CASE,),
        label=_("Under age"),
        sentence=_("You are not old enough yet to hold an account with us."),
        remedy=_("You are welcome when you have reached the age that our terms name."),
        internal=_("Younger than the least age of country and policy."),
    ),
    Reason.FACE_POOR: Text(
        weight=Weight.RETRY,
        items=(Item.FACE,),
        label=_("Face not clear"),
        sentence=_("Your face could not be seen clearly enough."),
        remedy=_("Find even light from the front, take off sunglasses and hat, and hold the camera at eye level."),
        internal=_("Dark, blurred, covered or too far away."),
    ),
    Reason.FACE_MISMATCH: Text(
        weight=Weight.RETRY,
        items=(Item.FACE, Item.FRONT),
        label=_("Face differs"),
        sentence=_("We could not recognise the person of the document in your pictures."),
        remedy=_("Repeat the face step in good light, or use a document with a newer photo."),
        internal=_("A person compared the pictures; the score alone decides nothing."),
    ),
    Reason.LIVENESS_FAILED: Text(
        weight=Weight.RETRY,
        items=(Item.FACE,),
        label=_("Liveness not shown"),
        sentence=_("We could not see that it was you in front of the camera."),
        remedy=_(
            "Repeat the face step yourself, follow the movements in their order, and let nothing cover your face."
        ),
        internal=_("Movements missing, or anomalies in the frames."),
    ),
    Reason.FORGERY: Text(
        weight=Weight.FINAL,
        items=(Item.CASE,),
        label=_("Suspected forgery"),
        sentence=GENERAL,
        remedy=CONTACT,
        internal=_("Altered or made-up document, or an attack on the face step. Never tell the applicant which sign."),
        wants_note=True,
    ),
    Reason.SANCTIONS: Text(
        weight=Weight.HOLD,
        items=(Item.CASE,),
        label=_("List hit under review"),
        sentence=_("Your application needs a further look. This can take longer than 24 hours."),
        remedy=_("You need not do anything. We write to you as soon as it is decided."),
        internal=_("The name matches a list. Never tell the applicant."),
        wants_note=True,
    ),
    Reason.TOO_MANY_TRIES: Text(
        weight=Weight.FINAL,
        items=(Item.CASE,),
        label=_("Too many tries"),
        sentence=_("You have used all tries of this application."),
        remedy=_("Write to us; a person will help you."),
        internal=_("The limit of resubmissions is reached."),
    ),
    Reason.OTHER: Text(
        weight=Weight.RETRY,
        items=(Item.DATA, Item.FRONT, Item.BACK, Item.FACE),
        label=_("Other"),
        sentence=_("Something else keeps us from verifying you."),
        remedy=_("The message from our team says what is needed."),
        internal=_("Write to the applicant what is needed; the text is shown as it is."),
        wants_note=True,
    ),
}


def weight_of(reason: Reason) -> Weight:
    return TEXTS[reason].weight
