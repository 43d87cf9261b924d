"""Why a hold was extended, frozen or clawed back: a code that the customer is told, and words for the desk alone.

1. The customer is told the code's sentence and what unblocks it, never the desk's words.
2. What an authority asks for, or what must not be told, is `CHECK`: its sentence says no more than that.
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Cause(StrEnum):
    """The value is stored and told by mail, so it is never renamed."""

    CHARGEBACK = "chargeback"
    PAYMENT = "payment"
    ORIGIN = "origin"
    IDENTITY = "identity"
    SECURITY = "security"
    CHECK = "check"


LABELS: dict[Cause, Promise] = {
    Cause.CHARGEBACK: _("Payment charged back"),
    Cause.PAYMENT: _("Payment not confirmed"),
    Cause.ORIGIN: _("Origin of the money"),
    Cause.IDENTITY: _("Who paid"),
    Cause.SECURITY: _("Security of the account"),
    Cause.CHECK: _("Check, not told"),
}
"""For the desk."""
SENTENCES: dict[Cause, Promise] = {
    Cause.CHARGEBACK: _("The bank or the card company has taken the payment of this purchase back."),
    Cause.PAYMENT: _("The payment of this purchase is not confirmed yet."),
    Cause.ORIGIN: _("We need to know where the money of this purchase comes from."),
    Cause.IDENTITY: _("We need to know that you paid for this purchase yourself."),
    Cause.SECURITY: _("We saw signs that somebody else may be using your account."),
    Cause.CHECK: _("We are checking this purchase."),
}
"""For the customer."""
UNBLOCKS: dict[Cause, Promise] = {
    Cause.CHARGEBACK: _("Ask your bank to withdraw the chargeback, and send us its confirmation."),
    Cause.PAYMENT: _("Send us a statement of your bank or card that shows the payment."),
    Cause.ORIGIN: _("Send us a document that shows it, such as a payslip, a contract of sale or a bank statement."),
    Cause.IDENTITY: _("Send us a statement of the account or card that shows your name and the payment."),
    Cause.SECURITY: _("Change your password, look through your security settings, then write to us what you find."),
    Cause.CHECK: _("You need not do anything. You can ask for an earlier release and add documents."),
}
"""What the customer can do about it."""
LONGEST = 1000


def written(cause: Cause, words: str) -> str:
    """As it is kept with the event."""
    words = words.strip()
    return f"{cause.value}: {words}" if words else cause.value


def read(text: str) -> tuple[Cause | None, str]:
    """Code and words of what was kept; without a code everything is words."""
    code, _colon, words = text.partition(": ")
    return (Cause(code), words) if code in set(Cause) else (None, text)
