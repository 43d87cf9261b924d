"""The one clock: every time in the product comes from here, so a test can set it and none is local."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)
