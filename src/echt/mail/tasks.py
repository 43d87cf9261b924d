"""Background work of the mail room. Each job may run any number of times; `delivery` holds what is done already."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from echt import clock
from echt.mail import delivery
from echt.mail.envelope import Unsendable, envelope_of
from echt.mail.models import Attempt, Message, State
from echt.mail.settings import mail_settings
from echt.mail.transport import NoAnswer, Permanent, Temporary, transport
from echt.vault.errors import Destroyed
from echt.work.jobs import Backoff, GiveUp, Later, job
from echt.work.schedules import every

MISHAPS = 24
"""How often a worker may die, or the database fail, over one message. The ledger counts the tries at delivery."""
PAUSE = Backoff(first=30, factor=2, most=7200)
PURGED_AT_ONCE = 500


@job(attempts=MISHAPS, backoff=PAUSE)
def deliver(*, message: str) -> None:
    """Try to deliver a message once, and come back later where that is of use.

    Raises:
        Later: try again, at the time that the ledger says.
        GiveUp: refused, or tried often enough: a dead letter.
    """
    _deliver(UUID(message))


@job(attempts=MISHAPS, backoff=PAUSE, priority=-50)
def deliver_news(*, message: str) -> None:
    """As `deliver`, after everything else: a newsletter to all never holds up a warning to one."""
    _deliver(UUID(message))


def _deliver(message: UUID) -> None:
    attempt = _claim(message)
    if attempt is None:
        return
    try:
        answer = _try(attempt)
    except Temporary as problem:
        _again(attempt, problem)
    except (Permanent, Unsendable, Destroyed) as problem:
        delivery.refused(attempt, _short(problem))
        raise GiveUp(_short(problem)) from problem
    else:
        delivery.accepted(attempt, answer)


def _claim(message: UUID) -> Attempt | None:
    try:
        return delivery.claim(message)
    except delivery.Busy as busy:
        raise Later(at=busy.until) from busy


def _try(attempt: Attempt) -> str:
    envelope = envelope_of(attempt.message)
    return transport().deliver(envelope, handing_over=partial(delivery.handing_over, attempt))


def _again(attempt: Attempt, problem: Temporary) -> None:
    at = delivery.deferred(attempt, _short(problem), answered=not isinstance(problem, NoAnswer))
    if at is None:
        raise GiveUp(_short(problem)) from problem
    raise Later(at=at) from problem


def _short(problem: Exception) -> str:
    """For operators, without personal data."""
    return "the recipient's key is destroyed" if isinstance(problem, Destroyed) else str(problem)


@every(timedelta(hours=1))
@job()
def purge() -> None:
    """Remove text and HTML of messages whose retention is over. The ledger line stays."""
    before = clock.now() - timedelta(days=mail_settings().retention)
    due = Message.objects.filter(purged_at=None, created_at__lt=before).exclude(state__in=[State.QUEUED, State.SENDING])
    for message in due.order_by("created_at")[:PURGED_AT_ONCE]:
        message.text = message.html = None
        message.purged_at = clock.now()
        message.save(update_fields=["text", "html", "purged_at"])
