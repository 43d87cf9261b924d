"""The items that a case is made of: what the applicant gives, and what a reason can point at."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Item(StrEnum):
    """One thing of a case; the value is stored, so it is never renamed."""

    DOCUMENT = "document"
    """Country and kind of the document."""
    FRONT = "front"
    BACK = "back"
    DATA = "data"
    """What was read from the document, as the applicant confirmed or corrected it."""
    RESIDENCE = "residence"
    """The country in which the applicant lives."""
    FACE = "face"
    """The challenge, with the frame that serves as picture of the face."""
    CASE = "case"
    """The case as a whole."""


PICTURES = frozenset({Item.FRONT, Item.BACK, Item.FACE})

LABELS: dict[Item, Promise] = {
    Item.DOCUMENT: _("Kind of document"),
    Item.FRONT: _("Front"),
    Item.BACK: _("Back"),
    Item.DATA: _("Your data"),
    Item.RESIDENCE: _("Country of residence"),
    Item.FACE: _("Your face"),
    Item.CASE: _("The whole application"),
}
