"""What the import of history asks of holds."""

from datetime import datetime, timedelta

from django.db.models import Max

from echt.holds.models import Policy


def held_since(now: datetime) -> datetime:
    """What came in before this is held by no policy in force any more."""
    longest = Policy.objects.filter(valid_until=None).aggregate(hours=Max("hours"))["hours"] or 0
    return now - timedelta(hours=longest)
