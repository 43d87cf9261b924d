"""The ledger of messages: what we sent to whom, when, with which number, code and links, and what became of it.

Text and HTML are sealed and go after the retention; the line itself stays, so that an old message can still be
recognised.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from echt import clock
from echt.mail.kinds import Stream, label_of
from echt.mail.targets import LedgerLink
from echt.vault.fields import EncryptedTextField
from echt.vault.ids import uuid7
from echt.vault.purposes import Purpose

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class State(StrEnum):
    """What became of a message; the value is stored, so it is never renamed."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"


class Outcome(StrEnum):
    """What became of one try at delivery; the value is stored, so it is never renamed.

    `broken` ended before the message was handed over: it cannot have been accepted. `unknown` ended after that and
    before an answer was recorded: it may have been.
    """

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    BROKEN = "broken"
    UNKNOWN = "unknown"


def _stored(words: type[StrEnum]) -> list[tuple[str, str]]:
    """The values that a column may hold. What people read stands elsewhere, in their language."""
    return [(word.value, word.value) for word in words]


class Message(models.Model):
    """One message."""

    id: "models.UUIDField[UUID, UUID]" = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=13, unique=True)
    message_id = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=64)
    stream = models.CharField(max_length=16, choices=_stored(Stream))
    language = models.CharField(max_length=2)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="messages"
    )
    address = EncryptedTextField(purpose=Purpose.MAIL, subject="recipient_id")
    address_index = models.CharField(max_length=64)
    subject_line = EncryptedTextField(purpose=Purpose.MAIL, subject="recipient_id")
    text = EncryptedTextField(purpose=Purpose.MAIL, subject="recipient_id", null=True)
    html = EncryptedTextField(purpose=Purpose.MAIL, subject="recipient_id", null=True)
    unsubscribe = EncryptedTextField(purpose=Purpose.MAIL, subject="recipient_id", null=True)
    carried_code = EncryptedTextField(purpose=Purpose.CODE, subject="recipient_id", null=True)
    digest = models.CharField(max_length=64)
    links: "models.JSONField[list[LedgerLink], list[LedgerLink]]" = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=_stored(State), default=State.QUEUED.value)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True, default="")

    if TYPE_CHECKING:
        recipient_id: UUID | None
        tries: "RelatedManager[Attempt]"

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="mail_message_of_recipient"),
            models.Index(fields=["address_index", "kind", "created_at"], name="mail_message_to_address"),
            models.Index(fields=["purged_at", "created_at"], name="mail_message_to_purge"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in State]), name="message_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.SENT.value, sent_at__isnull=False)
                | (~models.Q(state=State.SENT.value) & models.Q(sent_at__isnull=True)),
                name="message_is_sent_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def label(self) -> str:
        """The kind in words, in the reader's language."""
        return label_of(self.kind)

    @property
    def state_word(self) -> Any:
        """The state in words, for the recipient."""
        return STATE_WORDS[State(self.state)]


STATE_WORDS = {
    State.QUEUED: _("On its way"),
    State.SENDING: _("On its way"),
    State.SENT: _("Delivered"),
    State.FAILED: _("Not delivered"),
    State.BOUNCED: _("Refused by your mail provider"),
}


class Attempt(models.Model):
    """One try at delivery. While it is open nobody else tries, until `expires_at`."""

    id: "models.UUIDField[UUID, UUID]" = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="tries")
    began_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=_stored(Outcome), blank=True, default="")
    answer = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message"], condition=models.Q(ended_at=None), name="one_open_attempt_each"
            ),
            models.UniqueConstraint(
                fields=["message"],
                condition=models.Q(outcome=Outcome.ACCEPTED.value),
                name="accepted_once_each",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, outcome="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(outcome="")),
                name="attempt_ends_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.outcome or 'open'}"
