"""Settings of outgoing mail."""

from typing import Literal

from django.conf import settings
from pydantic import BaseModel, Field, SecretStr


class MailSettings(BaseModel):
    transport: Literal["outbox", "smtp"] = Field(
        default="outbox",
        description="How mail leaves: `outbox` writes it into a file in the data folder, `smtp` gives it to a server.",
    )
    host: str = Field(default="127.0.0.1", description="The SMTP server.")
    port: int = Field(default=25, ge=1, le=65535, description="The port of the SMTP server.")
    security: Literal["none", "starttls", "tls"] = Field(
        default="starttls", description="Encryption to the SMTP server: `none`, `starttls` or `tls`."
    )
    user: str = Field(default="", description="User name at the SMTP server. Empty: no sign-in.")
    password: SecretStr = Field(default=SecretStr(""), description="Password at the SMTP server.")
    timeout: float = Field(default=30, gt=0, description="Seconds to wait for an answer of the SMTP server.")
    domain: str = Field(
        default="mail.nordlicht.example",
        description="Domain of the sender addresses and of the Message-IDs.",
    )
    attempts: int = Field(
        default=12, ge=1, description="How often delivery is tried before the mail becomes a dead letter."
    )
    wait: float = Field(
        default=30,
        gt=0,
        le=7200,
        description="Seconds until a failed delivery is tried again. Further waits double, up to two hours.",
    )
    retention: int = Field(
        default=90,
        ge=1,
        description="Days that the text of a mail is kept, encrypted. Then only its hash and its ledger line remain.",
    )


def mail_settings() -> MailSettings:
    return settings.ECHT.mail
