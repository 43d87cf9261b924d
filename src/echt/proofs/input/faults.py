"""Why a value is refused, in words: the one place that knows what an account id and an amount may be.

The fast readers only find the first row that is not plainly good; what is wrong with it is said here.
"""

import re
from dataclasses import dataclass

from echt.proofs.columns import TOO_LARGE, Column
from echt.proofs.refusals import Refused

LONGEST_ACCOUNT = 64
LONGEST_AMOUNT = 128
SHOWN = 40

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)
_GAP = r"[,.'’_ \u00a0\u202f]"
_SEPARATED = (
    "has separators between its digits, which mean different things in different countries. Write digits alone, with"
    " a point (.) before decimals and nothing between thousands"
)
_NO_NUMBERS = (
    (re.compile(r"[+-]?(?:nan|inf|infinity|null|none|n/?a)", re.IGNORECASE), "is not a number. Write 0 for nothing"),
    (re.compile(r"[+-]?[0-9.]*[eE][+-]?[0-9]+", re.ASCII), "is written with an exponent. Write all digits"),
    (re.compile(rf"[+-]?[0-9]+(?:{_GAP}[0-9]+)+", re.ASCII), _SEPARATED),
    (re.compile(r"\+[0-9.]+", re.ASCII), "has a plus sign. Write digits alone"),
    (re.compile(r"[0-9]+\.|\.[0-9]+", re.ASCII), "has a decimal point without a digit before and after it"),
)
"""Looked at in this order, for what is no number."""


@dataclass(frozen=True)
class Place:
    """Where in the input a value stands."""

    file: str
    row: int | None = None
    column: str | None = None
    lines: bool = False
    """Whether the file has lines: row n of a CSV file is its line n + 1."""

    def __str__(self) -> str:
        line = f" (line {self.row + 1})" if self.lines and self.row else ""
        row = f", row {self.row}{line}" if self.row else ""
        return f"{self.file}{row}" + (f", column {self.column}" if self.column else "")

    def refuse(self, sentence: str) -> Refused:
        """What to raise: the place, then what is wrong there and what to do."""
        return Refused(f"{self}: {sentence}")


def shown(value: bytes | str) -> str:
    """A value in quotation marks, cut and made printable."""
    text = value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value
    cut = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    return "“" + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut) + "”"


def fault_of_account(account: bytes) -> str | None:
    """What is wrong with an account id, or None where nothing is."""
    if not account:
        return "The account is empty. Every row needs the account number that the customer knows."
    try:
        text = account.decode("utf-8")
    except UnicodeDecodeError:
        return (
            f"The account {shown(account)} is not UTF-8. The file was probably saved in another encoding"
            " (Latin-1, Windows-1252); save it as UTF-8."
        )
    if len(account) > LONGEST_ACCOUNT:
        return f"The account {shown(text)} has {len(account)} bytes; at most {LONGEST_ACCOUNT} are possible."
    if any(_is_control(character) for character in text):
        return f"The account {shown(text)} has a control character, which nobody can see or type. Remove it."
    if text != text.strip():
        return (
            f"The account {shown(text)} begins or ends with a blank. The customer types the account number in to"
            " check the proof and would not type the blank; remove it."
        )
    return None


def fault_of_amount(amount: bytes | str, column: Column) -> str:  # noqa: PLR0911 - one fault a line
    """What is wrong with an amount that is written as text."""
    text = amount if isinstance(amount, str) else amount.decode("utf-8", "backslashreplace")
    if not text.strip():
        return "The amount is empty. Write 0 where there is nothing."
    if text != text.strip():
        return f"The amount {shown(text)} begins or ends with a blank. Remove it."
    if len(text) > LONGEST_AMOUNT:
        return f"The amount {shown(text)} has {len(text)} characters; no amount needs more than {LONGEST_AMOUNT}."
    if text.startswith("-") and _NUMBER.fullmatch(text[1:]):
        return negative(text)
    if _NUMBER.fullmatch(text):
        return _fault_of_number(text, column)
    for pattern, fault in _NO_NUMBERS:
        if pattern.fullmatch(text):
            return f"The amount {shown(text)} {fault}."
    return f"The amount {shown(text)} is not a number. Write digits alone, with a point (.) before decimals."


def negative(text: str) -> str:
    """What is said to an amount below zero."""
    return (
        f"The amount {shown(text)} is negative. Amounts begin with 0;"
        " what a customer owes goes into a column of its own, named with --debt."
    )


def _fault_of_number(text: str, column: Column) -> str:
    whole, _, fraction = text.partition(".")
    if len(fraction.rstrip("0")) > column.decimals or (fraction and not column.decimals):
        if column.decimals:
            return (
                f"The amount {shown(text)} has more than the {column.decimals} decimals of {column.asset}."
                " Give it exactly, or correct --decimals."
            )
        return (
            f"The amount {shown(text)} has a decimal point, but {column.asset} counts in whole smallest units."
            f" If it has decimals, say how many: --decimals {column.asset}=8 (for example)."
        )
    units = int(whole) if not fraction else int(whole + fraction.rstrip("0").ljust(column.decimals, "0"))
    if units >= TOO_LARGE:
        return f"The amount {shown(text)} is too large: in smallest units, amounts stay below 2^127 (about 1.7·10^38)."
    return f"The amount {shown(text)} cannot be read."


def _is_control(character: str) -> bool:
    return character < " " or "\x7f" <= character <= "\x9f"
