"""Settings of mail that would be dangerous or useless together."""

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004

from echt.mail import places
from echt.mail.settings import mail_settings


@register(Tags.security)
def mail_travels_encrypted(**_kwargs: Any) -> Sequence[CheckMessage]:
    settings = mail_settings()
    if settings.transport != "smtp" or settings.security != "none" or is_loopback(settings.host):
        return []
    return [
        Error(
            f"Mail, and the password of the SMTP server, would travel to {settings.host} in clear.",
            hint="Set ECHT_MAIL_SECURITY to starttls or tls. `none` is for a server on this machine.",
            id="mail.E001",
        )
    ]


@register(Tags.security)
def sign_in_is_whole(**_kwargs: Any) -> Sequence[CheckMessage]:
    settings = mail_settings()
    if bool(settings.user) == bool(settings.password.get_secret_value()):
        return []
    return [
        Error(
            "The SMTP server's user name or password is missing.",
            hint="Set both ECHT_MAIL_USER and ECHT_MAIL_PASSWORD, or neither.",
            id="mail.E002",
        )
    ]


@register()
def code_page_is_known(**_kwargs: Any) -> Sequence[CheckMessage]:
    if places.code_page.view:
        return []
    return [
        Error(
            "No room says where one sets the anti-phishing code, and every message must.",
            hint='Call `places.code_page.register("room:view")` when the product starts.',
            id="mail.E003",
        )
    ]


@register(Tags.security, deploy=True)
def mail_leaves(**_kwargs: Any) -> Sequence[CheckMessage]:
    if mail_settings().transport != "outbox":
        return []
    return [
        Warning(
            "Mail is only written into the local outbox.",
            hint="Set ECHT_MAIL_TRANSPORT to smtp, with ECHT_MAIL_HOST.",
            id="mail.W001",
        )
    ]


def is_loopback(host: str) -> bool:
    """Whether what is sent to this host stays on this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
