"""Processors without real money that behave like the real thing: they take their time, decline, and repeat themselves.

1. What happens is chosen on the sandbox's page by whoever would pay, and told by the same callbacks as everybody's:
   signed, one body for each event, through `actions.callbacks.receive`.
2. They are open in the demo and where the operator says so (`register.sandbox_is_open`), nowhere else.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.wallets.failures import Failure
from echt.wallets.models.purchases import Channel, Purchase
from echt.wallets.processors import messages, signatures
from echt.wallets.processors.contract import Happened, Order, Told
from echt.wallets.settings import wallets_settings


class Outcome(StrEnum):
    """What whoever pays lets happen."""

    PAID = "paid"
    PAID_TWICE_TOLD = "paid_twice_told"
    DECLINED = "declined"
    INSUFFICIENT = "insufficient"
    TOO_LITTLE = "too_little"
    LATE = "late"
    NOT_RELEASED = "not_released"
    NEVER = "never"
    CHARGED_BACK_LATER = "charged_back_later"
    CHARGED_BACK_FIRST = "charged_back_first"


LABELS: dict[Outcome, Promise] = {
    Outcome.PAID: _("Pay exactly this"),
    Outcome.PAID_TWICE_TOLD: _("Pay, and have it told twice"),
    Outcome.DECLINED: _("Have the payment declined"),
    Outcome.INSUFFICIENT: _("Have too little on the card or account"),
    Outcome.TOO_LITTLE: _("Pay one unit too little"),
    Outcome.LATE: _("Pay after the time is over"),
    Outcome.NOT_RELEASED: _("Pay, but the seller releases nothing"),
    Outcome.NEVER: _("Never pay"),
    Outcome.CHARGED_BACK_LATER: _("Pay, and take the payment back days later"),
    Outcome.CHARGED_BACK_FIRST: _("Pay, but the taking back is told first"),
}
OUTCOMES: dict[Channel, tuple[Outcome, ...]] = {
    Channel.CARD: (
        Outcome.PAID,
        Outcome.PAID_TWICE_TOLD,
        Outcome.DECLINED,
        Outcome.INSUFFICIENT,
        Outcome.NEVER,
        Outcome.CHARGED_BACK_LATER,
        Outcome.CHARGED_BACK_FIRST,
    ),
    Channel.BANK: (
        Outcome.PAID,
        Outcome.PAID_TWICE_TOLD,
        Outcome.TOO_LITTLE,
        Outcome.LATE,
        Outcome.NEVER,
        Outcome.CHARGED_BACK_LATER,
    ),
    Channel.PROCESSOR: (
        Outcome.PAID,
        Outcome.PAID_TWICE_TOLD,
        Outcome.DECLINED,
        Outcome.TOO_LITTLE,
        Outcome.NEVER,
        Outcome.CHARGED_BACK_LATER,
        Outcome.CHARGED_BACK_FIRST,
    ),
    Channel.P2P: (
        Outcome.PAID,
        Outcome.NOT_RELEASED,
        Outcome.TOO_LITTLE,
        Outcome.NEVER,
        Outcome.CHARGED_BACK_LATER,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One event that the sandbox will tell. `event`: which of the purchase's; the same one is the same event."""

    event: str
    happened: Happened
    after: timedelta = field(default_factory=timedelta)
    short: int = 0
    """Units that are missing in what was paid."""
    failure: Failure = Failure.DECLINED


def tellings(outcome: Outcome) -> list[Telling]:
    """What the sandbox tells, in the order and after the time in which it does."""
    soon = timedelta(seconds=wallets_settings().sandbox_seconds)
    later = timedelta(hours=wallets_settings().sandbox_chargeback_hours)
    paid = Telling(event="paid", happened=Happened.COMPLETED, after=soon)
    back = Telling(event="back", happened=Happened.CHARGED_BACK, after=soon)
    declined = Telling(event="failed", happened=Happened.FAILED, after=soon)
    return {
        Outcome.PAID: [paid],
        Outcome.PAID_TWICE_TOLD: [paid, paid],
        Outcome.DECLINED: [declined],
        Outcome.INSUFFICIENT: [_because(declined, Failure.INSUFFICIENT)],
        Outcome.TOO_LITTLE: [Telling(event="paid", happened=Happened.COMPLETED, after=soon, short=1)],
        Outcome.LATE: [
            Telling(event="over", happened=Happened.EXPIRED, after=soon),
            Telling(event="paid", happened=Happened.COMPLETED, after=2 * soon),
        ],
        Outcome.NOT_RELEASED: [_because(declined, Failure.NOT_RELEASED)],
        Outcome.NEVER: [],
        Outcome.CHARGED_BACK_LATER: [paid, Telling(event="back", happened=Happened.CHARGED_BACK, after=soon + later)],
        Outcome.CHARGED_BACK_FIRST: [back, Telling(event="paid", happened=Happened.COMPLETED, after=2 * soon)],
    }[outcome]


@dataclass(frozen=True, kw_only=True)
class Sandbox:
    """The sandbox of one channel."""

    name: str
    channel: Channel
    is_sandbox: bool = True

    def begin(self, order: Order) -> str:
        return f"sb-{order.purchase}"

    def address(self, purchase: Purchase) -> str:
        return reverse("wallets:sandbox", kwargs={"purchase": purchase.pk})

    def read(self, *, signature: str, body: bytes) -> Told:
        signatures.check(self.name, signature, body)
        return messages.read(body)

    def give_back(self, reference: str, why: Failure) -> None:
        """There is no real money, so nothing has to go back."""


SANDBOXES = (
    Sandbox(name="sandbox-card", channel=Channel.CARD),
    Sandbox(name="sandbox-bank", channel=Channel.BANK),
    Sandbox(name="sandbox-service", channel=Channel.PROCESSOR),
    Sandbox(name="sandbox-p2p", channel=Channel.P2P),
)


def event_of(purchase: UUID, event: str) -> str:
    """The identifier of an event: told twice it is the same."""
    return f"{purchase}-{event}"


def _because(telling: Telling, failure: Failure) -> Telling:
    return Telling(event=telling.event, happened=telling.happened, after=telling.after, failure=failure)
