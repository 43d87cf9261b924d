"""Background work of the API. It may run any number of times."""

from datetime import timedelta

from echt import clock
from echt.api.models import StoredAnswer
from echt.api.settings import api_settings
from echt.work.jobs import job
from echt.work.schedules import every


@every(timedelta(hours=1))
@job()
def forget_answers() -> None:
    """Remove kept answers that are old enough (`idempotency`, rule 5)."""
    StoredAnswer.objects.filter(at__lte=clock.now() - timedelta(days=api_settings().answer_days)).delete()
