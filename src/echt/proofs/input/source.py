"""The whole input, ready to be read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from echt.proofs.columns import Column
from echt.proofs.input import accounts
from echt.proofs.input.batch import Portion
from echt.proofs.input.forms import Forms


@dataclass(frozen=True)
class Source:
    """What the input holds, in portions that can be read independently."""

    columns: tuple[Column, ...]
    portions: Sequence[Portion]
    rows: int | None
    """How many accounts there are, where it can be told without reading everything."""
    fingerprint: str
    """SHA-256 over what identifies the input; a build that is resumed compares it."""
    forms: Forms = field(default_factory=Forms)
    """How the amounts are written. A build that is resumed restores what the one before had seen."""
    originals: Sequence[Portion] | None = None
    """Portions that know the rows of the files, where `portions` do not (long CSV)."""

    def locate(self, keys: Collection[bytes]) -> list[tuple[str, int, str]]:
        """Where these accounts stand, by reading everything again: (account, row, file), in the order of the input."""
        wanted = pa.array(list(keys), type=pa.large_binary())
        return [
            (account.decode(), row, portion.file)
            for portion in (self.portions if self.originals is None else self.originals)
            for batch in portion.batches()
            for account, row in accounts.found(batch, wanted)
        ]
