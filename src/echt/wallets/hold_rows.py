"""Holds as the pages show them: a line of `standing`, with its assets and in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from echt.wallets import hold_words
from echt.wallets.models import Asset
from echt.wallets.standing import HeldUnits, HoldLine


@dataclass(frozen=True, kw_only=True)
class HeldPart:
    """Units of a hold in one asset."""

    asset: Asset
    units: int
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class HoldRow:
    """One hold. `parts`: where its units are now, what came in where it is over."""

    line: HoldLine
    asset: Asset
    parts: list[HeldPart]

    @property
    def came(self) -> str:
        return str(hold_words.CHANNELS[self.line.channel])

    @property
    def hours(self) -> str:
        return hold_words.hours(self.line.hours)

    @property
    def is_converted(self) -> bool:
        """Whether what is held is no longer what came in."""
        return any((part.asset, part.units) != (self.asset, self.line.units) for part in self.parts)

    @property
    def sooner(self) -> list[HeldPart]:
        """Parts that are free before all of it is."""
        return [part for part in self.parts if part.until is not None and part.until != self.line.until]

    @property
    def not_yet(self) -> str:
        return hold_words.not_yet(self.line.restricts)

    @property
    def allowed(self) -> str:
        return hold_words.allowed(self.line.restricts)

    @property
    def end(self) -> str:
        return str(hold_words.ENDS[self.line.end]) if self.line.end else ""

    @property
    def end_kind(self) -> str:
        return hold_words.END_KINDS[self.line.end] if self.line.end else ""


def hold_rows(lines: Iterable[HoldLine], assets: dict[int, Asset]) -> list[HoldRow]:
    return [hold_row(line, assets) for line in lines]


def hold_row(line: HoldLine, assets: dict[int, Asset]) -> HoldRow:
    held = line.held or (HeldUnits(asset=line.asset, units=line.units, until=line.until),)
    parts = [HeldPart(asset=assets[part.asset], units=part.units, until=part.until) for part in held]
    return HoldRow(line=line, asset=assets[line.asset], parts=parts)
