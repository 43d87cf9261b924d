"""Proof files in MEXC's format, for customers who have that exchange's tool already. `UNSOUND` says what it cannot do.

The rules of the format, as MEXC's published validator computes them:

1. A hash is the first 32 hex digits of SHA-256 of a text.
2. A leaf is the hash of `SNAPSHOT,ACCOUNT,ASSET:AMOUNT,...`: assets in ASCII order, only those that the customer has.
3. A parent is the hash of `LEFT,RIGHT,ASSET:SUM,...`: every asset of both children, and always BTC, ETH, USDC and
   USDT. A node without a right neighbour is paired with the empty hash; its parent then has its own assets alone.
4. The file names the neighbour of each level, the leaf's own level being 0, and last the root.

What is ours: leaves stand in the order of SHA-256 of snapshot and account number, so the same balances give the same
files. They are sorted on disk, and the tree is built block by block, so memory holds one block and the roots of all
blocks. The format has no place for debts and joins its fields with commas; so debts, and account numbers with a comma,
are refused.
"""

import hashlib
import json
import os
import re
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import quote

from echt.proofs.refusals import Refused

UNSOUND = (
    "MEXC's format is not sound: a parent commits to the sum of its children and not to each child's sums, so its "
    "tool accepts a proof for every customer even where the total is too low. These files cannot cure that; whoever "
    "wants to be certain checks the echt/1 proof file."
)
ALWAYS_THERE = ("BTC", "ETH", "USDC", "USDT")
BLOCK_BITS = 12
"""A block has 4096 leaves: little enough to hold, and the roots of all blocks stay few."""
LEFT, RIGHT, ROOT = 1, 2, 3
ASSET = re.compile(r"[A-Za-z0-9._-]{1,32}", re.ASCII)
SNAPSHOT = re.compile(r"[A-Za-z0-9._:-]{1,64}", re.ASCII)
ACCOUNT_BYTES = 64


class ColumnLike(Protocol):
    """What is known of a column of balances."""

    @property
    def asset(self) -> str: ...
    @property
    def decimals(self) -> int: ...
    @property
    def side(self) -> str: ...


class Node(NamedTuple):
    """A node with the assets that its text names, in the smallest unit."""

    hash: str
    sums: Mapping[str, int]


Level = Sequence[Node]


def to_stderr(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def export_mexc(
    columns: Sequence[ColumnLike],
    accounts: Iterable[tuple[str, Sequence[int]]],
    *,
    snapshot: str,
    out: Path,
    only: str | None = None,
    say: Callable[[str], object] = to_stderr,
) -> int:
    """Write one file a customer into the folder `out`, or only that of one customer; the answer is how many.

    Nothing is written before every balance was read and found usable.

    Args:
        columns: what the amounts are, in their order.
        accounts: each account number with its amounts, whole numbers of the smallest unit.
        snapshot: what MEXC calls `proofId`.
        out: the folder; it is made if it is not there, and no file in it is overwritten.
        only: the one account whose file is wanted.
        say: where the warning about the format goes.

    Raises:
        Refused: a column, an account or an amount that the format cannot carry, or a folder that is in use.
    """
    say(UNSOUND)
    check_columns(columns)
    _check_snapshot(snapshot)
    _check_folder(out, only)
    with closing(sqlite3.connect("")) as leaves:
        _sort(leaves, (_row(account, amounts, snapshot, len(columns)) for account, amounts in accounts))
        tree = _Tree(columns, snapshot, leaves)
        places = range(tree.count) if only is None else _place_of(leaves, only)
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in tree.files(places):
            _write_new(out / name, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
    return len(places)


def check_columns(columns: Sequence[ColumnLike]) -> None:
    """Let only columns pass that the format can carry.

    Raises:
        Refused: one of them is a debt, or an asset has two.
    """
    for column in columns:
        if column.side != "credit":
            raise Refused(
                f"MEXC's format cannot carry what customers owe ({column.asset}): it knows balances only. The proof of "
                "debts is the echt/1 proof file."
            )
        if ASSET.fullmatch(column.asset) is None:
            raise Refused(f"MEXC's format cannot carry an asset with the name {column.asset!r}.")
    if len({column.asset for column in columns}) != len(columns):
        raise Refused("MEXC's format has one amount for each asset, but an asset has two columns.")


class _Tree:
    """The tree over leaves that are sorted on disk: the nodes above all blocks, and a block when it is needed."""

    def __init__(self, columns: Sequence[ColumnLike], snapshot: str, leaves: sqlite3.Connection) -> None:
        self.assets = [column.asset for column in columns]
        self.decimals = {column.asset: column.decimals for column in columns}
        self.snapshot = snapshot
        self.leaves = leaves
        (self.count,) = leaves.execute("SELECT count(*) FROM leaf").fetchone()
        self.height = max(1, (self.count - 1).bit_length())
        self.bits = min(BLOCK_BITS, self.height)
        roots = [self.block(number)[-1][0] for number in range((self.count - 1 >> self.bits) + 1)]
        self.top = self.levels(roots, self.height - self.bits)

    def files(self, places: range) -> Iterator[tuple[str, dict[str, object]]]:
        """Name and content of the files of the customers whose leaves stand at these places."""
        for number in range(places.start >> self.bits, (places.stop - 1 >> self.bits) + 1):
            block, first = self.block(number), number << self.bits
            above = list(_path(self.top, number))
            for row, (account, _) in enumerate(self.rows(number)):
                if first + row in places:
                    path = [*_path(block, row), *above]
                    yield file_name(account), self.file(account, block[0][row], first + row, path)

    def rows(self, number: int) -> Iterator[tuple[str, list[int]]]:
        """The accounts of a block with their amounts."""
        first = (number << self.bits) + 1
        rows = self.leaves.execute(
            "SELECT account, amounts FROM leaf WHERE rowid >= ? AND rowid < ? ORDER BY rowid",
            (first, first + (1 << self.bits)),
        )
        for account, amounts in rows:
            yield account, [int(amount) for amount in amounts.split()]

    def block(self, number: int) -> list[Level]:
        return self.levels([self.leaf(*one) for one in self.rows(number)], self.bits)

    def levels(self, nodes: Level, height: int) -> list[Level]:
        """The nodes, and so many levels above them."""
        levels = [nodes]
        for _ in range(height):
            pairs = iter(levels[-1])
            levels.append([self.parent(left, next(pairs, None)) for left in pairs])
        return levels

    def leaf(self, account: str, amounts: Sequence[int]) -> Node:
        """Rule 2."""
        held = {asset: amount for asset, amount in zip(self.assets, amounts, strict=True) if amount}
        return Node(_hash_of(self.snapshot, account, self.text(held)), held)

    def parent(self, left: Node, right: Node | None) -> Node:
        """Rule 3."""
        if right is None:
            return Node(_hash_of(left.hash, "", self.text(left.sums)), left.sums)
        assets = {*ALWAYS_THERE, *left.sums, *right.sums}
        sums = {asset: left.sums.get(asset, 0) + right.sums.get(asset, 0) for asset in assets}
        return Node(_hash_of(left.hash, right.hash, self.text(sums)), sums)

    def text(self, sums: Mapping[str, int]) -> str:
        return ",".join(f"{asset}:{amount}" for asset, amount in self.balances(sums).items())

    def balances(self, sums: Mapping[str, int]) -> dict[str, str]:
        return {asset: _plain(sums[asset], self.decimals.get(asset, 0)) for asset in sorted(sums)}

    def file(self, account: str, leaf: Node, place: int, path: Sequence[Node | None]) -> dict[str, object]:
        """Rule 4."""
        nobody = Node("", dict.fromkeys(ALWAYS_THERE, 0))
        steps = [self.member(node or nobody, level, _side(place >> level ^ 1)) for level, node in enumerate(path)]
        own = self.member(leaf, 0, _side(place)) | {"proofId": self.snapshot, "accountId": account}
        return {"pathList": [*steps, self.member(self.top[-1][0], len(path), ROOT)], "self": own}

    def member(self, node: Node, level: int, side: int) -> dict[str, object]:
        return {"level": level, "type": side, "hash": node.hash, "balances": self.balances(node.sums)}


def file_name(account: str) -> str:
    """The name of the account's file: what could mean something to a file system is written as in an address."""
    name = quote(account, safe=" @+=")
    return (f"%2E{name[1:]}" if name.startswith(".") else name) + ".json"


def _hash_of(*parts: str) -> str:
    return hashlib.sha256(",".join(parts).encode()).hexdigest()[:32]


def _plain(amount: int, decimals: int) -> str:
    whole, part = divmod(amount, 10**decimals)
    return f"{whole}.{part:0{decimals}}".rstrip("0") if part else str(whole)


def _side(place: int) -> int:
    return RIGHT if place & 1 else LEFT


def _path(levels: Sequence[Level], index: int) -> Iterator[Node | None]:
    """The neighbour on each level below the last; `None` where there is none."""
    for number, level in enumerate(levels[:-1]):
        neighbour = index >> number ^ 1
        yield level[neighbour] if neighbour < len(level) else None


def _check_snapshot(snapshot: str) -> None:
    if SNAPSHOT.fullmatch(snapshot) is None:
        raise Refused(f"{snapshot!r} cannot name a snapshot: it has 1 to 64 letters, digits, dots, colons, _ or -.")


def _check_folder(out: Path, only: str | None) -> None:
    if only is None and out.is_dir() and next(out.iterdir(), None):
        raise Refused(f"{out} is not empty. Give another folder; nothing is overwritten.")


def _row(account: str, amounts: Sequence[int], snapshot: str, columns: int) -> tuple[bytes, str, str]:
    """Where the account's leaf stands, the account, and its amounts."""
    _check_account(account)
    if len(amounts) != columns:
        raise Refused(f"Account {account} has {len(amounts)} amounts, but there are {columns} columns.")
    for amount in amounts:
        if not 0 <= amount < 1 << 127:
            raise Refused(f"Account {account} has an amount of {amount}; amounts are not negative and below 2^127.")
    place = hashlib.sha256(f"{snapshot}\n{account}".encode()).digest()
    return place, account, " ".join(str(int(amount)) for amount in amounts)


def _check_account(account: str) -> None:
    if "," in account or not account.isprintable():
        raise Refused(
            f"MEXC's format cannot carry the account {account!r}: it has a comma or an unprintable sign in it."
        )
    if not 0 < len(account.encode()) <= ACCOUNT_BYTES:
        raise Refused(f"{account!r} cannot be an account: it has 1 to {ACCOUNT_BYTES} bytes.")


def _sort(leaves: sqlite3.Connection, rows: Iterable[tuple[bytes, str, str]]) -> None:
    """Put the rows in the order of their places, as the table `leaf`; SQLite puts on disk what memory cannot hold."""
    leaves.execute("CREATE TABLE read (place BLOB, account TEXT, amounts TEXT)")
    leaves.executemany("INSERT INTO read VALUES (?, ?, ?)", rows)
    leaves.execute("CREATE TABLE leaf AS SELECT account, amounts FROM read ORDER BY place")
    leaves.execute("DROP TABLE read")
    previous = None
    for (account,) in leaves.execute("SELECT account FROM leaf ORDER BY rowid"):
        if account == previous:
            raise Refused(f"Account {account} is there twice. Each customer has one leaf; add the balances up first.")
        previous = account
    if previous is None:
        raise Refused("There are no accounts, so there is no tree.")


def _place_of(leaves: sqlite3.Connection, account: str) -> range:
    row = leaves.execute("SELECT rowid FROM leaf WHERE account = ?", (account,)).fetchone()
    if row is None:
        raise Refused(f"There is no account {account} in the balances.")
    return range(row[0] - 1, row[0])


def _write_new(file: Path, text: str) -> None:
    """Write a private file that is not there yet."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused(f"{file} is there already. Give another folder; nothing is overwritten.") from None
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as opened:
        opened.write(text)
