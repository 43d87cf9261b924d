"""A plain reference of the ledger with holds: dictionaries and fractions, written from `docs/wallets.md`, not from the engine."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, inf


@dataclass
class Lot:
    """Units of a hold in one balance."""

    hold: int
    units: int
    end: float
    acquired: float
    restricts: frozenset[str]


@dataclass
class Ledger:
    """What everybody has. Balances by (account, asset)."""

    posted: dict[tuple[int, str], int] = field(default_factory=dict)
    lots: dict[tuple[int, str], list[Lot]] = field(default_factory=dict)

    def has(self, place: tuple[int, str]) -> int:
        return self.posted.get(place, 0)

    def running(self, place: tuple[int, str], now: float) -> list[Lot]:
        lots = [lot for lot in self.lots.get(place, []) if lot.units and lot.end > now]
        return sorted(lots, key=lambda lot: (lot.acquired, lot.hold))

    def held(self, place: tuple[int, str], now: float, operation: str | None = None) -> int:
        lots = self.running(place, now)
        return sum(lot.units for lot in lots if operation is None or operation in lot.restricts)

    def movable(self, place: tuple[int, str], now: float, operation: str) -> int:
        return self.has(place) - self.held(place, now, operation)

    def receive(self, place: tuple[int, str], units: int) -> None:
        self.posted[place] = self.has(place) + units

    def hold(self, place: tuple[int, str], lot: Lot) -> None:
        self.receive(place, lot.units)
        self.lots.setdefault(place, []).append(lot)

    def pay(
        self,
        place: tuple[int, str],
        total: int,
        operation: str,
        now: float,
        *,
        to: tuple[int, str] | None = None,
        received: int = 0,
        restarts: dict[int, float] | None = None,
    ) -> bool:
        """Whether it was allowed; `to` and `received`: where the value goes on under our eyes."""
        if total > self.movable(place, now, operation):
            return False
        free = self.has(place) - self.held(place, now)
        going, missing = [], max(0, total - free)
        for lot in self.running(place, now):
            if operation not in lot.restricts and missing:
                units = min(missing, lot.units)
                missing -= units
                going.append((lot, units))
        assert not missing
        self.posted[place] = self.has(place) - total
        if to:
            self.receive(to, received)
        self._follow(going, total, received, to, now, restarts or {})
        return True

    def _follow(self, going, total, received, to, now, restarts) -> None:
        whole = sum(units for _, units in going)
        share = ceil(Fraction(received * whole, total)) if to and whole else 0
        passed = given = 0
        for lot, units in going:
            lot.units -= units
            passed += units
            part = floor(Fraction(share * passed, whole)) - given
            given += part
            if to and part:
                end = max(lot.end, now + restarts[lot.hold]) if lot.hold in restarts else lot.end
                self._merge(to, Lot(lot.hold, part, end, lot.acquired, lot.restricts), now)
        assert given == share

    def _merge(self, place, lot, now) -> None:
        known = next((it for it in self.lots.setdefault(place, []) if it.hold == lot.hold), None)
        if known is None:
            self.lots[place].append(lot)
            return
        if known.units and known.end > now:
            known.units += lot.units
            known.end = max(known.end, lot.end)
        else:
            known.units, known.end = lot.units, lot.end

    def change_end(self, hold: int, now: float, end: float) -> None:
        """Another end for what is still held of a hold."""
        for lots in self.lots.values():
            for lot in lots:
                if lot.hold == hold and lot.end > now and lot.units:
                    lot.end = end


FROZEN = inf
