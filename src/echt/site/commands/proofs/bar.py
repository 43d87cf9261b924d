"""A bar on the terminal: how far, how fast, how much longer."""

import sys
import threading
import time
from types import TracebackType
from typing import Self, TextIO

WIDTH = 24
PAUSE = 0.2
NAMES = {"count": "Counting", "read": "Reading balances", "hash": "Hashing the tree", "top": "Finishing"}
UNITS = {"count": "accounts", "read": "accounts", "hash": "parts"}
MINUTE = 60


class Bar:
    """Progress in one line that is written anew; where nobody looks (no terminal), a line for each stage."""

    def __init__(self, to: TextIO | None = None) -> None:
        self._to = to or sys.stderr
        self._live = self._to.isatty()
        self._lock = threading.Lock()
        self._stage, self._total, self._done = "", 0, 0
        self._began = self._shown = 0.0

    def begin(self, stage: str, total: int | None) -> None:
        with self._lock:
            self._end_stage()
            self._stage, self._total, self._done = stage, total or 0, 0
            self._began = time.monotonic()
            self._show()

    def advance(self, steps: int) -> None:
        with self._lock:
            self._done += steps
            if self._live and time.monotonic() - self._shown > PAUSE:
                self._show()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._end_stage()

    def _end_stage(self) -> None:
        if not self._stage:
            return
        if self._live:
            self._show()
            self._to.write("\n")
        else:
            self._to.write(f"{self._line(time.monotonic() - self._began)}\n")
        self._to.flush()
        self._stage = ""

    def _show(self) -> None:
        if self._live:
            self._shown = time.monotonic()
            self._to.write(f"\r\x1b[2K{self._line(self._shown - self._began)}")
            self._to.flush()

    def _line(self, seconds: float) -> str:
        parts = [f"{NAMES[self._stage]:<17}"]
        if self._total:
            share = min(self._done / self._total, 1)
            filled = round(WIDTH * share)
            parts.append(f"{'█' * filled}{'░' * (WIDTH - filled)} {share:4.0%}")
        if self._stage in UNITS:
            parts.append(f"{self._done:,} {UNITS[self._stage]}")
            if seconds > PAUSE:
                parts.append(f"{self._done / seconds:,.0f} a second")
        if 0 < self._done < self._total:
            parts.append(f"{_duration(seconds * (self._total / self._done - 1))} left")
        else:
            parts.append(_duration(seconds))
        return "  ".join(parts)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), MINUTE)
    return f"{minutes}:{rest:02}" if minutes else f"{rest} s"
