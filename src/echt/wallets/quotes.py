"""Prices that a customer can confirm: worked out once, signed, good for seconds.

1. What is confirmed is what was told: every number of it is in the signed text, and nothing is worked out again.
2. A quote is for one account, one operation and one movement: its key. Confirmed twice it moves money once.
3. Rounding is against the customer by less than one unit: fees up, what is got down, what is paid up.
4. A quote counts until `until`, by comparison; what is altered, foreign or over is refused, and nothing has happened.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.core import signing

from echt import clock
from echt.vault.ids import uuid7
from echt.wallets.exact import LARGEST
from echt.wallets.models import Account, Asset
from echt.wallets.models.assets import PRICE_DECIMALS
from echt.wallets.operations import Operation
from echt.wallets.rating import PriceMissing, PriceStale, rate_of
from echt.wallets.refusals import NoPrice, QuoteOver, QuoteWrong, TooLittle, TooMuch
from echt.wallets.settings import wallets_settings

SALT = "echt.wallets.quotes"
ONE: int = 10**PRICE_DECIMALS
HUNDREDTHS = 10_000
"""Of a per cent, in the whole."""
LONGEST = 2_000
"""Characters that a quote can have."""


@dataclass(frozen=True, kw_only=True)
class Quote:
    """What is paid and what is got, in units of the assets with these keys. `fee`: see the functions that make it."""

    operation: Operation
    account: UUID
    pays: int
    paid: int
    """With the fee, where it is in the asset that is paid."""
    gets: int
    got: int
    """Without the fee."""
    fee: int
    until: datetime
    channel: str = ""
    hours: int = 0
    """N as it is told with it."""
    policy: UUID | None = None
    key: UUID = field(default_factory=uuid7)

    def require_fresh(self) -> None:
        """Let nobody confirm a price of the past.

        Raises:
            QuoteOver: its time has passed.
        """
        if clock.now() >= self.until:
            raise QuoteOver

    def signed(self) -> str:
        """As it goes through the customer's hands."""
        told = {
            "operation": self.operation.value,
            "account": str(self.account),
            "pays": self.pays,
            "paid": str(self.paid),
            "gets": self.gets,
            "got": str(self.got),
            "fee": str(self.fee),
            "until": self.until.isoformat(),
            "channel": self.channel,
            "hours": self.hours,
            "policy": str(self.policy) if self.policy else "",
            "key": str(self.key),
        }
        return signing.dumps(told, salt=SALT)

    @classmethod
    def _from(cls, told: dict[str, Any]) -> Self:
        return cls(
            operation=Operation(told["operation"]),
            account=UUID(told["account"]),
            pays=told["pays"],
            paid=int(told["paid"]),
            gets=told["gets"],
            got=int(told["got"]),
            fee=int(told["fee"]),
            until=datetime.fromisoformat(told["until"]),
            channel=told["channel"],
            hours=told["hours"],
            policy=UUID(told["policy"]) if told["policy"] else None,
            key=UUID(told["key"]),
        )

    @classmethod
    def opened(cls, text: str, account: Account, *operations: Operation) -> Self:
        """The quote of this account, fresh or not.

        Raises:
            QuoteWrong: it was altered, or is somebody else's, or for something else (rule 4).
        """
        try:
            found = cls._from(signing.loads(text[: LONGEST + 1], salt=SALT))
        except (signing.BadSignature, ValueError, KeyError, TypeError):
            raise QuoteWrong from None
        if found.account != account.pk or found.operation not in operations:
            raise QuoteWrong
        return found


# Numbers --------------------------------------------------------------------------------------------------


def price_of(asset: Asset) -> int:
    """10^-18 of the reference currency for one whole coin; the reference currency is worth itself.

    Raises:
        NoPrice: there is none, or none that is fresh.
    """
    if asset.code == wallets_settings().reference:
        return ONE
    try:
        value: int = rate_of(asset).value
    except (PriceMissing, PriceStale):
        raise NoPrice from None
    return value


def fee_on(units: int) -> int:
    """The house's share of so much, rounded up."""
    return _up(units * wallets_settings().spread, HUNDREDTHS)


def cost_of(units: int, asset: Asset, currency: Asset) -> tuple[int, int]:
    """What so many coins cost, with the fee, and the fee in it: in the currency, each rounded up."""
    bare = _up(units * price_of(asset) * currency.unit, asset.unit * price_of(currency))
    fee = fee_on(bare)
    return _countable(bare + fee), fee


def coins_for(paid: int, asset: Asset, currency: Asset) -> tuple[int, int]:
    """The coins that one gets for so much, rounded down, and the fee in what is paid."""
    bare = paid * HUNDREDTHS // (HUNDREDTHS + wallets_settings().spread)
    units = bare * price_of(currency) * asset.unit // (price_of(asset) * currency.unit)
    return _something(units), paid - bare


def exchanged(units: int, source: Asset, target: Asset) -> tuple[int, int]:
    """What one gets of another asset, rounded down and without the fee; and the fee, of what is got."""
    whole = units * price_of(source) * target.unit // (price_of(target) * source.unit)
    fee = fee_on(whole)
    _countable(whole)
    return _something(whole - fee), fee


def rate_between(source: Asset, target: Asset) -> int:
    """Units of the target for one whole coin of the source, rounded down: for telling it."""
    return price_of(source) * target.unit // price_of(target)


def good_until() -> datetime:
    return clock.now() + timedelta(seconds=wallets_settings().quote_age)


def _something(units: int) -> int:
    if units <= 0:
        raise TooLittle
    return _countable(units)


def _countable(units: int) -> int:
    if units > LARGEST:
        raise TooMuch
    return units


def _up(number: int, by: int) -> int:
    return -(-number // by)
