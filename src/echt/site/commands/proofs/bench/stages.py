"""How long each stage of a build takes."""

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from echt.proofs.engine.progress import Progress


class Stages:
    """Progress that notes when stages begin, and tells another."""

    def __init__(self, further: "Progress") -> None:
        self._further = further
        self._begun: list[tuple[str, float]] = []

    def begin(self, stage: str, total: int | None) -> None:
        self._begun.append((stage, time.perf_counter()))
        self._further.begin(stage, total)

    def advance(self, steps: int) -> None:
        self._further.advance(steps)

    def shares(self, whole: float) -> list[tuple[str, float]]:
        """Each stage's share of the whole time; the last one ends now."""
        ends = [at for _, at in self._begun[1:]] + [self._begun[0][1] + whole]
        return [(name, (end - at) / whole) for (name, at), end in zip(self._begun, ends, strict=True)]
