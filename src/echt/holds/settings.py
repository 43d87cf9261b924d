"""Settings of holds."""

from django.conf import settings
from pydantic import BaseModel, Field


class HoldsSettings(BaseModel):
    clock_skew: int = Field(
        default=30,
        ge=0,
        description=(
            "Seconds by which the clocks of this machine and of PostgreSQL may differ; beyond, nothing may leave. "
            "0: not compared."
        ),
    )
    large_sats: int = Field(
        default=50_000_000, ge=1, description="Satoshis from which a purchase counts as large at the risk desk."
    )
    many_purchases: int = Field(default=4, ge=2, description="Purchases within 24 hours that count as many.")
    several_channels: int = Field(default=2, ge=2, description="Ways of paying within 24 hours that count as several.")
    young_hours: int = Field(default=24, ge=0, description="Hours for which an account counts as new at the risk desk.")
    appeals: int = Field(default=3, ge=1, description="How often a customer may ask for the earlier release of a hold.")


def holds_settings() -> HoldsSettings:
    return settings.ECHT.holds
