"""Which code a message carried, told without the code."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from echt.mail.models import Message
from echt.vault.errors import Destroyed


class Carried(StrEnum):
    """The code of a message beside the one that is valid now."""

    CURRENT = "current"
    EARLIER = "earlier"
    NONE = "none"

    @property
    def words(self) -> str:
        return str(WORDS[self])


WORDS = {
    Carried.CURRENT: _("Your present code"),
    Carried.EARLIER: _("A code you had before"),
    Carried.NONE: _("No code"),
}


def explain(message: Message, present: str | None) -> Carried:
    """Which code the message carried. A code whose key is destroyed was an earlier one."""
    try:
        code = message.carried_code
    except Destroyed:
        return Carried.EARLIER
    if code is None:
        return Carried.NONE
    return Carried.CURRENT if code == present else Carried.EARLIER
