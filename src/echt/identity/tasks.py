"""Background work of identification. Each job may run any number of times, and finds out itself what is still to do.

Machines look at pictures in the queue `vision`, whose worker has the models; everything else runs in the usual one.
"""

from datetime import timedelta
from uuid import UUID

from echt.identity import expiry, looking, retention
from echt.identity.examining import every as examining
from echt.identity.uploads import parts
from echt.vault import files
from echt.work.jobs import Backoff, job
from echt.work.schedules import every

SOON = Backoff(first=2, factor=3, most=600)


@job(attempts=5, backoff=SOON, priority=10, queue="vision")
def judge_picture(*, picture: str) -> None:
    """Say whether a picture of a document will do; somebody waits for it."""
    looking.judge(UUID(picture))


@job(attempts=5, backoff=SOON, priority=5, queue="vision")
def read_document(*, case: str, pictures: list[str]) -> None:
    """Read the document from these pictures, front first."""
    looking.read(UUID(case), [UUID(picture) for picture in pictures])


@job(attempts=5, backoff=SOON, priority=10, queue="vision")
def verify_challenge(*, challenge: str) -> None:
    """Verify the answer to a challenge."""
    looking.verify(UUID(challenge))


@job(attempts=8, backoff=SOON, queue="vision")
def examine_case(*, case: str, attempt: int) -> None:
    """Run the checks of a submitted case."""
    examining.examine(UUID(case), attempt)


@every(timedelta(minutes=5))
@job()
def hand_over_unchecked() -> None:
    """Give people the cases that the machines have had for too long."""
    examining.hand_over()


@every(timedelta(hours=1))
@job()
def warn_before_expiry() -> None:
    """Write to those whose level ends soon, and to those whose level has ended."""
    expiry.warn()
    expiry.tell_ended()


@every(timedelta(hours=1))
@job()
def close_lapsed() -> None:
    """Close applications from whose applicants nothing has come for a long time."""
    retention.lapse()


@every(timedelta(hours=1))
@job()
def forget_what_is_over() -> None:
    """Delete what is kept longer than it may be."""
    retention.forget()


@every(timedelta(hours=1))
@job()
def sweep_uploads() -> None:
    """Clear away uploads that are over their time, and bytes that a crash left behind."""
    parts.sweep_expired()
    files.sweep_orphans()
