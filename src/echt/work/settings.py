"""Settings of background work."""

from django.conf import settings
from pydantic import BaseModel, Field


class WorkSettings(BaseModel):
    poll: float = Field(
        default=0.5,
        gt=0,
        description="Seconds that an idle worker waits before it looks for work again.",
    )
    stalled: int = Field(
        default=60,
        ge=5,
        description="Seconds without a sign of life after which a worker counts as dead "
        "and its work is taken up by another.",
    )


def work_settings() -> WorkSettings:
    return settings.ECHT.work
