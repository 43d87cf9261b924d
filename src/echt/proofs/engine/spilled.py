"""What the first pass puts aside on disk, a file for each run, and finds again by part.

1. A file has its name only once it is whole (`disk.replace`'s rule); what was being written when the process was killed
   is not taken for a run.
2. A portion counts as read only by its mark, written after all of its runs.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from echt.proofs import disk
from echt.proofs.engine import direct
from echt.proofs.engine.memory import Memory
from echt.proofs.engine.spill import Records, Run, widened
from echt.proofs.kernel.buckets import record_words


@dataclass(frozen=True)
class RunFile:
    """A run on disk: where its parts begin, in rows."""

    path: Path
    starts: tuple[int, ...]
    wide: bool

    def rows(self, part: int) -> int:
        return self.starts[part + 1] - self.starts[part]


class Spilled:
    """The folder of what was put aside."""

    def __init__(self, folder: Path, columns: int) -> None:
        self._folder = folder
        self._columns = columns
        self.files: list[RunFile] = []

    def mark_of(self, portion: str) -> Mapping[str, Any] | None:
        """What was noted when the portion was done; None if it was not. Its runs are in `files` from then on."""
        try:
            mark = json.loads((self._folder / f"{portion}.done").read_bytes())
        except FileNotFoundError:
            return None
        self.files += [RunFile(self._folder / run["name"], tuple(run["starts"]), run["wide"]) for run in mark["runs"]]
        return mark["note"]  # type: ignore[no-any-return]

    def keep(self, portion: str, number: int, run: Run) -> RunFile:
        """Put a run aside."""
        path = self._folder / f"{portion}-{number:04}.run"
        draft = path.with_suffix(".draft")
        direct.write(draft, run.records.reshape(-1).view(np.uint8))
        draft.replace(path)
        return RunFile(path, tuple(run.starts.tolist()), run.wide)

    def mark(self, portion: str, files: list[RunFile], note: Mapping[str, Any]) -> None:
        """The portion is done."""
        runs = [{"name": file.path.name, "starts": file.starts, "wide": file.wide} for file in files]
        disk.replace(self._folder / f"{portion}.done", json.dumps({"runs": runs, "note": note}).encode())
        self.files += files

    def wide(self, number: int) -> bool:
        """Whether a part has leaves of a wide run."""
        return any(file.wide and file.rows(number) for file in self.files)

    def rows(self, number: int) -> int:
        """How many leaves a part has."""
        return sum(file.rows(number) for file in self.files)

    def part(self, number: int, into: Memory) -> Records:
        """All leaves of a part, in the width of the widest run that has some."""
        wide = self.wide(number)
        result = into.rows(self.rows(number), record_words(self._columns, wide=wide))
        at = 0
        for file in sorted(self.files, key=lambda file: file.path.name):
            rows = file.rows(number)
            if not rows:
                continue  # also a wide file, where what is here is narrow
            self._fill(file, number, result[at : at + rows], wide=wide)
            at += rows
        return result

    def _fill(self, file: RunFile, number: int, target: Records, *, wide: bool) -> None:
        words = record_words(self._columns, wide=file.wide)
        own = target if file.wide == wide else np.empty((len(target), words), np.uint32)
        direct.read(file.path, file.starts[number] * words * 4, own.reshape(-1).view(np.uint8))
        if own is not target:
            target[:] = widened(own)
