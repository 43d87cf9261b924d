"""What a process may remember for a short while, shared by its threads."""

import threading
import time
from collections.abc import Iterable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class ShortLived(Generic[K, V]):
    """Values that are forgotten `life` seconds after they were put in; never more than `most` of them."""

    def __init__(self, *, life: float, most: int) -> None:
        self.life = life
        self.most = most
        self.generation = 0
        self._held: dict[K, tuple[float, V]] = {}
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            until, value = self._held.get(key, (0.0, None))
            return value if _now() < until else None

    def put(self, key: K, value: V, *, read_in: int) -> None:
        """Remember a value that was read in this generation; nothing, if some were forgotten since."""
        with self._lock:
            if read_in != self.generation:
                return
            if len(self._held) >= self.most:
                self._held.clear()
            self._held[key] = (_now() + self.life, value)

    def forget(self, keys: Iterable[K] | None = None) -> None:
        """Forget these, or all. A read that is under way does not bring them back."""
        with self._lock:
            self.generation += 1
            for key in list(self._held) if keys is None else keys:
                self._held.pop(key, None)


def _now() -> float:
    # Not the one clock: a wall clock that is set back would keep a destroyed key alive.
    return time.monotonic()
