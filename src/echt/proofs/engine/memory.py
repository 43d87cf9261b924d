"""Memory that is used again: a new page costs more than to fill it, on many machines."""

import numpy as np
from numpy.typing import NDArray


class Memory:
    """Room for records, as large as the largest so far. What it gave is overwritten by what it gives next."""

    def __init__(self) -> None:
        self._words = np.empty(0, np.uint32)

    def rows(self, count: int, words: int) -> NDArray[np.uint32]:
        """So many rows of so many words, with anything in them."""
        if count * words > len(self._words):
            self._words = np.empty(count * words * 9 // 8, np.uint32)
        return self._words[: count * words].reshape(count, words)
