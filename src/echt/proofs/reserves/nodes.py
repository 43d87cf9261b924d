"""Questions to nodes, and how their answers are read. Nothing here opens a connection: `Transport` does.

What a node can say of the past differs, and is said with every answer:

* Bitcoin Core scans the present unspent outputs (`scantxoutset`). For a block of the past there is no question.
* Ethereum and its kin answer for any block, if the node keeps old states (an archive node does).
* Tron's nodes answer for the present alone, also where one asks as one would ask Ethereum.
* Solana's nodes answer for the last finalised slot alone.

A node of Ethereum's kin is asked first which chain it is on; one of another chain is refused.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol, TypeAlias

from echt.proofs.reserves.addresses import Entry
from echt.proofs.reserves.balances import Answer, Balances, Unavailable, Unreachable
from echt.proofs.reserves.signatures import Network
from echt.proofs.reserves.signatures.evm import account as evm_account
from echt.proofs.reserves.signatures.tron import account as tron_account
from echt.proofs.reserves.units import smallest_units

Json: TypeAlias = bool | int | Decimal | str | list["Json"] | dict[str, "Json"] | None

BALANCE_OF = "0x70a08231"
DECIMALS = "0x313ce567"
MOST_DECIMALS = 36
GREATEST = 2**256
QUANTITY = re.compile(r"0x[0-9a-fA-F]{1,64}", re.ASCII)


class Transport(Protocol):
    """A way to a node."""

    def call(self, method: str, params: Sequence[Json]) -> Json:
        """The result that the node gives.

        Raises:
            Unavailable: it gives none.
        """
        ...


@dataclass
class BitcoinCore:
    """One scan of all unspent outputs for all addresses together; it takes minutes on a full node."""

    transport: Transport
    network: Network
    height: int | None = None
    _sums: dict[str, int] = field(default_factory=dict)
    _height: int | None = None
    _failure: str = "The node was not asked."

    def prepare(self, entries: Sequence[Entry]) -> None:
        addresses = sorted({entry.address for entry in entries if entry.asset == self.network.coin})
        if not addresses:
            return
        try:
            answer = members(self.transport.call("scantxoutset", ["start", [f"addr({one})" for one in addresses]]))
            self._height = whole(answer.get("height"))
            self._sums = dict.fromkeys(addresses, 0) | _by_address(answer.get("unspents"), self.network.decimals)
        except Unavailable as reason:
            self._failure = str(reason)

    def balance(self, entry: Entry) -> Answer:
        if entry.asset != self.network.coin:
            raise Unavailable(f"A node of {self.network.name} tells balances of {self.network.coin} alone.")
        if entry.address not in self._sums:
            raise Unavailable(self._failure)
        wanted = entry.height if self.height is None else self.height
        return Answer(self._sums[entry.address], self.network.decimals, self._height, self._height == wanted)


@dataclass
class Evm:
    """Ethereum's kin. `tokens` are the contracts of assets that are not the chain's coin."""

    transport: Transport
    network: Network
    tokens: Mapping[str, str] = field(default_factory=dict)
    height: int | None = None
    _decimals: dict[str, int] = field(default_factory=dict)
    _is_checked: bool = False

    def prepare(self, entries: Sequence[Entry]) -> None:
        """The questions are asked one by one."""

    def balance(self, entry: Entry) -> Answer:
        self._check_chain()
        height = entry.height if self.height is None else self.height
        if height is None:
            raise Unavailable("The list gives no height, and none was asked for.")
        address = "0x" + evm_account(entry.address).hex()
        if entry.asset == self.network.coin:
            amount = quantity(self.transport.call("eth_getBalance", [address, hex(height)]))
            return Answer(amount, self.network.decimals, height, is_exact=True)
        contract = self.tokens.get(entry.asset)
        if contract is None:
            raise no_contract(entry)
        amount = self._read(contract, BALANCE_OF + address[2:].rjust(64, "0"), hex(height))
        return Answer(amount, self._decimals_of(contract, hex(height)), height, is_exact=True)

    def _check_chain(self) -> None:
        if self.network.chain_id is None or self._is_checked:
            return
        found = quantity(self.transport.call("eth_chainId", []))
        if found != self.network.chain_id:
            raise Unreachable(f"The node is on chain {found}; {self.network.name} is chain {self.network.chain_id}.")
        self._is_checked = True

    def _decimals_of(self, contract: str, block: str) -> int:
        if contract not in self._decimals:
            found = self._read(contract, DECIMALS, block)
            if found > MOST_DECIMALS:
                raise Unavailable(f"The contract {contract} says that it has {found} decimals.")
            self._decimals[contract] = found
        return self._decimals[contract]

    def _read(self, contract: str, data: str, block: str) -> int:
        found = self.transport.call("eth_call", [{"to": contract, "data": data}, block])
        if found == "0x":
            raise Unavailable(f"There is no contract at {contract} at that block.")
        return quantity(found)


@dataclass
class Tron:
    """Tron's nodes, through the questions of Ethereum that they understand: for the present alone."""

    transport: Transport
    network: Network
    tokens: Mapping[str, str] = field(default_factory=dict)
    height: int | None = None
    _decimals: dict[str, int] = field(default_factory=dict)

    def prepare(self, entries: Sequence[Entry]) -> None:
        """The questions are asked one by one."""

    def balance(self, entry: Entry) -> Answer:
        before = self._now()
        amount, decimals = self._amount(entry, "0x" + tron_account(entry.address).hex())
        wanted = entry.height if self.height is None else self.height
        return Answer(amount, decimals, before, is_exact=before == self._now() == wanted)

    def _amount(self, entry: Entry, address: str) -> tuple[int, int]:
        if entry.asset == self.network.coin:
            return quantity(self.transport.call("eth_getBalance", [address, "latest"])), self.network.decimals
        contract = self.tokens.get(entry.asset)
        if contract is None:
            raise no_contract(entry)
        target = "0x" + tron_account(contract).hex()
        return self._read(target, BALANCE_OF + address[2:].rjust(64, "0")), self._read(target, DECIMALS)

    def _now(self) -> int:
        return quantity(self.transport.call("eth_blockNumber", []))

    def _read(self, contract: str, data: str) -> int:
        return quantity(self.transport.call("eth_call", [{"to": contract, "data": data}, "latest"]))


@dataclass
class Solana:
    """Solana's nodes; of a token, all accounts that the address owns are added up."""

    transport: Transport
    network: Network
    tokens: Mapping[str, str] = field(default_factory=dict)
    height: int | None = None

    def prepare(self, entries: Sequence[Entry]) -> None:
        """The questions are asked one by one."""

    def balance(self, entry: Entry) -> Answer:
        final: dict[str, Json] = {"commitment": "finalized"}
        if entry.asset == self.network.coin:
            found = members(self.transport.call("getBalance", [entry.address, final]))
            return self._answer(entry, found, whole(found.get("value")), self.network.decimals)
        mint = self.tokens.get(entry.asset)
        if mint is None:
            raise no_contract(entry)
        wanted: list[Json] = [entry.address, {"mint": mint}, final | {"encoding": "jsonParsed"}]
        found = members(self.transport.call("getTokenAccountsByOwner", wanted))
        amounts = [_token_amount(account) for account in items(found.get("value"))]
        decimals = {many for _, many in amounts} or {0}
        if len(decimals) > 1:
            raise not_understood("accounts with different decimals")
        return self._answer(entry, found, sum(amount for amount, _ in amounts), decimals.pop())

    def _answer(self, entry: Entry, found: dict[str, Json], amount: int, decimals: int) -> Answer:
        slot = whole(members(found.get("context")).get("slot"))
        wanted = entry.height if self.height is None else self.height
        return Answer(amount, decimals, slot, is_exact=slot == wanted)


def source_of(
    transport: Transport, network: Network, tokens: Mapping[str, str], height: int | None = None
) -> Balances | None:
    """Who answers for that network, or None where we know no questions for it."""
    if network.scheme == "bitcoin":
        return BitcoinCore(transport, network, height)
    if network.scheme == "evm":
        return Evm(transport, network, tokens, height)
    if network.scheme == "tron":
        return Tron(transport, network, tokens, height)
    return Solana(transport, network, tokens, height) if network.scheme == "solana" else None


def quantity(value: Json) -> int:
    """A number as Ethereum's nodes write it: `0x1f`, also with zeros before it."""
    if not isinstance(value, str) or not QUANTITY.fullmatch(value):
        raise not_understood(value)
    return int(value, 16)


def whole(value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < GREATEST:
        raise not_understood(value)
    return value


def members(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise not_understood(value)
    return value


def items(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise not_understood(value)
    return value


def not_understood(value: object) -> Unavailable:
    return Unavailable(f"The node's answer cannot be understood: {str(value)[:60]!r}.")


def no_contract(entry: Entry) -> Unavailable:
    return Unavailable(
        f"Which contract is {entry.asset} on {entry.network}? Say it: --token {entry.asset}@{entry.network}=ADDRESS"
    )


def _by_address(unspents: Json, decimals: int) -> dict[str, int]:
    """Sums of `amount` by the address in `desc`, which ends with a checksum: `addr(bc1q…)#8fhd9pwu`."""
    sums: dict[str, int] = {}
    for unspent in map(members, items(unspents)):
        found, amount = unspent.get("desc"), unspent.get("amount")
        units = smallest_units(Decimal(amount), decimals) if isinstance(amount, int | Decimal) else None
        if not isinstance(found, str) or not found.startswith("addr(") or units is None:
            raise not_understood(found)
        address = found.removeprefix("addr(").partition(")")[0]
        sums[address] = sums.get(address, 0) + units
    return sums


def _token_amount(account: Json) -> tuple[int, int]:
    value: Json = account
    for name in ("account", "data", "parsed", "info", "tokenAmount"):
        value = members(value).get(name)
    amount, decimals = members(value).get("amount"), whole(members(value).get("decimals"))
    if not isinstance(amount, str) or not amount.isascii() or not amount.isdigit() or decimals > MOST_DECIMALS:
        raise not_understood(amount)
    return int(amount), decimals
