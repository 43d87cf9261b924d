"""Why a customer may not do something with money now. Each says in a sentence what to do; none has changed anything.

What the gate refuses is `gate.Refused`, with its whole answer (`wording`); these are the others.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something was refused, and why in words."""

    words: Promise | str = ""

    def __init__(self, words: Promise | str = "") -> None:
        super().__init__(str(words or self.words))
        self.words = words or self.words

    @property
    def sentence(self) -> str:
        """What to do, in the reader's language."""
        return str(self.words)


# Quotes ---------------------------------------------------------------------------------------------------


class QuoteOver(Refusal):
    """The time in which the price could be confirmed has passed."""

    words = _("The price was no longer valid. Here is a new one; nothing has happened yet.")


class QuoteWrong(Refusal):
    """What was confirmed is not a price that we told this account."""

    words = _("This is not a price that we told you. Please look at the new one; nothing has happened yet.")


class QuoteChanged(Refusal):
    """What would come of it is no longer what the page said."""

    words = _("Something has changed since you saw the price. Please look at the new one; nothing has happened yet.")


class TooLittle(Refusal):
    """So little that nothing would be left of it."""

    words = _("This is too little: after the fee nothing would be left. Please enter more.")


class TooMuch(Refusal):
    """More than can be counted."""

    words = _("This is more than there can be. Please check the digits of the amount.")


class NoPrice(Refusal):
    """There is no price, or none that is fresh enough."""

    words = _("There is no fresh price at the moment, so nothing can be exchanged. Please try again in a minute.")


class NotOffered(Refusal):
    """What was chosen cannot be had here, or not now."""

    words = _("This cannot be had at the moment. Please choose another way.")


class NotForSale(Refusal):
    """No policy says how long it would be held."""

    words = _("This cannot be bought this way: nothing says how long it would be held. Please choose another way.")


class ProcessorAway(Refusal):
    """Whoever takes the payment does not answer."""

    words = _("The payment service does not answer at the moment. Nothing was charged. Please try again in a minute.")


# Addresses ------------------------------------------------------------------------------------------------


class AddressWrong(Refusal):
    """It is no address of this network; the sentence says what it is."""


class AddressKnown(Refusal):
    """It is in the book already."""

    words = _("This address is in your address book already.")


class AddressBookFull(Refusal):
    """There are as many as there may be."""

    words = _("Your address book is full. Please remove an address that you no longer need.")


class LooksAlike(Refusal):
    """It looks like one that was used before. `other`: that one."""

    words = _(
        "This address looks like one that you have used, but it is another. Forgers make such addresses, so that you "
        "take the wrong one. Compare every character, and then tick the box."
    )

    def __init__(self, other: str) -> None:
        super().__init__()
        self.other = other


# Sending, giving and withdrawing --------------------------------------------------------------------------


class AddressTooNew(Refusal):
    """It was added a short while ago."""


class AddressInUse(Refusal):
    """A withdrawal to it is running."""

    words = _("A withdrawal to this address is still running. Please remove it when that is over.")


class LessThanLeast(Refusal):
    """Less than the network carries."""


class FormReused(Refusal):
    """The form was sent before, with other contents."""

    words = _("This form was sent before with other contents. Please look at it once more; nothing has happened yet.")


class NotNow(Refusal):
    """Nobody is there to carry it out."""

    words = _("Withdrawals are not possible at the moment. Please try again later.")


class TooLateToCancel(Refusal):
    """It has been handed over."""

    words = _("This withdrawal can no longer be cancelled: it has been handed over.")


class NoSuchRecipient(Refusal):
    """Nobody can be reached by what was entered, and why is not told."""

    words = _("This cannot be sent. Please ask the recipient for the mail address or account number they use with us.")


class ToYourself(Refusal):
    """The recipient is the sender."""

    words = _("This is your own account. Please enter the recipient's mail address or account number.")


class GiftOver(Refusal):
    """It was claimed, taken back, or its time has passed."""

    words = _("This gift is no longer there: it was claimed already, taken back, or its time was over.")


class OwnGift(Refusal):
    """Nobody claims what they gave."""

    words = _("This gift is yours. Send its link to somebody else, or take it back.")


class WordsRefused(Refusal):
    """The words of a gift hold something that could lead somewhere."""

    words = _("Please write the words without links and mail addresses: forgers use them to lead people away.")
