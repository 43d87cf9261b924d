"""What anybody may learn of a message by its number.

1. A question costs the same, found or not: the same queries and the same unsealing. Where the number is not in the
   ledger, the next one in the order of numbers stands in, and what was learnt of it is thrown away.
2. Questions are limited, for each client and for all together.
3. Only a number is looked up. Anything else, such as a mail address, gets one and the same sentence without a
   question to the ledger, so nobody learns whose address is known to us.
4. The recipient is shown masked.
5. Links are shown with their secret pieces masked: a number opens no link.
6. Whoever is signed in learns whether the message went to them, and what to do if it did not.
7. The number proves that we sent a message, not that the mail at hand is that message: every answer says so.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hmac import compare_digest

from echt.mail.models import Message
from echt.mail.number import NotANumber, Number, WrongCheck, parse
from echt.mail.recipient import Recipient
from echt.mail.selectors import went_to
from echt.ui.formats import masked_address
from echt.ui.rate_limits import RateLimit
from echt.vault.errors import Destroyed

PER_CLIENT = RateLimit("mail.lookup.client", count=30, seconds=600)
OVERALL = RateLimit("mail.lookup.all", count=6000, seconds=600)


class Verdict(StrEnum):
    """What the page answers."""

    SENT = "sent"
    TO_YOU = "to_you"
    NOT_TO_YOU = "not_to_you"
    UNKNOWN = "unknown"
    MISTYPED = "mistyped"
    NOT_A_NUMBER = "not_a_number"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the ledger tells of a message."""

    number: str
    at: datetime
    label: str
    recipient: str
    links: list[str]
    to_reader: bool | None
    """None where nobody is signed in."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answer to what somebody typed."""

    typed: str
    verdict: Verdict
    finding: Finding | None = None


def answer(typed: str, *, client: str, reader: Recipient | None) -> Answer:
    """Answer a question of `client`, an address of the network.

    Raises:
        TooMany: rule 2.
    """
    PER_CLIENT.require(client)
    OVERALL.require("all")
    try:
        finding = look_up(parse(typed), reader=reader)
    except WrongCheck:
        return Answer(typed=typed, verdict=Verdict.MISTYPED)
    except NotANumber:
        return Answer(typed=typed, verdict=Verdict.NOT_A_NUMBER)
    return Answer(typed=typed, verdict=_verdict(finding), finding=finding)


def look_up(number: Number, *, reader: Recipient | None) -> Finding | None:
    """What the ledger tells of this number (rule 1)."""
    row = _at_or_after(number)
    if row is None:
        return None
    finding = _finding(row, reader)
    return finding if compare_digest(row.number, number) else None


def _verdict(finding: Finding | None) -> Verdict:
    if finding is None:
        return Verdict.UNKNOWN
    if finding.to_reader is None:
        return Verdict.SENT
    return Verdict.TO_YOU if finding.to_reader else Verdict.NOT_TO_YOU


def _at_or_after(number: Number) -> Message | None:
    """The message with this number, else the next one, else the very first; None while the ledger is empty."""
    ledger = Message.objects.defer("text", "html", "unsubscribe", "carried_code", "subject_line").order_by("number")
    after, first = ledger.filter(number__gte=number).first(), ledger.first()
    return after or first


def _finding(message: Message, reader: Recipient | None) -> Finding:
    return Finding(
        number=message.number,
        at=message.sent_at or message.created_at,
        label=message.label,
        recipient=_masked(message),
        links=[link["shown"] for link in message.links],
        to_reader=went_to(message, reader) if reader else None,
    )


def _masked(message: Message) -> str:
    """The recipient's address, masked; wholly where its key is destroyed."""
    try:
        return masked_address(str(message.address), domain=True)
    except Destroyed:
        return "•••••"
