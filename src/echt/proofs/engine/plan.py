"""What a build is: everything that both passes need to know, on whatever machine they run."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from echt.proofs.columns import Column
from echt.proofs.engine import derive
from echt.proofs.engine.sizes import part_bits, sizes_for
from echt.proofs.kernel.buckets import Sizes
from echt.proofs.verify.canonical_json import canonical_json


@dataclass(frozen=True)
class Plan:
    """One build; it can be sent to other processes. The same config and the same master key give the same bytes."""

    columns: tuple[Column, ...]
    sizes: Sizes
    part_bits: int
    pieces: int
    snapshot: str
    taken_at: str
    master_key: bytes

    @property
    def config(self) -> dict[str, Any]:
        """The config as the norm has it."""
        return {
            "bucket_bits": self.sizes.bucket_bits,
            "columns": [column.as_json() for column in self.columns],
            "format": "echt/1",
            "pieces": self.pieces,
            "prefix_bits": self.sizes.prefix_bits,
            "snapshot": self.snapshot,
            "taken_at": self.taken_at,
        }

    @property
    def config_hash(self) -> bytes:
        return hashlib.sha256(b"echt/1 config\n" + canonical_json(self.config)).digest()

    @property
    def padding_key(self) -> bytes:
        return derive.padding_key(self.master_key, self.config_hash)

    @property
    def parts(self) -> int:
        return 1 << self.part_bits

    @property
    def buckets_in_a_part(self) -> int:
        return 1 << (self.sizes.prefix_bits - self.part_bits)


def plan(
    columns: Sequence[Column], accounts: int, *, pieces: int, snapshot: str, taken_at: str, master_key: bytes
) -> Plan:
    """The plan for so many accounts."""
    sizes = sizes_for(accounts * pieces, len(columns))
    parts = part_bits(accounts * pieces, sizes)
    return Plan(tuple(columns), sizes, parts, pieces, snapshot, taken_at, master_key)
