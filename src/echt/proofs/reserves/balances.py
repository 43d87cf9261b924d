"""What is really on the addresses of a list, at a height: from a file, or from nodes (`nodes`).

1. An answer carries the height that it is for, and says whether it is exactly the one that was asked for. Most nodes of
   Bitcoin, Tron and Solana know the present alone; then the answer is for another block, and no comparison is made.
2. Chains and statements may count in different smallest units. The chain's amount is turned into the list's, rounded
   down, before the two are compared.
3. A list that says less than the chain is not refused: more may have come in. One that says more is false.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from echt.proofs.reserves.addresses import AddressList, Entry
from echt.proofs.reserves.signatures import identity


class Unavailable(Exception):
    """The balance cannot be had; `str` of it is a sentence that says why."""


class Unreachable(Unavailable):
    """The source answers nothing at all, and is not asked again."""


@dataclass(frozen=True)
class Answer:
    """An amount in the chain's smallest unit, of which a coin has 10^decimals, and the height it is for."""

    amount: int
    decimals: int
    height: int | None
    is_exact: bool

    def in_units(self, decimals: int) -> int:
        """The amount in another smallest unit, rounded down (rule 2)."""
        scaled: int = self.amount * 10**decimals
        return scaled // int(10**self.decimals)


class Balances(Protocol):
    """Where balances come from."""

    def prepare(self, entries: Sequence[Entry]) -> None:
        """Ask for all at once, where that is cheaper."""
        ...

    def balance(self, entry: Entry) -> Answer:
        """The balance of the entry's asset on its address, at its height.

        Raises:
            Unavailable: it cannot be had.
        """
        ...


class Agreement(StrEnum):
    """How the list compares with the chain."""

    EQUAL = "equal"
    LESS = "the list says less"
    MORE = "the list says more"
    OTHER_HEIGHT = "not comparable"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Compared:
    """An entry beside what the chain says."""

    entry: Entry
    agreement: Agreement
    found: int | None = None
    height: int | None = None
    why: str | None = None


def compare(addresses: AddressList, sources: Mapping[str, Balances], decimals: Mapping[str, int]) -> Iterator[Compared]:
    """Every entry of a network that there is a source for, compared; the others as unknown."""
    for name, source in sources.items():
        source.prepare([entry for entry in addresses.entries if entry.network == name])
    current = dict(sources)
    for entry in addresses.entries:
        try:
            compared = _compared(entry, current.get(entry.network), decimals.get(entry.asset))
        except Unavailable as reason:
            if isinstance(reason, Unreachable):
                current[entry.network] = Silent(str(reason))
            compared = Compared(entry, Agreement.UNKNOWN, why=str(reason))
        yield compared


@dataclass(frozen=True)
class Silent:
    """A source that was found to answer nothing."""

    why: str

    def prepare(self, entries: Sequence[Entry]) -> None:
        """There is nobody to ask."""

    def balance(self, entry: Entry) -> Answer:
        del entry
        raise Unavailable(self.why)


def _compared(entry: Entry, source: Balances | None, decimals: int | None) -> Compared:
    if source is None:
        raise Unavailable(f"No node was given for {entry.network}.")
    if decimals is None:
        raise Unavailable(f"It is not known how many decimals {entry.asset} has.")
    answer = source.balance(entry)
    return Compared(entry, _agreement(entry, answer, decimals), answer.in_units(decimals), answer.height)


def _agreement(entry: Entry, answer: Answer, decimals: int) -> Agreement:
    if not answer.is_exact:
        return Agreement.OTHER_HEIGHT
    found = answer.in_units(decimals)
    if found == entry.amount:
        return Agreement.EQUAL
    return Agreement.LESS if entry.amount < found else Agreement.MORE


class ListedBalances:
    """Balances that somebody else has read from the chain and written into a list of the same form."""

    def __init__(self, addresses: AddressList, decimals: Mapping[str, int]) -> None:
        self._entries = {_key(entry): entry for entry in addresses.entries}
        self._decimals = decimals

    def prepare(self, entries: Sequence[Entry]) -> None:
        """Nothing to ask: all is there."""

    def balance(self, entry: Entry) -> Answer:
        found = self._entries.get(_key(entry))
        if found is None or entry.asset not in self._decimals:
            raise Unavailable("This address is not in the file of balances.")
        exact = found.height is not None and found.height == entry.height
        return Answer(found.amount, self._decimals[entry.asset], found.height, exact)


def _key(entry: Entry) -> tuple[str, str, str | None]:
    return entry.asset, entry.network, identity(entry.network, entry.address)
