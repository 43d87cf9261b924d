"""Why a purchase was not completed, in a word that is stored and a sentence that is told."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Failure(StrEnum):
    """The value is stored with the event that told it, so it is never renamed."""

    DECLINED = "declined"
    INSUFFICIENT = "insufficient"
    """The card or account that paid has too little."""
    NOT_RELEASED = "not_released"
    """The seller did not release the coins."""
    CANCELLED = "cancelled"
    WRONG_AMOUNT = "wrong_amount"
    """Not exactly what was agreed was paid."""
    LATE = "late"
    """It was paid after the time in which it had to be."""
    EXPIRED = "expired"
    """Nobody paid in time."""
    NOT_ALLOWED = "not_allowed"
    """The gate refused when it was paid: a limit, or the level of the account."""
    TAKEN_BACK = "taken_back"
    """The payment was taken back before the coins were there."""


SENTENCES: dict[Failure, Promise] = {
    Failure.DECLINED: _("The payment was declined. Ask your bank, or choose another way to pay."),
    Failure.INSUFFICIENT: _("Your card or bank account does not cover the payment. Nothing was taken from it."),
    Failure.NOT_RELEASED: _("The seller did not release the coins. What you paid goes back to you."),
    Failure.CANCELLED: _("The payment was cancelled. Nothing was taken."),
    Failure.WRONG_AMOUNT: _("We received another amount than agreed. It goes back to where it came from; buy again."),
    Failure.LATE: _("The payment arrived after its time. It goes back to where it came from; buy again."),
    Failure.EXPIRED: _("No payment arrived in time. If you still want the coins, buy again at the price of now."),
    Failure.NOT_ALLOWED: _("When you paid, your account could not buy this any more. What you paid goes back to you."),
    Failure.TAKEN_BACK: _("The payment was taken back before the coins were yours."),
}
PAID = frozenset({Failure.NOT_RELEASED, Failure.WRONG_AMOUNT, Failure.LATE, Failure.NOT_ALLOWED})
"""Where something was paid that has to go back."""
