"""Exact decimal amounts as other exchanges write them, and the texts that their hashes are taken of.

Amounts are `Decimal` and never rounded unless a format rounds. Their length is limited, so that no file can make us
compute for long: `1E+999999999` is refused, and so is a number of a thousand digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_DOWN, Context, Decimal, Inexact, InvalidOperation, Overflow

AMOUNT_TEXT = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,60})?([eE][+-]?[0-9]{1,2})?", re.ASCII)
AMOUNT_LONGEST = 130
AMOUNT_EXACT = Context(prec=600, Emin=-999, Emax=999, traps=[Inexact, InvalidOperation, Overflow])
AMOUNT_CUT = Context(prec=600, Emin=-999, Emax=999, rounding=ROUND_DOWN, traps=[InvalidOperation, Overflow])

MOST_ASSETS = 1000
"""Of one node; more would cost time on every level, and no exchange has as many."""

Amounts = dict[str, Decimal]
"""What a node holds: an amount for each asset, in the order of the file."""


class NotAnAmount(ValueError):
    """It is not a decimal number, or far too long for one."""


def amount_of(value: object) -> Decimal:
    """The amount that a text or a number of a JSON file stands for, with the decimals that were written.

    Raises:
        NotAnAmount: it is no decimal number of at most 60 digits on either side of the point.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise NotAnAmount
    if isinstance(value, int) and abs(value) >= 10**60:
        raise NotAnAmount
    text = str(value)
    if len(text) > AMOUNT_LONGEST or AMOUNT_TEXT.fullmatch(text) is None:
        raise NotAnAmount
    amount = Decimal(text, AMOUNT_EXACT)
    return amount or amount.copy_abs()


def amounts_of(value: object) -> Amounts:
    """The amounts of a node, from the JSON object that maps assets to them.

    Raises:
        NotAnAmount: it is no such object.
    """
    if not isinstance(value, dict) or len(value) > MOST_ASSETS:
        raise NotAnAmount
    return {asset: amount_of(amount) for asset, amount in value.items()}


def sums_of(nodes: Iterable[Mapping[str, Decimal]]) -> Amounts:
    """What several nodes hold together; an asset that one of them does not name counts as nothing there."""
    total: Amounts = {}
    for node in nodes:
        for asset, amount in node.items():
            total[asset] = AMOUNT_EXACT.add(total[asset], amount) if asset in total else amount
    return total


def same_amounts(one: Mapping[str, Decimal], other: Mapping[str, Decimal]) -> bool:
    """Whether two nodes hold the same of everything; how many zeros are written behind does not count."""
    return all(one.get(asset, Decimal(0)) == other.get(asset, Decimal(0)) for asset in {*one, *other})


def negative_in(amounts: Mapping[str, Decimal]) -> str | None:
    """The first asset with an amount below zero, if there is one."""
    return next((asset for asset, amount in amounts.items() if amount < 0), None)


def plain(amount: Decimal) -> str:
    """Without zeros behind and never with an exponent; zero is `0` (Java `stripTrailingZeros().toPlainString()`)."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def cut(amount: Decimal, decimals: int) -> Decimal:
    """With exactly so many decimals; what goes beyond is cut off, towards zero (Java `setScale(n, ROUND_DOWN)`)."""
    whole = amount.quantize(Decimal(1).scaleb(-decimals), context=AMOUNT_CUT)
    return whole or whole.copy_abs()


def fixed(amount: Decimal, decimals: int) -> str:
    """With exactly so many decimals, never with an exponent; what goes beyond is cut off."""
    return f"{cut(amount, decimals):f}"


def java_text(amount: Decimal) -> str:
    """As Java's `BigDecimal.toString`: zeros behind are kept, a very small number has an exponent (`6.7E-7`)."""
    return str(amount)
