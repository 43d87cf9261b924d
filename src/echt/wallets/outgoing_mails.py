"""The mails of what leaves: addresses, withdrawals, transfers and gifts.

What takes money away is told as a security notice, with the link that locks the account.
"""

from dataclasses import dataclass
from typing import ClassVar, Self

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.accounts.mails.notice import EXAMPLE_LOCK, EXAMPLE_WHERE, Notice
from echt.mail.kinds import Mail, Stream
from echt.mail.parts import Button, Facts, Paragraph, Part
from echt.mail.recipient import Recipient
from echt.mail.targets import page
from echt.wallets.mails import EXAMPLE_AT, PAGE, Kind

EXAMPLE_AMOUNT = "0.30000000 BTC"


@dataclass(frozen=True, kw_only=True)
class Leaving(Notice):
    """Money, or the way for it, leaves. `told`: what, as names and values."""

    told: tuple[tuple[str, str], ...]
    happened: ClassVar[Promise]
    heading: ClassVar[Promise]

    @classmethod
    def example(cls, to: Recipient) -> Self:
        told = ((_("Amount"), EXAMPLE_AMOUNT), (_("Address"), "bc1q…x7k4"))
        return cls(to=to, at=EXAMPLE_AT, where=EXAMPLE_WHERE, lock=EXAMPLE_LOCK, told=told)

    def subject(self) -> str:
        return str(self.heading)

    def what(self) -> list[Part]:
        return [Paragraph(str(self.happened)), Facts([*self.told])]


class AddressAdded(Leaving):
    kind = Kind.ADDRESS_ADDED
    label = gettext_lazy("Wallets: address added")
    heading = gettext_lazy("A new address for withdrawals")
    happened = gettext_lazy("an address was added to your address book. Withdrawals can go there after a delay.")


class WithdrawalRequested(Leaving):
    kind = Kind.WITHDRAWAL_REQUESTED
    label = gettext_lazy("Wallets: withdrawal requested")
    heading = gettext_lazy("A withdrawal was requested")
    happened = gettext_lazy("a withdrawal was requested from your account.")


class MoneySent(Leaving):
    kind = Kind.MONEY_SENT
    label = gettext_lazy("Wallets: sent to a customer")
    heading = gettext_lazy("You sent something to another customer")
    happened = gettext_lazy("something was sent from your account to another customer.")


class GiftGiven(Leaving):
    kind = Kind.GIFT_GIVEN
    label = gettext_lazy("Wallets: gift made")
    heading = gettext_lazy("You made a gift")
    happened = gettext_lazy("a gift was made from your account. Whoever has its link can claim it.")


@dataclass(frozen=True, kw_only=True)
class News(Mail):
    """Something happened to money that needs nobody's answer. `address`: of the page that tells more."""

    stream = Stream.TRANSACTIONAL
    told: tuple[tuple[str, str], ...]
    address: str = PAGE
    happened: ClassVar[Promise]
    heading: ClassVar[Promise]
    further: ClassVar[Promise]

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to, told=((_("Amount"), EXAMPLE_AMOUNT),))

    def subject(self) -> str:
        return str(self.heading)

    def preview(self) -> str:
        return str(self.further)

    def body(self) -> list[Part]:
        return [
            Paragraph(str(self.happened)),
            Facts([*self.told]),
            Paragraph(str(self.further)),
            Button(_("See it in your wallet"), page(self.address)),
        ]


class WithdrawalSent(News):
    kind = Kind.WITHDRAWAL_SENT
    label = gettext_lazy("Wallets: withdrawal sent")
    heading = gettext_lazy("Your withdrawal is on its way")
    happened = gettext_lazy("your withdrawal was sent.")
    further = gettext_lazy("It arrives when the network has confirmed it.")


class WithdrawalFailed(News):
    kind = Kind.WITHDRAWAL_FAILED
    label = gettext_lazy("Wallets: withdrawal failed")
    heading = gettext_lazy("Your withdrawal could not be sent")
    happened = gettext_lazy("your withdrawal could not be sent.")
    further = gettext_lazy("The money is back in your wallet, with its fee, and your limit is as it was before.")


class MoneyReceived(News):
    kind = Kind.MONEY_RECEIVED
    label = gettext_lazy("Wallets: received from a customer")
    heading = gettext_lazy("You received something")
    happened = gettext_lazy("another customer has sent you something.")
    further = gettext_lazy("It is in your wallet, and you can use it at once.")


class GiftClaimed(News):
    kind = Kind.GIFT_CLAIMED
    label = gettext_lazy("Wallets: gift claimed")
    heading = gettext_lazy("Your gift was claimed")
    happened = gettext_lazy("your gift has arrived: it was claimed.")
    further = gettext_lazy("There is nothing more to do.")


class GiftReturned(News):
    kind = Kind.GIFT_RETURNED
    label = gettext_lazy("Wallets: gift came back")
    heading = gettext_lazy("Your gift came back")
    happened = gettext_lazy("nobody claimed your gift in its time.")
    further = gettext_lazy("The money is back in your wallet.")
