"""To whom a message goes: a person with an account, or a stranger with nothing but an address."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from echt.ui.settings import web_settings


class Recipient(Protocol):
    """What a message must know of the person that it goes to. The room of accounts gives it for a customer."""

    @property
    def pk(self) -> UUID | None:
        """The account; None without one."""

    @property
    def address(self) -> str:
        """The mail address, in clear."""

    @property
    def language(self) -> str:
        """`de` or `en`."""

    @property
    def zone(self) -> str:
        """Name of the time zone; empty where it is not known."""

    @property
    def salutation(self) -> str:
        """How we call the person; empty where we do not know."""

    def carried_code(self) -> str | None:
        """The anti-phishing code that a message to this person carries now."""


@dataclass(frozen=True, kw_only=True)
class Stranger:
    """Somebody without an account, so without a code."""

    address: str
    language: str
    zone: str = ""
    salutation: str = ""
    pk: None = None

    def carried_code(self) -> None:
        return None


def zone_of(recipient: Recipient) -> ZoneInfo:
    """The recipient's time zone; the installation's where it is not known."""
    try:
        return ZoneInfo(recipient.zone or web_settings().zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(web_settings().zone)


def normalise(address: str) -> str:
    """The form in which two spellings of an address are the same."""
    return address.strip().lower()
