"""A line as what it means, or everything that is wrong with it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from echt.wallets.amounts import WrongAmount, from_text
from echt.wallets.importing.lines import Line, Problem
from echt.wallets.models import Asset
from echt.wallets.models.purchases import FIAT_CHANNELS, Channel

T = TypeVar("T")
Words = TypeVar("Words", bound=StrEnum)
LONGEST_ID = 73
"""What a transfer's key has room for, behind its `import:`."""
LONGEST_ACCOUNT = 64
LONGEST_PROCESSOR = 24
LONGEST_REFERENCE = 120
PROCESSOR = "import"
"""Of purchases that name none; their reference is the line's id."""


class Kind(StrEnum):
    """What a line tells."""

    DEPOSIT = "deposit"
    PURCHASE = "purchase"
    CONVERSION = "conversion"
    WITHDRAWAL = "withdrawal"


ALLOWED = {
    Kind.DEPOSIT: set[str](),
    Kind.PURCHASE: {"channel", "held_until", "currency", "paid", "processor", "reference"},
    Kind.CONVERSION: {"to_asset", "to_amount", "fee"},
    Kind.WITHDRAWAL: {"fee"},
}
"""Which of the optional columns a line of each kind may fill in."""
OPTIONAL = set().union(*ALLOWED.values())


@dataclass(frozen=True, kw_only=True)
class Row:
    """One movement of the past. All amounts are whole numbers of the asset's smallest units."""

    line: int
    id: str
    account: str
    time: datetime
    kind: Kind
    asset: Asset
    amount: int
    fee: int = 0
    to_asset: Asset | None = None
    to_amount: int = 0
    channel: Channel | None = None
    held_until: datetime | None = None
    currency: Asset | None = None
    paid: int | None = None
    processor: str = ""
    reference: str = ""

    def changes(self) -> Iterator[tuple[Asset, int]]:
        """What it does to the account's balances: what comes first, as the gate does it."""
        if self.kind in {Kind.DEPOSIT, Kind.PURCHASE}:
            yield self.asset, self.amount
        elif self.kind is Kind.WITHDRAWAL:
            yield self.asset, -self.amount - self.fee
        elif self.to_asset is not None:
            yield self.to_asset, self.to_amount
            yield self.asset, -self.amount


class Wrong(Exception):
    """A cell says nothing that can be understood."""


def row_of(line: Line, assets: Mapping[str, Asset], now: datetime) -> tuple[Row | None, list[Problem]]:
    """The row, or what is wrong with it."""
    reading = _Reading(line, assets, now)
    row = reading.row()
    return (None if reading.problems else row), reading.problems


class _Reading:
    """One line while it is read: what is wrong is noted, and reading goes on."""

    def __init__(self, line: Line, assets: Mapping[str, Asset], now: datetime) -> None:
        self.line, self.assets, self.now = line, assets, now
        self.problems: list[Problem] = []

    def row(self) -> Row | None:
        values: dict[str, Any] = {
            "id": self.cell("id", _word(LONGEST_ID)),
            "account": self.cell("account", _word(LONGEST_ACCOUNT)),
            "time": self.cell("time", self.moment),
            "kind": self.cell("kind", _choice(Kind)),
            "asset": self.cell("asset", self.asset),
        }
        values["amount"] = self.amount("amount", values["asset"])
        kind = values["kind"]
        if kind is not None:
            self.refuse_others(kind)
            values |= self.more(kind, values["asset"])
        self.judge(values)
        return None if self.problems else Row(line=self.line.number, **values)

    def more(self, kind: Kind, asset: Asset | None) -> dict[str, Any]:
        if kind is Kind.WITHDRAWAL:
            return {"fee": self.amount("fee", asset, optional=True) or 0}
        if kind is Kind.CONVERSION:
            target = self.cell("to_asset", self.asset)
            fee = self.amount("fee", target, optional=True) or 0
            return {"to_asset": target, "to_amount": self.amount("to_amount", target), "fee": fee}
        return self.of_purchase() if kind is Kind.PURCHASE else {}

    def of_purchase(self) -> dict[str, Any]:
        currency = self.cell("currency", self.asset, optional=True)
        return {
            "channel": self.cell("channel", _choice(Channel)),
            "held_until": self.cell("held_until", _moment, optional=True),
            "currency": currency,
            "paid": self.amount("paid", currency, optional=True),
            "processor": self.cell("processor", _word(LONGEST_PROCESSOR), optional=True) or PROCESSOR,
            "reference": self.cell("reference", _word(LONGEST_REFERENCE), optional=True) or self.line.cells["id"],
        }

    def judge(self, values: Mapping[str, object]) -> None:
        """What no cell is wrong in alone."""
        asset, target, channel = values.get("asset"), values.get("to_asset"), values.get("channel")
        time, end = values.get("time"), values.get("held_until")
        if asset is not None and asset == target:
            self.note("to_asset", "A conversion leads to another asset.")
        if channel is not None and channel not in FIAT_CHANNELS:
            self.note("channel", f"A purchase comes by one of these: {', '.join(FIAT_CHANNELS)}.")
        if isinstance(time, datetime) and isinstance(end, datetime) and end <= time:
            self.note("held_until", "A hold ends after its purchase.")
        if self.line.cells.get("paid") and not self.line.cells.get("currency"):
            self.note("currency", "What was paid needs its currency.")
        if self.line.cells.get("processor") and not self.line.cells.get("reference"):
            self.note("reference", "Where the processor is named, its reference is needed too.")

    def cell(self, name: str, understand: Callable[[str], T], *, optional: bool = False) -> T | None:
        text = self.line.cells.get(name, "")
        if not text:
            if not optional:
                self.note(name, "This is missing.")
            return None
        try:
            return understand(text)
        except Wrong as wrong:
            self.note(name, str(wrong))
            return None

    def amount(self, name: str, asset: Asset | None, *, optional: bool = False) -> int | None:
        """In the asset's units; without a known asset there is nothing to say about it."""
        return None if asset is None else self.cell(name, lambda text: self.units(text, asset, name), optional=optional)

    def units(self, text: str, asset: Asset, name: str) -> int:
        plain = text.replace(",", ".") if self.line.has_decimal_comma and "." not in text else text
        try:
            units = from_text(plain, asset.decimals)
        except WrongAmount as wrong:
            raise Wrong(f"{asset.code}: {wrong.messages[0]}") from wrong
        if units < 0 or (units == 0 and name != "fee"):
            raise Wrong("An amount is more than zero; what it does the kind says.")
        return units

    def asset(self, text: str) -> Asset:
        if text not in self.assets:
            raise Wrong(f"There is no asset {text!r}. Add it first.")
        return self.assets[text]

    def moment(self, text: str) -> datetime:
        at = _moment(text)
        if at > self.now:
            raise Wrong("This time has not come yet.")
        return at

    def refuse_others(self, kind: Kind) -> None:
        for name in sorted(OPTIONAL - ALLOWED[kind]):
            if self.line.cells.get(name):
                self.note(name, f"A {kind.value} has nothing here.")

    def note(self, column: str, sentence: str) -> None:
        account = self.line.cells["account"]
        known = account if account.isprintable() else ""
        self.problems.append(Problem(self.line.number, column, sentence, known))


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Wrong("A time looks like 2026-11-22T09:41:00Z.") from None
    if at.tzinfo is None:
        raise Wrong("A time needs its zone, such as the Z in 2026-11-22T09:41:00Z.")
    return at


def _word(longest: int) -> Callable[[str], str]:
    def understand(text: str) -> str:
        if not text.isprintable():
            raise Wrong("This is no text in UTF-8.")
        if len(text) > longest:
            raise Wrong(f"This may have at most {longest} characters.")
        return text

    return understand


def _choice(words: type[Words]) -> Callable[[str], Words]:
    def understand(text: str) -> Words:
        try:
            return words(text)
        except ValueError:
            raise Wrong(f"This is one of: {', '.join(words)}.") from None

    return understand
