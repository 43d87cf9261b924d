"""Settings of the API."""

from django.conf import settings
from pydantic import BaseModel, Field


class ApiSettings(BaseModel):
    per_minute: int = Field(
        default=120_000, ge=100, description="Requests a minute that a key of the API may make, counted by the hundred."
    )
    answer_days: int = Field(
        default=30, ge=1, description="Days for which the API keeps an answer, to give it again for the same key."
    )


def api_settings() -> ApiSettings:
    return settings.ECHT.api
