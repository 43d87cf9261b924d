"""OKX's published list of addresses, as our own.

The file begins with totals by coin, then, after an empty line, the addresses follow. Amounts are decimal numbers of
whole coins. The totals at the head are compared with the rows, and what differs becomes a remark. What the names of the
coins mean (asset and network in one) is known for those that have a network of their own column.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import partial

from echt.proofs.refusals import Refused
from echt.proofs.reserves.addresses import NUMBER, AddressList, BadRow, Entry, Row, checked, collect, read_rows
from echt.proofs.reserves.signatures import network
from echt.proofs.reserves.units import decimals_of, smallest_units

HEADER = ("coin", "Network", "Snapshot Height", "address", "amount", "message", "signature1", "signature2")
REST = ("redeem script/ public key", "eoa1", "eoa2")
DECIMAL = re.compile(r"[0-9]{1,40}(\.[0-9]{1,40})?", re.ASCII)
NOTHING = ("", "null")
ASSETS = {
    "APTOS": "APT",
    "TONCOIN": "TON",
    "OPTIMISM": "ETH",
    "ARBITRUM": "ETH",
    "BASE": "ETH",
    "ZKSYNC2": "ETH",
    "POLY-USDC": "USDC",
    "POLY-USDC-3359": "USDC",
    "OKB-X1-ETH": "ETH",
    "OKB-X1-USDT": "USDT",
    "OKB-X1-USDC": "USDC",
}
"""Names whose first part is not the asset."""
SCRIPTS = "bitcoin"
"""The scheme whose rows have a script where others have a key."""


def read_okx_list(content: bytes, name: str, decimals: Mapping[str, int]) -> AddressList:
    """The list that OKX's file holds.

    Raises:
        Refused: something in it cannot be used.
    """
    rows = read_rows(content, name)
    start = next((place for place, row in enumerate(rows) if _is_header(row)), None)
    if start is None:
        raise Refused(f"{name}: there is no line {','.join(HEADER)},…; older forms of OKX's list are not read.")
    body = [row for row in rows[start + 1 :] if row.cells]
    result = collect(body, partial(_entry, decimals=decimals), name)
    return AddressList(result.entries, tuple(_remarks(rows[:start], body, name)))


def _is_header(row: Row) -> bool:
    return tuple(cell.strip() for cell in row.cells[: len(HEADER)]) == HEADER


def _entry(row: Row, decimals: Mapping[str, int]) -> Entry:
    cell = _cells(row)
    asset, place = _asset(cell["coin"]), network(cell["Network"])
    key = _given(cell[REST[0]])
    is_script = place is not None and place.scheme == SCRIPTS
    return checked(
        Entry(
            asset=asset,
            network=cell["Network"],
            address=cell["address"],
            amount=_amount(cell["amount"], asset, row, decimals),
            height=int(cell["Snapshot Height"]) if NUMBER.fullmatch(cell["Snapshot Height"]) else None,
            message=row.cells[HEADER.index("message")],
            signatures=tuple(filter(_given, (cell["signature1"], cell["signature2"]))),
            public_key=None if is_script else key,
            script=key if is_script else None,
            owners=tuple(filter(_given, (cell["eoa1"], cell["eoa2"]))),
            place=row.place,
        )
    )


def _cells(row: Row) -> dict[str, str]:
    """By column; empty ones at the end may be left out."""
    names = HEADER + REST
    if not len(HEADER) <= len(row.cells) <= len(names):
        raise BadRow(f"{row.place} has {len(row.cells)} cells; {len(HEADER)} to {len(names)} are possible.")
    cells = [cell.strip() for cell in row.cells] + [""] * (len(names) - len(row.cells))
    return dict(zip(names, cells, strict=True))


def _asset(coin: str) -> str:
    return ASSETS.get(coin) or ASSETS.get(coin.partition("-")[0], coin.partition("-")[0])


def _given(cell: str) -> str | None:
    return None if cell in NOTHING else cell


def _amount(text: str, asset: str, row: Row, decimals: Mapping[str, int]) -> int:
    many = decimals_of(asset, decimals)
    if many is None:
        raise BadRow(f"{row.place}: how many decimals has {asset}? Say it: --decimals {asset}=8 (for example).")
    if not DECIMAL.fullmatch(text):
        raise BadRow(f"{row.place}, column amount: {text[:40]!r} is not a number.")
    units = smallest_units(Decimal(text), many)
    if units is None:
        raise BadRow(f"{row.place}, column amount: {text[:40]} has more than the {many} decimals of {asset}.")
    return units


def _remarks(head: list[Row], body: list[Row], name: str) -> list[str]:
    """What the file says at its head and its rows do not add up to."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in body:
        sums[row.cells[0].strip()] += Decimal(row.cells[HEADER.index("amount")].strip())
    claimed = {row.cells[0].strip(): row.cells[-1].strip() for row in head if len(row.cells) == 3}  # noqa: PLR2004
    return [
        f"{name} says at its head that it has {amount} {coin}; its rows add up to {sums.get(coin, Decimal(0)):f}."
        for coin, amount in claimed.items()
        if DECIMAL.fullmatch(amount) and not coin.endswith("(ALL)") and sums.get(coin, Decimal(0)) != Decimal(amount)
    ]
