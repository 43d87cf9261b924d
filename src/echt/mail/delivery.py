"""One message at a time on its way out: claimed, tried, recorded.

1. One worker at a time tries a message: it holds the open attempt, which the database allows once a message.
2. An attempt is written down before it begins, and once more right before the receiving side could accept.
3. The result of an attempt is recorded once, by its holder. A message that was accepted is not tried again.
4. Nothing is lost: an attempt whose worker died expires, and the message is tried again.
5. In doubt a second delivery is better than none. A worker that dies between the receiving side's yes and the record
   of it leaves an attempt that was handed over and has no answer. It ends as `unknown`, and the message goes out
   again: the same bytes with the same Message-ID, by which receiving programs recognise it. A warning that arrives
   twice does less harm than one that never does. An attempt that was not handed over ends as `broken`; there is no
   doubt about it.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from echt import clock
from echt.audit.record import record
from echt.mail.events import Event
from echt.mail.models import Attempt, Message, Outcome, State
from echt.mail.settings import mail_settings

LONGEST_WAIT = timedelta(hours=2)
ANSWERS_IN_A_SESSION = 12
"""How many answers of a server a delivery can wait for, each as long as the timeout."""


class Busy(Exception):
    """Somebody else is trying this message. Their attempt expires at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"being tried until {until:%H:%M:%S} UTC")
        self.until = until


def claim(message_id: UUID) -> Attempt | None:
    """A new attempt at this message; None where it has been accepted.

    Raises:
        Busy: an attempt is open and has not expired.
    """
    with transaction.atomic():
        message = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
        if message.state == State.SENT:
            return None
        _end_expired(message)
        _change(message, state=State.SENDING, attempts=message.attempts + 1)
        return Attempt.objects.create(message=message, began_at=clock.now(), expires_at=clock.now() + _patience())


def handing_over(attempt: Attempt) -> None:
    """Write down that from now on the receiving side may have accepted."""
    Attempt.objects.filter(pk=attempt.pk, ended_at=None).update(handed_over_at=clock.now())


def accepted(attempt: Attempt, answer: str) -> None:
    """The receiving side has taken the message."""
    with transaction.atomic():
        if _end(attempt, Outcome.ACCEPTED, answer):
            _change(attempt.message, state=State.SENT, sent_at=clock.now(), last_error="")


def deferred(attempt: Attempt, problem: str, *, answered: bool) -> datetime | None:
    """The receiving side was silent or asked for patience: when to try again, or None when it was the last time."""
    with transaction.atomic():
        ours = _end(attempt, Outcome.DEFERRED if answered else _silence(attempt), problem)
        message = Message.objects.select_for_update(of=("self",)).get(pk=attempt.message_id)
        if ours and message.attempts >= mail_settings().attempts:
            _give_up(message, State.FAILED, Event.MAIL_GIVEN_UP, problem)
            return None
        if ours:
            _change(message, state=State.QUEUED, last_error=problem)
        return clock.now() + wait_after(message.attempts)


def refused(attempt: Attempt, problem: str) -> None:
    """The receiving side will never take the message."""
    with transaction.atomic():
        if _end(attempt, Outcome.REFUSED, problem):
            _give_up(attempt.message, State.BOUNCED, Event.MAIL_REFUSED, problem)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: as the setting says, then twice as long each time, at most two hours."""
    doublings = max(0, min(attempts - 1, 20))
    return min(timedelta(seconds=mail_settings().wait) * (1 << doublings), LONGEST_WAIT)


def _patience() -> timedelta:
    """After this time an attempt counts as abandoned."""
    return timedelta(seconds=mail_settings().timeout * ANSWERS_IN_A_SESSION)


def _end_expired(message: Message) -> None:
    """End the open attempt if its time is over.

    Raises:
        Busy: it is not.
    """
    open_attempt = message.tries.filter(ended_at=None).first()
    if open_attempt is None:
        return
    if clock.now() < open_attempt.expires_at:
        raise Busy(open_attempt.expires_at)
    _end(open_attempt, _silence(open_attempt), "abandoned")


def _silence(attempt: Attempt) -> Outcome:
    """What an attempt without an answer means (rule 5)."""
    attempt.refresh_from_db(fields=["handed_over_at"])
    return Outcome.UNKNOWN if attempt.handed_over_at else Outcome.BROKEN


def _end(attempt: Attempt, outcome: Outcome, answer: str) -> bool:
    """Record the result, unless the attempt has one. Whether it was recorded now."""
    still_open = Attempt.objects.filter(pk=attempt.pk, ended_at=None)
    return still_open.update(ended_at=clock.now(), outcome=outcome, answer=answer[:200]) == 1


def _give_up(message: Message, state: State, event: Event, problem: str) -> None:
    _change(message, state=state, last_error=problem)
    record(event, actor=None, subject=message.recipient_id, number=message.number, answer=problem)


def _change(message: Message, **values: object) -> None:
    Message.objects.filter(pk=message.pk).update(**values)
    for name, value in values.items():
        setattr(message, name, value)
