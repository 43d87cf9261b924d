"""Purchases and deposits, and the holds that come of them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from echt.api.schemas.basics import Amount, Asked, AssetCode, Cursor, Given, Instant, Reference, Told
from echt.holds.models import HoldChange
from echt.wallets.models.purchases import Channel, PurchaseState
from echt.wallets.operations import Operation
from echt.wallets.standing import HoldEnd

ACCOUNT = "0193a2f0-7c1e-7cc3-9b1a-2f6a0c2f7e11"
FiatChannel = Literal[Channel.CARD, Channel.BANK, Channel.PROCESSOR, Channel.P2P]


class PurchaseAsked(Asked):
    """A purchase that was paid for in your engine."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "account": ACCOUNT,
                    "channel": "card",
                    "asset": "BTC",
                    "amount": "0.01",
                    "currency": "EUR",
                    "paid": "875.00",
                    "processor": "stripe",
                    "processor_reference": "ch_3Pz81",
                    "bought_at": "2026-11-27T12:00:00Z",
                }
            ]
        }
    )

    account: UUID
    channel: FiatChannel
    asset: AssetCode
    amount: Amount
    currency: AssetCode
    paid: Amount
    processor: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._\-]{0,23}$", examples=["stripe"])
    processor_reference: Reference
    bought_at: Instant | None = Field(default=None, description="From here N counts; not given: now.")


class HeldUnitsGiven(Given):
    asset: str
    amount: Told
    until: datetime | None = Field(description="null: frozen, without an end.")


class HoldGiven(Given):
    id: UUID
    purchase: UUID | None
    transfer: UUID
    channel: Channel
    asset: str
    amount: Told = Field(description="What came in, before anything was converted.")
    acquired_at: datetime
    hours: int
    held: list[HeldUnitsGiven] = Field(description="Where its units are now; empty: it is over.")
    until: datetime | None = Field(description="When all of it is free, or was; null: frozen.")
    restricts: list[Operation]
    is_frozen: bool
    end: HoldEnd | None = Field(description="null: it is open.")
    ended_at: datetime | None


class HoldEventGiven(Given):
    kind: HoldChange
    at: datetime
    transfer: UUID | None
    taken_asset: str | None
    taken: Told | None
    given_asset: str | None
    given: Told | None
    release_at: datetime | None


class HoldWithEvents(HoldGiven):
    events: list[HoldEventGiven]


class Holds(Given):
    items: list[HoldGiven]
    next: str | None = Field(description="Send it as `after` for the next page; null: this is the last.")


class HoldFilter(Cursor):
    earlier: bool = Field(default=False, description="Those that are over instead of the open ones.")
    asset: AssetCode | None = Field(default=None, description="Only those that have units of it.")


class PurchaseGiven(Given):
    id: UUID
    account: UUID
    channel: Channel
    state: PurchaseState
    asset: str
    amount: Told
    currency: str | None
    paid: Told | None
    processor: str
    processor_reference: str
    bought_at: datetime
    hold: HoldGiven | None = Field(description="null: our policy holds nothing of it.")


class DepositAsked(Asked):
    """Coins or money that came in. The same reference of an account is credited once, however often it is sent."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"account": ACCOUNT, "asset": "BTC", "amount": "0.25", "reference": "a1b2c3:0"}]
        }
    )

    account: UUID
    asset: AssetCode
    amount: Amount
    reference: Reference = Field(description="Where it came from, such as transaction and output.")
    came_at: Instant | None = Field(
        default=None, description="From here a hold counts, if there is one; not given: now."
    )


class DepositGiven(Given):
    transfer: UUID
    account: UUID
    asset: str
    amount: Told
    reference: str
    hold: HoldGiven | None
