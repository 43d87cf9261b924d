"""Notices about the account as a whole: locked, settings locked, closed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.accounts.mails.kind import Kind
from echt.accounts.mails.notice import EXAMPLE_AT, EXAMPLE_LOCK, EXAMPLE_WHERE, Notice
from echt.mail.parts import Paragraph, Part
from echt.mail.recipient import Recipient
from echt.ui.formats import exact


class AccountLocked(Notice):
    kind = Kind.ACCOUNT_LOCKED
    label = gettext_lazy("Security: account locked")

    def subject(self) -> str:
        return _("Your account is locked")

    def what(self) -> list[Part]:
        return [
            Paragraph(_("your account was locked with the link in one of our messages. All devices were signed out."))
        ]

    def way_out(self) -> list[Part]:
        return [
            Paragraph(
                _(
                    "To open it again, reset your password on our sign-in page. "
                    "You need access to this mailbox, and your second factor if you have one."
                )
            ),
        ]


@dataclass(frozen=True, kw_only=True)
class SettingsLocked(Notice):
    kind = Kind.SETTINGS_LOCKED
    label = gettext_lazy("Security: settings locked")
    until: datetime

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(
            to=to,
            at=EXAMPLE_AT,
            where=EXAMPLE_WHERE,
            lock=EXAMPLE_LOCK,
            until=datetime(2026, 11, 29, 8, 41, tzinfo=UTC),
        )

    def subject(self) -> str:
        return _("Your security settings are locked")

    def what(self) -> list[Part]:
        return [
            Paragraph(_("nobody can change your security settings for now. Not even our support can shorten this."))
        ]

    def facts(self) -> list[tuple[str, str]]:
        return [(_("Until"), exact(self.until)), *super().facts()]


class AccountClosed(Notice):
    kind = Kind.ACCOUNT_CLOSED
    label = gettext_lazy("Account: closed")

    def subject(self) -> str:
        return _("Your account is closed")

    def what(self) -> list[Part]:
        return [Paragraph(_("as you asked, your account is closed. Nobody can sign in any more."))]

    def way_out(self) -> list[Part]:
        return [Paragraph(_("If it was not you, answer to this message at once."))]
