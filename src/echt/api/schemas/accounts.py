"""Assets, accounts, balances and limits."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from echt.api.schemas.basics import AccountReference, Asked, Bitcoin, Given, Told
from echt.wallets.models.assets import AssetKind
from echt.wallets.operations import Class, Operation


class AssetGiven(Given):
    code: str = Field(examples=["BTC"])
    name: str
    kind: AssetKind
    decimals: int = Field(description="How many decimals an amount has; it never changes.")
    is_active: bool


class Assets(Given):
    items: list[AssetGiven]


class RateGiven(Given):
    asset: str
    currency: str = Field(examples=["EUR"])
    price: str = Field(description="For one whole coin, with 18 decimals.", examples=["87500.000000000000000000"])
    observed_at: datetime
    good_until: datetime
    is_good: bool = Field(description="Whether it counts now; an old price counts for nothing.")
    sources: int


class Rates(Given):
    items: list[RateGiven]


class AccountAsked(Asked):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reference": "user-4711"}]})

    reference: AccountReference
    person: UUID | None = Field(default=None, description="Whose it is, where they sign in with us.")


class AccountFilter(Asked):
    reference: AccountReference


class AccountGiven(Given):
    id: UUID
    reference: str | None
    person: UUID | None
    level: str = Field(description="none, primary, advanced or institution, as it counts now.")
    country: str = Field(description="ISO 3166 alpha-3 of the document; empty: not known.")
    paused_until: datetime | None = Field(description="Until when nothing may leave; null: no pause.")
    open_holds: int
    opened_at: datetime


class BalanceGiven(Given):
    asset: str
    posted: Told
    tradable: Told
    movable: Told
    held: Told
    next_release_at: datetime | None
    next_release: Told


class Balances(Given):
    """Every balance that is not zero."""

    items: list[BalanceGiven]
    evaluated_at: datetime


class LimitGiven(Given):
    counts: Class
    operations: list[Operation] = Field(description="What counts against it.")
    window_hours: int
    limit: Bitcoin | None = Field(description="null: no limit.")
    used: Bitcoin
    left: Bitcoin | None
    next_room_at: datetime | None
    next_room: Bitcoin


class Limits(Given):
    """Every limit that binds now; none at all: nothing may pass."""

    level: str
    items: list[LimitGiven]
    evaluated_at: datetime
