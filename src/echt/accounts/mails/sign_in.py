"""Notices about what one signs in with."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.accounts.mails.kind import Kind
from echt.accounts.mails.notice import EXAMPLE_AT, EXAMPLE_LOCK, EXAMPLE_WHERE, Notice
from echt.mail.parts import Paragraph, Part
from echt.mail.recipient import Recipient


class NewDevice(Notice):
    kind = Kind.NEW_DEVICE
    label = gettext_lazy("Security: sign-in on a new device")

    def subject(self) -> str:
        return _("Sign-in on a new device")

    def what(self) -> list[Part]:
        return [Paragraph(_("somebody signed in to your account on a device that was not used before."))]


class PasswordChanged(Notice):
    kind = Kind.PASSWORD_CHANGED
    label = gettext_lazy("Security: password changed")

    def subject(self) -> str:
        return _("Your password was changed")

    def what(self) -> list[Part]:
        return [
            Paragraph(_("your password was changed. All other devices were signed out.")),
            Paragraph(
                _("To be safe, payments out of your account pause for a while. Your security page says until when.")
            ),
        ]


class PasswordReset(Notice):
    kind = Kind.PASSWORD_RESET
    label = gettext_lazy("Security: password reset")

    def subject(self) -> str:
        return _("Your password was reset")

    def what(self) -> list[Part]:
        return [
            Paragraph(_("your password was reset with a code from your mailbox. All devices were signed out.")),
            Paragraph(
                _("To be safe, payments out of your account pause for a while. Your security page says until when.")
            ),
        ]


class AppAdded(Notice):
    kind = Kind.APP_ADDED
    label = gettext_lazy("Security: authenticator app added")

    def subject(self) -> str:
        return _("Authenticator app added")

    def what(self) -> list[Part]:
        return [Paragraph(_("from now on your account also asks for a code from your authenticator app."))]


class AppRemoved(Notice):
    kind = Kind.APP_REMOVED
    label = gettext_lazy("Security: authenticator app removed")

    def subject(self) -> str:
        return _("Authenticator app removed")

    def what(self) -> list[Part]:
        return [
            Paragraph(_("your authenticator app no longer belongs to your account.")),
            Paragraph(
                _("To be safe, payments out of your account pause for a while. Your security page says until when.")
            ),
        ]


@dataclass(frozen=True, kw_only=True)
class PasskeyNotice(Notice):
    name: str

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to, at=EXAMPLE_AT, where=EXAMPLE_WHERE, lock=EXAMPLE_LOCK, name="iPhone")

    def facts(self) -> list[tuple[str, str]]:
        return [(_("Passkey"), self.name), *super().facts()]


class PasskeyAdded(PasskeyNotice):
    kind = Kind.PASSKEY_ADDED
    label = gettext_lazy("Security: passkey added")

    def subject(self) -> str:
        return _("Passkey added")

    def what(self) -> list[Part]:
        return [Paragraph(_("a new passkey can now sign in to your account."))]


class PasskeyRemoved(PasskeyNotice):
    kind = Kind.PASSKEY_REMOVED
    label = gettext_lazy("Security: passkey removed")

    def subject(self) -> str:
        return _("Passkey removed")

    def what(self) -> list[Part]:
        return [
            Paragraph(_("a passkey no longer belongs to your account.")),
            Paragraph(
                _("To be safe, payments out of your account pause for a while. Your security page says until when.")
            ),
        ]


class RecoveryCodesMade(Notice):
    kind = Kind.RECOVERY_CODES_MADE
    label = gettext_lazy("Security: new recovery codes")

    def subject(self) -> str:
        return _("New recovery codes")

    def what(self) -> list[Part]:
        return [Paragraph(_("new recovery codes were made for your account. The old ones no longer work."))]


@dataclass(frozen=True, kw_only=True)
class RecoveryCodeUsed(Notice):
    kind = Kind.RECOVERY_CODE_USED
    label = gettext_lazy("Security: recovery code used")
    left: int

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to, at=EXAMPLE_AT, where=EXAMPLE_WHERE, lock=EXAMPLE_LOCK, left=9)

    def subject(self) -> str:
        return _("A recovery code was used")

    def what(self) -> list[Part]:
        return [Paragraph(_("one of your recovery codes was used in place of your second factor."))]

    def facts(self) -> list[tuple[str, str]]:
        return [(_("Codes left"), str(self.left)), *super().facts()]
