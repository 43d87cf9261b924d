"""What every notice about the security of an account has: what, when, where, and how to stop it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from django.utils.translation import gettext as _

from echt.accounts.where import Where
from echt.mail.kinds import Mail, Stream
from echt.mail.parts import Button, Facts, Paragraph, Part
from echt.mail.recipient import Recipient
from echt.mail.targets import page
from echt.ui.formats import exact

EXAMPLE_AT = datetime(2026, 11, 22, 8, 41, tzinfo=UTC)


EXAMPLE_WHERE = Where(browser="Firefox", system="Linux", address="203.0.113.7")


EXAMPLE_LOCK = "an-example-that-locks-nothing"


@dataclass(frozen=True, kw_only=True)
class Notice(Mail):
    """Something about the security of the account happened: what, when, where, and how to stop it."""

    stream = Stream.SECURITY
    at: datetime
    where: Where
    lock: str

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to, at=EXAMPLE_AT, where=EXAMPLE_WHERE, lock=EXAMPLE_LOCK)

    def what(self) -> list[Part]:
        raise NotImplementedError

    def facts(self) -> list[tuple[str, str]]:
        told = [(_("When"), exact(self.at)), (_("Device"), self.where.device)]
        return [*told, (_("Network address"), self.where.address)] if self.where.address else told

    def preview(self) -> str:
        return _("%(when)s. If it was not you, lock your account.") % {"when": exact(self.at)}

    def body(self) -> list[Part]:
        return [*self.what(), Facts(self.facts()), *self.way_out()]

    def way_out(self) -> list[Part]:
        return [
            Paragraph(_("Then there is nothing to do."), lead=_("Was it you?")),
            Paragraph(
                _("Lock your account. Then nobody can sign in or pay anything out, not even with your password."),
                lead=_("Was it not you?"),
            ),
            Button(
                _("It was not me: lock the account"),
                page(f"/lock/{self.lock}/", secret=self.lock),
                danger=True,
                note=_("The link is valid for 7 days and can only lock, never open anything."),
            ),
        ]
