"""Mails of the entrance: codes to type in, and what somebody hears who has an account already."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.accounts.mails.kind import Kind
from echt.mail.kinds import Mail, Stream
from echt.mail.parts import Button, OneTimeCode, Paragraph, Part
from echt.mail.recipient import Recipient
from echt.mail.targets import page
from echt.ui.settings import brand_settings


@dataclass(frozen=True, kw_only=True)
class OneTimeCodeMail(Mail):
    """A mail whose point is a code to type in."""

    code: str

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to, code="483920")

    def why(self) -> str:
        raise NotImplementedError

    def preview(self) -> str:
        return _("The code is in the message. It is valid for 10 minutes.")

    def body(self) -> list[Part]:
        return [
            Paragraph(self.why()),
            OneTimeCode(self.code),
            Paragraph(_("It is valid for 10 minutes, and only on the page where you asked for it.")),
            Paragraph(
                _("If it was not you, do nothing. Never tell anyone this code: nobody of us will ever ask for it.")
            ),
        ]


class ConfirmAddress(OneTimeCodeMail):
    kind = Kind.CONFIRM_ADDRESS
    stream = Stream.TRANSACTIONAL
    label = gettext_lazy("Account: confirm the mail address")

    def subject(self) -> str:
        return _("Confirm your mail address")

    def why(self) -> str:
        return _("welcome to %(brand)s. With this code you confirm that this mail address is yours:") % {
            "brand": brand_settings().name
        }


class ConfirmDevice(OneTimeCodeMail):
    kind = Kind.CONFIRM_DEVICE
    stream = Stream.SECURITY
    label = gettext_lazy("Security: confirm a new device")

    def subject(self) -> str:
        return _("Confirm your new device")

    def why(self) -> str:
        return _(
            "somebody signed in with your password on a device that we do not know yet. "
            "If it was you, type this code there:"
        )


class ResetPassword(OneTimeCodeMail):
    kind = Kind.RESET_PASSWORD
    stream = Stream.SECURITY
    label = gettext_lazy("Security: code to reset the password")

    def subject(self) -> str:
        return _("Reset your password")

    def why(self) -> str:
        return _("you asked to reset your password. Type this code where you asked for it:")


@dataclass(frozen=True, kw_only=True)
class AlreadyRegistered(Mail):
    kind = Kind.ALREADY_REGISTERED
    stream = Stream.TRANSACTIONAL
    label = gettext_lazy("Account: you already have one")

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to)

    def subject(self) -> str:
        return _("You already have an account")

    def preview(self) -> str:
        return _("Somebody tried to open one with this mail address.")

    def body(self) -> list[Part]:
        return [
            Paragraph(
                _(
                    "somebody tried to open an account with this mail address. "
                    "You already have one, so nothing was changed."
                )
            ),
            Paragraph(_("If it was you: sign in, or reset your password if you no longer know it.")),
            Button(_("Sign in"), page("/sign-in/")),
        ]
