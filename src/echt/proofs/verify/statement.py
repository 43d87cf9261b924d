"""The operator's statement: what all customers together are owed, and the root that commits to each of them.

It is a signed note of one line, canonical JSON; so the same statement is the same bytes everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from echt.proofs.verify.canonical_json import canonical_json
from echt.proofs.verify.commitment import config_hash
from echt.proofs.verify.form import amounts_at, hash_at, integer_at, list_at, members_at, text_at
from echt.proofs.verify.note import CONTROL_CHARACTER, BadNote, Note, read_note
from echt.proofs.verify.reasons import Unreadable, clause
from echt.proofs.verify.strict_json import Json, parse_json

ECHT_FORMAT = "echt/1"
STATEMENT_FIELDS = ("config", "format", "operator", "previous", "reserves", "root", "totals")
CONFIG_FIELDS = ("bucket_bits", "columns", "format", "pieces", "prefix_bits", "snapshot", "taken_at")
COLUMN_FIELDS = ("asset", "decimals", "side")

MOST_COLUMNS = 1000
MOST_DECIMALS = 36
MOST_PIECES = 16
GREATEST_HEIGHT = 48
LONGEST_OPERATOR = 128
ASSET_CODE = re.compile(r"[A-Za-z0-9._-]{1,32}")
SNAPSHOT_NAME = re.compile(r"[A-Za-z0-9._:-]{1,64}")
UTC_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z")


@dataclass(frozen=True)
class Column:
    """An asset, as what the operator owes (`credit`) or is owed (`debt`); the two are never netted."""

    asset: str
    decimals: int
    side: str

    @property
    def name(self) -> str:
        return self.asset if self.side == "credit" else f"{self.asset} ({self.side})"

    def shown(self, amount: int) -> str:
        """The amount with all its decimals: `1.50000000`."""
        digits = str(amount).zfill(self.decimals + 1)
        point = len(digits) - self.decimals
        return f"{digits[:point]}.{digits[point:]}" if self.decimals else digits


@dataclass(frozen=True)
class Config:
    """What the tree is made of."""

    columns: tuple[Column, ...]
    prefix_bits: int
    bucket_bits: int
    pieces: int
    snapshot: str
    taken_at: str
    hash: bytes

    @property
    def height(self) -> int:
        return self.prefix_bits + self.bucket_bits


@dataclass(frozen=True)
class Statement:
    """A statement with its note; `line` is its canonical JSON, which is also its entry in the log."""

    note: Note
    line: bytes
    operator: str
    config: Config
    root: bytes
    totals: list[int]


def read_statement(content: str) -> Statement:
    """The statement that a signed or unsigned note is.

    Raises:
        Unreadable: `form.statement` or `form.config`, with what is wrong.
    """
    try:
        note = read_note(content)
    except BadNote:
        raise _bad_statement("it is not a signed note", "sie ist keine unterschriebene Notiz (signed note)") from None
    try:
        return _read(note)
    except Unreadable as fault:
        if fault.reason.code in ("form.statement", "form.config"):
            raise
        raise Unreadable("form.statement", what=clause(fault.reason)) from None


def _read(note: Note) -> Statement:
    line = note.text[:-1]
    value = _canonical_value(line)
    config, form, operator, previous, reserves, root, totals = members_at("", value, STATEMENT_FIELDS)
    if form != ECHT_FORMAT:
        raise _bad_statement("its format is not echt/1", "ihr Format ist nicht echt/1")
    for name, link in (("previous", previous), ("reserves", reserves)):
        if link is not None:
            hash_at(name, link)
    read = _read_config_of(config)
    return Statement(
        note,
        line.encode(),
        _operator(operator),
        read,
        hash_at("root", root),
        amounts_at("totals", totals, len(read.columns)),
    )


def _canonical_value(line: str) -> Json:
    try:
        value = parse_json(line)
    except Unreadable:
        value = None
    if canonical_json(value) != line.encode():
        raise _bad_statement("it is not one line of canonical JSON", "sie ist nicht eine Zeile kanonisches JSON")
    return value


def _operator(value: Json) -> str:
    name = text_at("operator", value)
    if not 1 <= len(name) <= LONGEST_OPERATOR or CONTROL_CHARACTER.search(name):
        raise _bad_statement(
            "operator is not a name of 1 to 128 characters", "operator ist kein Name von 1 bis 128 Zeichen"
        )
    return name


def _read_config_of(value: Json) -> Config:
    try:
        return _read_config(value)
    except Unreadable as fault:
        if fault.reason.code == "form.config":
            raise
        raise Unreadable("form.config", what=clause(fault.reason)) from None


def _read_config(value: Json) -> Config:
    bucket_bits, columns, form, pieces, prefix_bits, snapshot, taken_at = members_at("config", value, CONFIG_FIELDS)
    if form != ECHT_FORMAT:
        raise _bad_config("format", "echt/1", "echt/1")
    config = Config(
        columns=_read_columns(list_at("columns", columns)),
        prefix_bits=_number("prefix_bits", prefix_bits, 0, GREATEST_HEIGHT),
        bucket_bits=_number("bucket_bits", bucket_bits, 0, GREATEST_HEIGHT),
        pieces=_number("pieces", pieces, 1, MOST_PIECES),
        snapshot=text_at("snapshot", snapshot),
        taken_at=text_at("taken_at", taken_at),
        hash=config_hash(canonical_json(value)),
    )
    if config.height > GREATEST_HEIGHT:
        raise _bad_config("prefix_bits + bucket_bits", "at most 48", "höchstens 48")
    if not SNAPSHOT_NAME.fullmatch(config.snapshot):
        raise _bad_config("snapshot", "1 to 64 letters, digits and . _ : -", "1 bis 64 Buchstaben, Ziffern und . _ : -")
    if not _is_time(config.taken_at):
        raise _bad_config("taken_at", "a time like 2026-06-30T00:00:00Z", "eine Zeit wie 2026-06-30T00:00:00Z")
    return config


def _read_columns(values: list[Json]) -> tuple[Column, ...]:
    if not 1 <= len(values) <= MOST_COLUMNS:
        raise _bad_config("columns", "1 to 1000 columns", "1 bis 1000 Spalten")
    columns = tuple(_read_column(f"columns[{number}]", value) for number, value in enumerate(values))
    if len({column.name for column in columns}) < len(columns):
        raise _bad_config("columns", "without an asset twice on one side", "ohne ein Asset zweimal auf einer Seite")
    return columns


def _read_column(where: str, value: Json) -> Column:
    asset, decimals, side = members_at(where, value, COLUMN_FIELDS)
    column = Column(
        text_at(f"{where}.asset", asset),
        _number(f"{where}.decimals", decimals, 0, MOST_DECIMALS),
        text_at(f"{where}.side", side),
    )
    if not ASSET_CODE.fullmatch(column.asset):
        raise _bad_config(
            f"{where}.asset", "1 to 32 letters, digits and . _ -", "1 bis 32 Buchstaben, Ziffern und . _ -"
        )
    if column.side not in ("credit", "debt"):
        raise _bad_config(f"{where}.side", "credit or debt", "credit oder debt")
    return column


def _number(name: str, value: Json, least: int, most: int) -> int:
    number = integer_at(name, value)
    if not least <= number <= most:
        raise _bad_config(name, f"from {least} to {most}", f"von {least} bis {most}")
    return number


def _is_time(text: str) -> bool:
    """Whether it is a second of the calendar, in UTC."""
    if not UTC_TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text[:-1])
    except ValueError:
        return False
    return True


def _bad_config(name: str, english: str, german: str) -> Unreadable:
    return Unreadable("form.config", what=(f"{name} must be {english}", f"{name} muss sein: {german}"))


def _bad_statement(english: str, german: str) -> Unreadable:
    return Unreadable("form.statement", what=(english, german))
