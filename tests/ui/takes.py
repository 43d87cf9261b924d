"""What several processes do to one limit at once."""


def take(times: int) -> int:
    """How many of so many takes were allowed."""
    from echt.ui.rate_limits import RateLimit

    limit = RateLimit("race", count=10, seconds=3600)
    return sum(limit.take("key") for _ in range(times))


def taken() -> int:
    """How many takes were counted."""
    from echt.ui.models import LimitWindow

    return LimitWindow.objects.get().taken
