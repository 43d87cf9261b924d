"""What a verifier is told, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path


class Verdict(str, Enum):
    """The answer in two words; the value is what `--json` prints."""

    VERIFIED = "verified"
    NOT_VERIFIED = "not verified"
    CANNOT_READ = "cannot read"
    CONSISTENT_ONLY = "consistent only"

    __str__ = str.__str__

    @property
    def exit_code(self) -> int:
        return list(Verdict).index(self)


@dataclass(frozen=True)
class Reason:
    """Why the verdict is what it is. The code is stable, the sentence is for people."""

    code: str
    text: str
    text_de: str


@dataclass(frozen=True)
class Step:
    """One thing that was looked at: a line for people. `passed` is `None` where there was nothing to compare."""

    title: str
    passed: bool | None
    detail: str
    title_de: str = ""
    detail_de: str = ""


@dataclass(frozen=True)
class Report:
    """The whole answer."""

    format: str | None
    hashes: str | None
    """`chain` or `broken`; `None` where nothing was hashed."""
    numbers: str | None
    """`sane`, `negative` or `inconsistent`."""
    format_sound: bool | None
    """Whether a file of this format can prove what it claims at all."""
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    """The reasons of the first step that failed, or remarks (`note.…`) where all passed."""
    amounts: Mapping[str, str] = field(default_factory=dict)
    """What the customer has, as decimal text with all decimals of the asset: `{"BTC": "1.50000000"}`."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """More members for `--json`; what is in them must be JSON."""
    steps: tuple[Step, ...] = ()

    def as_json(self) -> dict[str, object]:
        """What `--json` prints."""
        return {
            "format": self.format,
            "hashes": self.hashes,
            "numbers": self.numbers,
            "format_sound": self.format_sound,
            "verdict": self.verdict.value,
            "reasons": [{"code": reason.code, "text": reason.text} for reason in self.reasons],
            "amounts": dict(self.amounts),
            **self.extra,
        }


@dataclass(frozen=True)
class Knowledge:
    """What the person brings besides the file."""

    statement: bytes | None = None
    """A statement, or another format's second file, from a source other than the proof file."""
    root: str | None = None
    operator_key: str | None = None
    account: str | None = None
    credential: str | None = None
    nonce: str | None = None
    older_checkpoint: bytes | None = None
    log: Path | None = None
    """A folder with the tiles of the log."""
