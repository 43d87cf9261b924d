"""How a mail leaves the house. `transport()` gives the one that the settings name."""

from collections.abc import Callable
from typing import Protocol

from echt.mail import outbox as local_outbox
from echt.mail.envelope import Envelope
from echt.mail.settings import mail_settings


class Temporary(Exception):
    """Not now: try again later. The text is for operators and holds no personal data."""


class NoAnswer(Temporary):
    """As above, and without an answer: where the mail had been handed over, it may have been accepted."""


class Permanent(Exception):
    """Never: the receiving side refuses this mail. The text is for operators and holds no personal data."""


class Transport(Protocol):
    def deliver(self, envelope: Envelope, *, handing_over: Callable[[], None]) -> str:
        """Give a mail to the receiving side and return its answer in short, for operators.

        Calls `handing_over` right before the receiving side could accept: what fails earlier was not accepted.

        Raises:
            NoAnswer: the receiving side was not there, or fell silent.
            Temporary: it asks for patience.
            Permanent: a refusal of this mail.
        """


def transport() -> Transport:
    """The transport that the settings name."""
    from echt.mail.transport.outbox import OutboxTransport
    from echt.mail.transport.smtp import SmtpTransport

    if mail_settings().transport == "smtp":
        return SmtpTransport(mail_settings())
    return OutboxTransport(local_outbox.folder())
