"""Settings of wallets."""

from django.conf import settings
from pydantic import BaseModel, Field, SecretStr


class WalletsSettings(BaseModel):
    reference: str = Field(default="EUR", description="The fiat currency in which prices are quoted and totals shown.")
    sources: list[str] = Field(
        default=[],
        description=(
            "Where prices come from: paths of files or addresses of pages, each a JSON object. "
            "The median of the fresh ones counts."
        ),
    )
    least_sources: int = Field(default=2, ge=1, description="Fresh sources without which there is no price.")
    price_age: int = Field(default=60, ge=1, description="Seconds after which what a source said is too old.")
    price_jump: int = Field(
        default=10, ge=1, le=100, description="Per cent by which a source may differ from the median and still count."
    )
    quote_age: int = Field(default=30, ge=1, description="Seconds that a price shown to a customer can be confirmed.")
    spread: int = Field(
        default=50, ge=0, le=10_000, description="Hundredths of a per cent that a conversion or purchase costs."
    )
    address_delay: int = Field(default=24, ge=0, description="Hours before a new address can be withdrawn to.")
    gift_days: int = Field(default=7, ge=1, description="Days after which an unclaimed gift goes back.")
    purchase_minutes: int = Field(default=30, ge=1, description="Minutes in which a purchase must be paid.")
    bank_hours: int = Field(default=72, ge=1, description="Hours in which a bank transfer must arrive.")
    callback_keys: dict[str, SecretStr] = Field(
        default={},
        description="Keys with which payment processors sign what they tell, by the processor's name.",
    )
    sandbox: bool = Field(
        default=False,
        description="Whether purchases are paid at the sandbox, without real money. The demo has it in any case.",
    )
    sandbox_seconds: int = Field(default=3, ge=0, description="Seconds after which the sandbox tells what happened.")
    sandbox_chargeback_hours: int = Field(
        default=48, ge=0, description="Hours after which the sandbox charges back what was chosen to be."
    )
    cancel_seconds: int = Field(
        default=60, ge=0, description="Seconds before a withdrawal is handed to custody, in which it can be cancelled."
    )


def wallets_settings() -> WalletsSettings:
    return settings.ECHT.wallets
