"""The one clock, by the name that background work knows it."""

from echt.clock import now

__all__ = ["now"]
