"""What a source of prices is, and how what it says is read.

1. A source is taken as a whole or not at all: one price that is none, and no other of that answer counts either.
2. Prices are read as decimals and never become a float; one of more than 18 places is refused, not rounded.
3. What is observed in the future is refused: a clock that is wrong would make a price fresh for ever.
4. The answer says its currency: prices in another one than the reference currency are refused.

    {"currency": "EUR", "observed_at": "2026-11-27T17:00:00Z", "prices": {"BTC": "81234.50", "ETH": "2876.1"}}
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NoReturn, Protocol

from echt.wallets.models.assets import PRICE_DECIMALS

MOST_BYTES = 2**20
MOST_DIGITS = 60
"""Of a price in 10^-18; more is nonsense."""
LONGEST_CODE = 12


class SourceFailed(Exception):
    """A source says nothing, or nothing that could be taken. The words are for the operator."""


@dataclass(frozen=True, kw_only=True)
class Observation:
    """What one whole coin costs, in 10^-18 of the reference currency."""

    code: str
    value: int
    observed_at: datetime


class PriceSource(Protocol):
    """Somebody who says what assets are worth."""

    @property
    def name(self) -> str:
        """Stored with each price: at most 40 characters, no two sources the same."""

    def fetch(self) -> list[Observation]:
        """What it says now.

        Raises:
            SourceFailed: nothing that could be taken.
        """


def read(content: bytes, *, currency: str, written_at: datetime | None = None) -> list[Observation]:
    """The prices in an answer. `written_at`: when it was observed, where the answer does not say.

    Raises:
        SourceFailed: rules 1, 2 and 4.
    """
    said = _parsed(content)
    if said.get("currency") != currency:
        raise SourceFailed(f'"currency" is not {currency}.')
    at = moment_of(said["observed_at"]) if "observed_at" in said else written_at
    prices = said.get("prices")
    if not isinstance(prices, dict) or not prices:
        raise SourceFailed('"prices" is no object with prices.')
    return [_observation(code, price, at) for code, price in prices.items()]


def require_past(observations: Iterable[Observation], now: datetime) -> None:
    """Rule 3.

    Raises:
        SourceFailed: one is of the future.
    """
    for observation in observations:
        if observation.observed_at > now:
            raise SourceFailed(f"The price of {observation.code} is of the future.")


def moment_of(text: object) -> datetime:
    """An instant with its zone."""
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise SourceFailed('"observed_at" is no time with a zone, such as 2026-11-27T17:00:00Z.')
    return moment


def units_of(price: object) -> int:
    """A decimal number as 10^-18, exactly (rule 2)."""
    number = _decimal(price)
    sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or sign or not any(digits):
        raise SourceFailed("A price is not above zero.")
    shift = exponent + PRICE_DECIMALS
    if not -MOST_DIGITS <= shift <= MOST_DIGITS or len(digits) + shift > MOST_DIGITS:
        raise SourceFailed("A price is too large or too small.")
    whole = int("".join(map(str, digits)))
    value, rest = (whole * int(10**shift), 0) if shift >= 0 else divmod(whole, int(10**-shift))
    if rest or not value:
        raise SourceFailed(f"A price has more than {PRICE_DECIMALS} places.")
    return value


def _decimal(price: object) -> Decimal:
    if isinstance(price, Decimal):
        return price
    if not isinstance(price, str) or not price.isascii() or len(price) > 2 * MOST_DIGITS:
        raise SourceFailed("A price is no decimal number.")
    try:
        return Decimal(price)
    except ArithmeticError:
        raise SourceFailed("A price is no decimal number.") from None


def _observation(code: str, price: object, at: datetime | None) -> Observation:
    if isinstance(price, dict):
        at = moment_of(price["observed_at"]) if "observed_at" in price else at
        price = price.get("price")
    if at is None:
        raise SourceFailed('"observed_at" is missing.')
    if not 0 < len(code) <= LONGEST_CODE:
        raise SourceFailed("A price has no code of an asset.")
    return Observation(code=code, value=units_of(price), observed_at=at)


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(
            content,
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_each_once,
        )
    except (ValueError, ArithmeticError, RecursionError):
        raise SourceFailed("It is no JSON.") from None
    if not isinstance(said, dict):
        raise SourceFailed("It is no JSON object.")
    return said


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise SourceFailed("It names something twice.")
    return found


def _no_number(_text: str) -> NoReturn:
    raise SourceFailed("A price is no number.")
