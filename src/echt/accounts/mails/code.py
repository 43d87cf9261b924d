"""Mails about the anti-phishing code."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.accounts.mails.kind import Kind
from echt.accounts.mails.notice import Notice
from echt.mail.kinds import Mail, Stream
from echt.mail.parts import Paragraph, Part
from echt.mail.recipient import Recipient


class CodeChanged(Notice):
    kind = Kind.CODE_CHANGED
    label = gettext_lazy("Security: anti-phishing code changed")

    def subject(self) -> str:
        return _("Your anti-phishing code was changed")

    def what(self) -> list[Part]:
        return [
            Paragraph(_("you have a new anti-phishing code.")),
            Paragraph(
                _(
                    "So that you can recognise this message, it carries your old code one last time. "
                    "A second message with the new code follows at once."
                )
            ),
        ]


@dataclass(frozen=True, kw_only=True)
class CodeTest(Mail):
    kind = Kind.CODE_TEST
    stream = Stream.SECURITY
    label = gettext_lazy("Security: test of the anti-phishing code")

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to)

    def subject(self) -> str:
        return _("This is how you recognise us")

    def preview(self) -> str:
        return _("A test of the code that you have just chosen.")

    def body(self) -> list[Part]:
        return [
            Paragraph(
                _(
                    "at the very top of this message you see the anti-phishing code that you have just chosen. "
                    "From now on it stands there in every message from us."
                )
            ),
            Paragraph(_("If it is missing, or if it is another one, the message is forged. Then click on nothing.")),
        ]
