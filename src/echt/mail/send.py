"""The only way to send a message.

1. A message is a row and a job in the caller's transaction: both or neither.
2. Every message gets a number of its own and carries the recipient's current code, or the one that the caller names.
3. The ledger knows every link of the message, with its secret piece masked.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from uuid import UUID

from django.db import transaction

from echt import clock
from echt.mail.kinds import Mail, Stream
from echt.mail.models import Message
from echt.mail.number import Number, new_number
from echt.mail.recipient import normalise
from echt.mail.render import Rendered, render
from echt.mail.settings import mail_settings
from echt.mail.tasks import deliver, deliver_news
from echt.vault.ids import uuid7
from echt.vault.index import blind_index


class Carrying(Enum):
    """Which code a message carries where the caller names none."""

    CURRENT = "the recipient's current one"


CURRENT = Carrying.CURRENT


class NoTransaction(RuntimeError):
    """A message was to be sent outside the transaction of what it tells."""


@dataclass(frozen=True)
class Identity:
    """What tells a message from all others."""

    id: UUID
    number: Number

    @property
    def message_id(self) -> str:
        return f"<{self.id.hex}@{mail_settings().domain}>"


def send(mail: Mail, *, carrying: str | Carrying | None = CURRENT, repeat_window: timedelta | None = None) -> Message:
    """Write a message into the ledger and put its delivery into the queue.

    Args:
        mail: what to say, and to whom.
        carrying: the code to carry instead of the current one; None: none. The notice of a change carries the old code.
        repeat_window: where a message of the same kind went to the same address within this time, that one is
            returned and nothing is sent. For what a stranger can cause; never for what tells different events.

    Raises:
        NoTransaction: called outside `transaction.atomic`.
    """
    _require_transaction()
    earlier = _earlier(mail, repeat_window) if repeat_window else None
    return earlier or _write(mail, code=_code(mail, carrying))


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise NoTransaction("Send a message in the transaction that does what it tells.")


def _code(mail: Mail, carrying: str | Carrying | None) -> str | None:
    return mail.to.carried_code() if isinstance(carrying, Carrying) else carrying


def _earlier(mail: Mail, window: timedelta) -> Message | None:
    """The latest message of this kind to this address within the window."""
    same = Message.objects.filter(
        address_index=index_of(mail.to.address), kind=str(mail.kind), created_at__gt=clock.now() - window
    )
    return same.order_by("-created_at").first()


def _write(mail: Mail, *, code: str | None) -> Message:
    identity = Identity(uuid7(), _free_number())
    message = _row(mail, identity, render(mail, number=identity.number, code=code), code)
    _enqueue(message, mail.stream)
    return message


def _enqueue(message: Message, stream: Stream) -> None:
    job = deliver_news if stream is Stream.NEWS else deliver
    job.enqueue(message=str(message.pk), key=str(message.pk))


def _row(mail: Mail, identity: Identity, rendered: Rendered, code: str | None) -> Message:
    return Message.objects.create(
        id=identity.id,
        number=identity.number,
        message_id=identity.message_id,
        kind=str(mail.kind),
        stream=mail.stream,
        language=mail.to.language,
        recipient_id=mail.to.pk,
        address=mail.to.address,
        address_index=index_of(mail.to.address),
        subject_line=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        unsubscribe=rendered.unsubscribe.exact if rendered.unsubscribe else None,
        carried_code=code,
        digest=rendered.digest,
        links=[target.for_ledger() for target in rendered.targets],
    )


def _free_number() -> Number:
    """A number that no message has."""
    number = new_number()
    while Message.objects.filter(number=number).exists():
        number = new_number()
    return number


def index_of(address: str) -> str:
    """By which messages to an address are found without its being stored in clear."""
    return blind_index(normalise(address), purpose="mail.address")
