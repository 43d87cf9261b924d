"""Having a job tried again that was given up.

Whether somebody may ask for that, and its audit event, are the asking room's matter.
"""

from uuid import UUID

from django.db import transaction
from django.utils.module_loading import import_string

from echt import clock
from echt.work.jobs import Job
from echt.work.models import DeadLetter


class AlreadyRetried(Exception):
    """Somebody has had this dead letter tried again before."""


def retry(letter_id: UUID) -> UUID:
    """Put the job into the queue again, with all its attempts; the entry that stands for it now.

    Raises:
        DeadLetter.DoesNotExist: there is no such dead letter.
        AlreadyRetried: it was tried again before.
        ImportError: the job does not exist any more.
    """
    with transaction.atomic():
        letter = DeadLetter.objects.select_for_update().get(pk=letter_id)
        if letter.retried_at is not None:
            raise AlreadyRetried
        job: Job[...] = import_string(letter.job)
        letter.retried_at = clock.now()
        letter.save(update_fields=["retried_at"])
        return job.enqueue(key=letter.key, **letter.arguments)
