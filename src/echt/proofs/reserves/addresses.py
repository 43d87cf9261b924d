"""The published list of addresses, and its one form.

A list is CSV in UTF-8 with exactly these columns:

    asset,network,address,amount,height,message,signature,public_key

1. `amount` is a whole number of the asset's smallest unit as the statement counts it, whatever the chain counts in.
2. `height` is the block of the balance, or empty where none is given.
3. `signature` has one signature or several with one blank between; it is empty where there is none.
4. `public_key` has what the check needs and the address does not tell, with one blank between: a public key in
   hexadecimal, `script:` and a script in hexadecimal, `owner:` and an owner's address.
5. No address stands twice for the same asset and network, however it is spelled: it would be counted twice.
6. In the one form, rows stand in the order of asset, network and address, lines end with a line feed alone, and a cell
   is in quotation marks only where it has a comma, a quotation mark or the end of a line in it. The SHA-256 of its
   bytes is what a statement names as `reserves`, so any tool that knows SHA-256 can compare it.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final

from echt.proofs.columns import ASSET, ASSET_RULE, TOO_LARGE
from echt.proofs.refusals import Refused
from echt.proofs.reserves.signatures import Claim, identity, network

COLUMNS: Final = ("asset", "network", "address", "amount", "height", "message", "signature", "public_key")
NETWORK: Final = re.compile(r"[A-Za-z0-9._-]{1,32}", re.ASCII)
WORD: Final = re.compile(r"[!-~]{1,200}", re.ASCII)
NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,38}", re.ASCII)
SCRIPT, OWNER = "script:", "owner:"
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MOST_PROBLEMS = 20
HIGHEST = 2**63


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One address with what is on it of one asset, and the signatures that show who controls it."""

    asset: str
    network: str
    address: str
    amount: int
    height: int | None
    message: str = ""
    signatures: tuple[str, ...] = ()
    public_key: str | None = None
    script: str | None = None
    owners: tuple[str, ...] = ()
    place: str = ""

    @property
    def claim(self) -> Claim:
        return Claim(
            network=self.network,
            address=self.address,
            message=self.message,
            signatures=self.signatures,
            public_key=self.public_key,
            script=self.script,
            owners=self.owners,
        )

    @property
    def cells(self) -> tuple[str, ...]:
        """The entry as a row of the list."""
        keys = [self.public_key] if self.public_key else []
        keys += [SCRIPT + self.script] if self.script else []
        keys += [OWNER + owner for owner in self.owners]
        height = "" if self.height is None else str(self.height)
        fixed = (self.asset, self.network, self.address, str(self.amount), height, self.message)
        return (*fixed, " ".join(self.signatures), " ".join(keys))


@dataclass(frozen=True)
class AddressList:
    """All addresses of a snapshot, in the order of the one form, with remarks on what the file says besides."""

    entries: tuple[Entry, ...]
    remarks: tuple[str, ...] = ()

    @cached_property
    def canonical(self) -> bytes:
        """The one form (rule 6)."""
        rows = (COLUMNS, *(entry.cells for entry in self.entries))
        return "".join(",".join(map(_cell, row)) + "\n" for row in rows).encode()

    @property
    def hash(self) -> str:
        """What a statement names as `reserves`."""
        return sha256(self.canonical).hexdigest()

    def totals(self) -> dict[str, int]:
        """What is on all addresses together, by asset."""
        found: dict[str, int] = defaultdict(int)
        for entry in self.entries:
            found[entry.asset] += entry.amount
        return dict(found)


def read_list(content: bytes, name: str) -> AddressList:
    """The list that a file holds.

    Raises:
        Refused: something in it cannot be used; up to twenty problems are named with file, row and line.
    """
    rows = read_rows(content, name)
    if not rows or tuple(rows[0].cells) != COLUMNS:
        raise Refused(f"{name}: the first line must be exactly {','.join(COLUMNS)}")
    return collect(rows[1:], _entry, name)


class BadRow(Exception):
    """What is wrong with a row; `collect` puts the file and the row before it."""


@dataclass(frozen=True)
class Row:
    """A row of a CSV file with its place in words."""

    cells: list[str]
    place: str


def read_rows(content: bytes, name: str) -> list[Row]:
    """The rows of a CSV file; the first is the header, so the next is row 1."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Refused(f"{name}: byte {fault.start} is not UTF-8. Save the list as UTF-8.") from None
    if text.startswith("\ufeff"):
        raise Refused(f"{name} begins with a byte order mark. Save it as UTF-8 without one.")
    reader, rows = csv.reader(io.StringIO(text, newline=""), strict=True), []
    try:
        for number, cells in enumerate(reader):
            rows.append(Row(cells, f"{name}, row {number} (line {reader.line_num})"))
    except csv.Error as fault:
        raise Refused(f"{name}, line {reader.line_num} is not CSV: {fault}.") from None
    return rows


def collect(rows: Iterable[Row], read: Callable[[Row], Entry], name: str) -> AddressList:
    """The list of all rows, if all can be read."""
    entries, problems = [], []
    for row in rows:
        try:
            entries.append(read(row))
        except BadRow as problem:
            problems.append(str(problem))
    problems += _doubles(entries)
    if problems:
        more = len(problems) - MOST_PROBLEMS
        raise Refused("\n".join(problems[:MOST_PROBLEMS] + ([f"… and {more} more problems."] if more > 0 else [])))
    if not entries:
        raise Refused(f"{name} has no addresses.")
    entries.sort(key=lambda entry: (entry.asset, entry.network, entry.address))
    return AddressList(tuple(entries))


def checked(entry: Entry) -> Entry:
    """The entry under its network's own name, if its parts are what they should be."""
    if not ASSET.fullmatch(entry.asset):
        raise BadRow(f"{entry.place}, column asset: {ASSET_RULE}.")
    if not NETWORK.fullmatch(entry.network):
        raise BadRow(f"{entry.place}, column network: a network's name is 1 to 32 of the characters A-Z a-z 0-9 . _ -")
    if not WORD.fullmatch(entry.address) or identity(entry.network, entry.address) is None:
        raise BadRow(f"{entry.place}, column address: this is not an address of {entry.network}, or it is mistyped.")
    if entry.amount >= TOO_LARGE:
        raise BadRow(f"{entry.place}, column amount: amounts stay below 2^127.")
    if entry.signatures and not entry.message:
        raise BadRow(f"{entry.place}, column message: a signature is there, but not what was signed.")
    if CONTROL.search(entry.message):
        raise BadRow(f"{entry.place}, column message: there is a character in it that nobody can see or type.")
    place = network(entry.network)
    return entry if place is None else Entry(**{**vars(entry), "network": place.name})


def _cell(text: str) -> str:
    """A cell of the one form, written here so that no version of a library changes it."""
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\r\n') else text


def _doubles(entries: list[Entry]) -> list[str]:
    """Rule 5."""
    seen: dict[tuple[str, str, str | None], str] = {}
    problems = []
    for entry in entries:
        key = entry.asset, entry.network, identity(entry.network, entry.address)
        if key in seen:
            problems.append(f"{entry.place}: this address was there for {entry.asset} before, in {seen[key]}.")
        seen.setdefault(key, entry.place)
    return problems


def _entry(row: Row) -> Entry:
    if len(row.cells) != len(COLUMNS):
        raise BadRow(f"{row.place} has {len(row.cells)} cells; every row has {len(COLUMNS)}.")
    cell = dict(zip(COLUMNS, row.cells, strict=True))
    for column in COLUMNS:
        if column != "message" and cell[column] != cell[column].strip():
            raise BadRow(f"{row.place}, column {column}: there is a blank at an end. Remove it.")
    keys = _words(cell["public_key"], row, "public_key")
    return checked(
        Entry(
            asset=cell["asset"],
            network=cell["network"],
            address=cell["address"],
            amount=_number(cell["amount"], row, "amount"),
            height=_height(cell["height"], row),
            message=cell["message"],
            signatures=_words(cell["signature"], row, "signature"),
            public_key=_one([key for key in keys if not key.startswith((SCRIPT, OWNER))], row),
            script=_one([key.removeprefix(SCRIPT) for key in keys if key.startswith(SCRIPT)], row),
            owners=tuple(key.removeprefix(OWNER) for key in keys if key.startswith(OWNER)),
            place=row.place,
        )
    )


def _words(cell: str, row: Row, column: str) -> tuple[str, ...]:
    words = cell.split(" ") if cell else []
    if not all(words):
        raise BadRow(f"{row.place}, column {column}: between two parts stands exactly one blank.")
    return tuple(words)


def _one(found: list[str], row: Row) -> str | None:
    if len(found) > 1:
        raise BadRow(f"{row.place}, column public_key: at most one key and one script are possible.")
    return found[0] if found else None


def _number(text: str, row: Row, column: str) -> int:
    if not NUMBER.fullmatch(text):
        raise BadRow(f"{row.place}, column {column}: {text[:40]!r} is not a whole number of smallest units.")
    return int(text)


def _height(text: str, row: Row) -> int | None:
    if not text:
        return None
    height = _number(text, row, "height")
    if height >= HIGHEST:
        raise BadRow(f"{row.place}, column height: no chain is that high.")
    return height
