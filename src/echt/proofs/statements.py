"""The operator's statement, written: one line of canonical JSON, and the hash by which the next one names it.

What the verifier would not read is refused here, so that it is never signed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from echt.proofs.refusals import Refused
from echt.proofs.verify.canonical_json import canonical_json
from echt.proofs.verify.reasons import Unreadable
from echt.proofs.verify.statement import ECHT_FORMAT, read_statement
from echt.proofs.verify.strict_json import Json

LARGEST_FILE = 1 << 20


@dataclass(frozen=True)
class Statement:
    """A statement without signatures."""

    line: bytes
    """Its canonical JSON, without a line feed: what is signed, and its entry in the log."""

    @property
    def hash(self) -> str:
        """By which the next statement names this one as `previous`."""
        return sha256(self.line).hexdigest()


def make(
    config: Mapping[str, Json],
    root: bytes,
    totals: Sequence[int],
    *,
    operator: str,
    reserves: str | None = None,
    previous: str | None = None,
) -> Statement:
    """The statement that customers together are owed these totals, each committed to by the root.

    Args:
        config: as the norm has it, with the columns.
        root: of the tree over all customers.
        totals: in the order of the columns, in smallest units.
        operator: the name of who owes them.
        reserves: the hash of the published list of reserves, as 64 hex digits.
        previous: the hash of the statement before.

    Raises:
        Refused: no verifier would read it; the sentence says why.
    """
    line = canonical_json(
        {
            "config": dict(config),
            "format": ECHT_FORMAT,
            "operator": operator,
            "previous": previous,
            "reserves": reserves,
            "root": root.hex(),
            "totals": [str(total) for total in totals],
        }
    )
    return _checked(line.decode() + "\n\n", "The statement")


def read(path: Path) -> Statement:
    """The statement of a signed or unsigned note in a file.

    Raises:
        Refused: it holds none.
    """
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE)
    try:
        return _checked(content.decode(), str(path))
    except UnicodeDecodeError:
        raise Refused(f"{path} does not hold a statement: it is not text in UTF-8.") from None


def _checked(note: str, what: str) -> Statement:
    try:
        return Statement(read_statement(note).line)
    except Unreadable as fault:
        raise Refused(f"{what} cannot be used. {fault.reason.text}") from None
