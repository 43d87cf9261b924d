"""The mails of wallets. Amounts stand in them in full; addresses and names of others do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Self

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from echt.mail.kinds import Mail, Stream
from echt.mail.parts import Button, Facts, Note, Paragraph, Part
from echt.mail.recipient import Recipient
from echt.mail.targets import page
from echt.ui.formats import day_and_time, exact
from echt.wallets.failures import SENTENCES, Failure

PAGE = "/wallets/"
EXAMPLE_AT = datetime.fromisoformat("2026-11-22T08:41:00+00:00")
EXAMPLE_HOURS = 72


class Kind(StrEnum):
    """A kind of mail, as `subject.what_happened`; the value is stored, so it is never renamed."""

    PURCHASE_COMPLETED = "wallets.purchase_completed"
    PURCHASE_FAILED = "wallets.purchase_failed"
    PURCHASE_CHARGED_BACK = "wallets.purchase_charged_back"
    ADDRESS_ADDED = "wallets.address_added"
    WITHDRAWAL_REQUESTED = "wallets.withdrawal_requested"
    WITHDRAWAL_SENT = "wallets.withdrawal_sent"
    WITHDRAWAL_FAILED = "wallets.withdrawal_failed"
    MONEY_SENT = "wallets.money_sent"
    MONEY_RECEIVED = "wallets.money_received"
    GIFT_GIVEN = "wallets.gift_given"
    GIFT_CLAIMED = "wallets.gift_claimed"
    GIFT_RETURNED = "wallets.gift_returned"


@dataclass(frozen=True, kw_only=True)
class OfPurchase(Mail):
    """A mail about a purchase. `amount`, `paid`: as the reader's language writes them; `address`: of its page."""

    stream = Stream.TRANSACTIONAL
    amount: str
    paid: str
    address: str
    opening: ClassVar[Promise]

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to, amount="0.04200000 BTC", paid="€2,100.00", address=PAGE)

    def facts(self) -> list[tuple[str, str]]:
        return [(_("Amount"), self.amount), (_("Price"), self.paid)]

    def to_the_page(self, label: str) -> Button:
        return Button(label, page(self.address))


@dataclass(frozen=True, kw_only=True)
class PurchaseCompleted(OfPurchase):
    """`held_until` None: it is not held."""

    kind = Kind.PURCHASE_COMPLETED
    label = gettext_lazy("Wallets: purchase completed")
    at: datetime
    hours: int = 0
    held_until: datetime | None = None

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(
            to=to,
            amount="0.04200000 BTC",
            paid="€2,100.00",
            address=PAGE,
            at=EXAMPLE_AT,
            hours=EXAMPLE_HOURS,
            held_until=EXAMPLE_AT + timedelta(hours=EXAMPLE_HOURS),
        )

    def subject(self) -> str:
        return _("Your purchase is completed")

    def preview(self) -> str:
        if self.held_until is None:
            return _("The coins are in your wallet.")
        return _("The coins are in your wallet, and free on %(moment)s.") % {"moment": day_and_time(self.held_until)}

    def body(self) -> list[Part]:
        return [
            Paragraph(_("your payment has arrived, and the coins are in your wallet.")),
            Facts([*self.facts(), (_("Completed"), exact(self.at)), *self._until()]),
            *self._hold(),
            self.to_the_page(_("See the purchase")),
        ]

    def _until(self) -> list[tuple[str, str]]:
        return [(_("Held until"), exact(self.held_until))] if self.held_until else []

    def _hold(self) -> Sequence[Part]:
        if self.held_until is None:
            return []
        sentence = ngettext(
            "It is held for %(count)s hour from now. You may trade and convert it at once. "
            "Until the end you cannot withdraw, send, sell or give it away. It is then free by itself.",
            "It is held for %(count)s hours from now. You may trade and convert it at once. "
            "Until the end you cannot withdraw, send, sell or give it away. It is then free by itself.",
            self.hours,
        )
        return [Note(sentence % {"count": self.hours})]


@dataclass(frozen=True, kw_only=True)
class PurchaseFailed(OfPurchase):
    kind = Kind.PURCHASE_FAILED
    label = gettext_lazy("Wallets: purchase not completed")
    failure: Failure = Failure.DECLINED

    def subject(self) -> str:
        return _("Your purchase was not completed")

    def preview(self) -> str:
        return str(SENTENCES[self.failure])

    def body(self) -> list[Part]:
        return [
            Paragraph(_("your purchase was not completed. Your wallet has not changed.")),
            Facts(self.facts()),
            Paragraph(str(SENTENCES[self.failure]), lead=_("Why?")),
            self.to_the_page(_("See the purchase")),
        ]


@dataclass(frozen=True, kw_only=True)
class PurchaseChargedBack(OfPurchase):
    kind = Kind.PURCHASE_CHARGED_BACK
    stream = Stream.SECURITY
    label = gettext_lazy("Wallets: payment charged back")
    at: datetime

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to, amount="0.04200000 BTC", paid="€2,100.00", address=PAGE, at=EXAMPLE_AT)

    def subject(self) -> str:
        return _("A payment was charged back")

    def preview(self) -> str:
        return _("What is left of the purchase is frozen.")

    def body(self) -> list[Part]:
        return [
            Paragraph(
                _(
                    "the payment of one of your purchases was taken back. "
                    "What is left of that purchase is frozen until our team has looked at it."
                )
            ),
            Facts([*self.facts(), (_("Charged back"), exact(self.at))]),
            Paragraph(
                _("Ask your bank who took the payment back, and write to us: a person will help you."),
                lead=_("Was it not you?"),
            ),
            self.to_the_page(_("See the purchase")),
        ]
