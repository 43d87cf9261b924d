"""Reads of the ledger that more than one surface needs."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from echt.mail.models import Message
from echt.mail.number import Number
from echt.mail.recipient import Recipient
from echt.mail.send import index_of


def messages_of(reader: Recipient) -> QuerySet[Message]:
    """Every message to this person, the latest first; also to their address before they had an account."""
    return Message.objects.filter(is_to(reader)).order_by("-created_at", "-pk")


def message_of(reader: Recipient, number: Number) -> Message | None:
    """One of them; None where there is none with this number or it went to somebody else."""
    return messages_of(reader).filter(number=number).first()


def is_to(reader: Recipient) -> Q:
    """Which messages went to this person."""
    return Q(recipient=reader.pk) | Q(recipient=None, address_index=index_of(reader.address))


def went_to(message: Message, reader: Recipient) -> bool:
    """Whether this message went to this person; the same question as `is_to`, of a row at hand."""
    owner: UUID | None = message.recipient_id
    return owner == reader.pk if owner else message.address_index == index_of(reader.address)


def without_bodies(messages: QuerySet[Message]) -> Any:
    """The same rows without what only delivery needs."""
    return messages.defer("text", "html", "unsubscribe")
