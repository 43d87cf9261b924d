"""A ledger line as the bytes that leave.

1. The same line gives the same bytes at every try: same Message-ID, same date, same boundary.
2. Seven bits a byte and CRLF at the end of lines, so that no relay has a reason to re-code it and break a signature.
3. Neither the anti-phishing code nor the number stands in a header.
"""

from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from echt.mail.kinds import Stream
from echt.mail.models import Message
from echt.mail.sender import sender_of


class Unsendable(ValueError):
    """The line cannot be made into a mail, now or later. The text says why and holds no personal data."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """What a transport needs."""

    key: str
    """The same at every try of the same message; no other message has it. Letters and digits."""
    sender: str
    recipient: str
    content: bytes


def envelope_of(message: Message) -> Envelope:
    """The mail of a ledger line.

    Raises:
        Unsendable: the text is no longer kept, or the address cannot be written in a header.
    """
    if message.text is None or message.html is None:
        raise Unsendable("the text is no longer kept")
    address = _ascii_address(str(message.address))
    return Envelope(
        key=message.pk.hex,
        sender=sender_of(Stream(message.stream)).address,
        recipient=address.addr_spec,
        content=_mail(message, address).as_bytes(),
    )


def _ascii_address(address: str) -> Address:
    """The address with its domain in the form that the domain name system knows.

    Raises:
        Unsendable: characters outside ASCII before the @, or no address at all.
    """
    local, _, domain = address.rpartition("@")
    try:
        return Address(addr_spec=f"{local}@{domain.encode('idna').decode()}")
    except (ValueError, IndexError, MessageError) as problem:
        raise Unsendable("the address cannot be written in a header") from problem


def _mail(message: Message, address: Address) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender_of(Stream(message.stream)).for_header()
    mail["To"] = address
    mail["Subject"] = str(message.subject_line)
    mail["Date"] = message.created_at
    mail["Message-ID"] = message.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Entity-Ref-ID"] = message.pk.hex
    if message.unsubscribe:
        mail["List-Unsubscribe"] = f"<{message.unsubscribe}>"
    _set_bodies(mail, message)
    return mail


def _set_bodies(mail: EmailMessage, message: Message) -> None:
    mail.set_content(str(message.text), cte="quoted-printable")
    mail.add_alternative(str(message.html), subtype="html", cte="quoted-printable")
    mail.set_boundary(f"echt-{message.pk.hex}")
    mail["Content-Language"] = message.language
