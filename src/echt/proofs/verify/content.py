"""A file as the formats get it: its bytes, its text, and its JSON where it is JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from echt.proofs.verify.reasons import Unreadable
from echt.proofs.verify.report import Knowledge, Report
from echt.proofs.verify.strict_json import Json, parse_any_json


@dataclass(frozen=True)
class Content:
    """The content of a file that somebody wants to have verified."""

    raw: bytes

    @cached_property
    def text(self) -> str | None:
        """The text, or `None` where it is not UTF-8."""
        try:
            return self.raw.decode("utf-8")
        except UnicodeDecodeError:
            return None

    @cached_property
    def json(self) -> Json:
        """The JSON value, or `None` where it is none: also with a key twice or nested too deep.

        Integers are `int`. Other numbers are `Number`: a `Decimal` that has the exact literal in `.text`.
        """
        if self.text is None:
            return None
        try:
            return parse_any_json(self.text)
        except Unreadable:
            return None

    @property
    def members(self) -> dict[str, Json]:
        """The members of the JSON object; none where it is not an object."""
        return self.json if isinstance(self.json, dict) else {}


@dataclass(frozen=True)
class Format:
    """A format of proof files. `check` is asked only about what the format recognises, and never raises."""

    names: tuple[str, ...]
    """What reports of this format carry as `format`."""
    recognises: Callable[[Content], bool]
    check: Callable[[Content, Knowledge], Report]
