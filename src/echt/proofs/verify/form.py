"""The small parts of a file in strict form: each function gives the part, or says where it is not what it must be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from echt.proofs.verify.commitment import AMOUNT_LIMIT
from echt.proofs.verify.reasons import Unreadable
from echt.proofs.verify.strict_json import Json

HASH_HEX = re.compile(r"[0-9a-f]{64}")
PLAIN_DIGITS = re.compile(r"0|[1-9][0-9]{0,38}", re.ASCII)
LONGEST_SHOWN = 40

AN_OBJECT = ("an object", "ein Objekt")
A_LIST = ("a list", "eine Liste")
A_TEXT = ("a text", "ein Text")
A_NUMBER = ("a number", "eine Zahl")


def members_at(where: str, value: Json, names: Sequence[str]) -> list[Json]:
    """The members of an object that must have exactly these, in the order of the names."""
    if not isinstance(value, dict):
        raise Unreadable("form.type", where=where, kind=AN_OBJECT)
    for name in sorted(set(value) - set(names)):
        raise Unreadable("form.unknown_field", where=place(where, name))
    for name in sorted(set(names) - set(value)):
        raise Unreadable("form.missing_field", where=place(where, name))
    return [value[name] for name in names]


def place(where: str, name: str) -> str:
    """How a member is called: `account.key`."""
    shown = name if len(name) <= LONGEST_SHOWN else name[:LONGEST_SHOWN] + "…"
    return f"{where}.{shown}" if where else shown


def list_at(where: str, value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise Unreadable("form.type", where=where, kind=A_LIST)
    return value


def text_at(where: str, value: Json) -> str:
    if not isinstance(value, str):
        raise Unreadable("form.type", where=where, kind=A_TEXT)
    return value


def integer_at(where: str, value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unreadable("form.type", where=where, kind=A_NUMBER)
    return value


def hash_at(where: str, value: Json) -> bytes:
    """32 bytes, written as lower-case hex."""
    if not HASH_HEX.fullmatch(text_at(where, value)):
        raise Unreadable("form.hex", where=where)
    return bytes.fromhex(text_at(where, value))


def amounts_at(where: str, value: Json, columns: int) -> list[int]:
    """An amount for each column."""
    texts = list_at(where, value)
    if len(texts) != columns:
        raise Unreadable("form.columns", where=where, count=len(texts), needed=columns)
    return [amount_at(f"{where}[{number}]", text) for number, text in enumerate(texts)]


def amount_at(where: str, value: Json) -> int:
    """A whole number of the smallest unit, from 0 to below 2^127."""
    text = text_at(where, value)
    if not PLAIN_DIGITS.fullmatch(text) or int(text) >= AMOUNT_LIMIT:
        raise Unreadable("form.number", where=where)
    return int(text)
