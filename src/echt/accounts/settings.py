"""Settings of accounts and of the anti-phishing code."""

from django.conf import settings
from pydantic import BaseModel, Field


class AccountsSettings(BaseModel):
    password: int = Field(default=12, ge=8, description="The least number of characters of a password.")
    breached: str = Field(
        default="",
        description=(
            "A file of SHA-1 hashes of breached passwords, sorted, one in hex a line (`HASH` or `HASH:COUNT`). "
            "Empty: only the list of common passwords is used."
        ),
    )
    idle: int = Field(default=30, ge=1, description="Minutes without activity after which a customer is signed out.")
    absolute: int = Field(default=12, ge=1, description="Hours after which a customer is signed out in any case.")
    staff_idle: int = Field(default=15, ge=1, description="Minutes without activity after which staff are signed out.")
    staff_absolute: int = Field(default=8, ge=1, description="Hours after which staff are signed out in any case.")
    weakened: int = Field(
        default=24,
        ge=0,
        description="Hours that outgoing money pauses after a change that weakens the account.",
    )
    recovered: int = Field(default=72, ge=0, description="Hours that outgoing money pauses after a recovery.")
    strengthened: int = Field(
        default=6,
        ge=0,
        le=6,
        description="Hours that outgoing money pauses after a change that strengthens the account.",
    )
    code_length: int = Field(
        default=6, ge=1, le=32, description="The most characters that an anti-phishing code may have."
    )
    code_spaces: bool = Field(default=False, description="Whether an anti-phishing code may have spaces and hyphens.")


def accounts_settings() -> AccountsSettings:
    return settings.ECHT.accounts
