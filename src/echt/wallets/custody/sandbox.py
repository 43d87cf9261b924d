"""Custody without coins, over files: it takes its time, fails, gets stuck and repeats itself like the real thing.

In the data folder, `custody/orders/` has one file for each order, `custody/answers/` one for each event that we have
not taken, `custody/taken/` those that we have. Whoever tries something out may write answers by hand.

1. An order is one file, written whole or not at all, and never written again.
2. What happens to an order depends on the last two digits of its units, so that everything can be tried:
   13 fails, 14 gets stuck before it is sent, 15 after it, 22 has every answer told twice, 31 also answers for an
   order that nobody gave.
3. It is open in the demo and where the operator says so, nowhere else (`register`).
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import structlog
from django.conf import settings

from echt import clock
from echt.wallets.custody.contract import Away, Happened, Order, Told
from echt.wallets.settings import wallets_settings

log = structlog.get_logger("echt.wallets.custody")

FAILS, STUCK, STUCK_LATER, TWICE, STRANGER = 13, 14, 15, 22, 31
DIGITS = 100
CONFIRMATIONS = 6
LARGEST = 10_000
"""Bytes of an answer that are read."""


@dataclass(frozen=True)
class Step:
    """Something that happens to an order. `after`: how many of the sandbox's delays."""

    happened: Happened
    after: int
    telling: str = ""
    """Which telling of it: the same event in another file."""
    stranger: bool = False


class FileCustody:
    """The sandbox."""

    name = "custody-sandbox"
    is_sandbox = True

    def hand_over(self, order: Order) -> str:
        """Rule 1: a second file of this name is not made, so nothing is sent twice."""
        content = {"order": asdict(order) | {"withdrawal": str(order.withdrawal)}, "at": clock.now().isoformat()}
        try:
            _write_once(_folder("orders").joinpath(f"{order.withdrawal}.json"), content)
        except OSError:
            raise Away from None
        return f"sandbox-{order.withdrawal}"

    def told(self) -> Iterable[Told]:
        self.play()
        return [told for path in sorted(_folder("answers").glob("*.json")) if (told := _read(path)) is not None]

    def taken(self, told: Told) -> None:
        for path in _folder("answers").glob("*.json"):
            if (read := _read(path)) is not None and read.event == told.event:
                path.replace(_folder("taken").joinpath(path.name))

    def play(self) -> None:
        """Let happen what is due by now."""
        for path in sorted(_folder("orders").glob("*.json")):
            _play(path)


def _play(path: Path) -> None:
    content = json.loads(path.read_text())
    handed_over = datetime.fromisoformat(content["at"])
    delay = timedelta(seconds=max(1, wallets_settings().sandbox_seconds))
    for step in _steps(int(content["order"]["units"])):
        if clock.now() >= handed_over + step.after * delay:
            _answer(path.stem, step)


def _steps(units: int) -> list[Step]:
    """Rule 2."""
    sent, done = Step(Happened.SENT, 1), Step(Happened.DONE, 3)
    return {
        FAILS: [Step(Happened.FAILED, 1)],
        STUCK: [],
        STUCK_LATER: [sent],
        TWICE: [sent, Step(Happened.SENT, 2, "again"), done, Step(Happened.DONE, 4, "again")],
        STRANGER: [Step(Happened.SENT, 1, "stranger", stranger=True), sent, done],
    }.get(units % DIGITS, [sent, done])


def _answer(withdrawal: str, step: Step) -> None:
    """Write the event, if it was not written before."""
    about = str(uuid5(NAMESPACE_OID, withdrawal)) if step.stranger else withdrawal
    event = f"{about}-{step.happened.value}"
    name = f"{step.after}-{event}{step.telling}.json"
    if not (_folder("taken").joinpath(name)).exists():
        _write_once(_folder("answers").joinpath(name), _content(event, about, step.happened))


def _content(event: str, withdrawal: str, happened: Happened) -> dict[str, Any]:
    failed = happened is Happened.FAILED
    return {
        "event": event,
        "withdrawal": withdrawal,
        "happened": happened.value,
        "chain_reference": "" if failed else hashlib.sha256(withdrawal.encode()).hexdigest(),
        "confirmations": CONFIRMATIONS if happened is Happened.DONE else 0,
    }


def _read(path: Path) -> Told | None:
    """The event in a file; nothing where it is none, and then it is not looked at again."""
    try:
        content = json.loads(path.read_bytes()[:LARGEST])
        return Told(**(content | {"happened": Happened(content["happened"])}))
    except (OSError, ValueError, TypeError, KeyError):
        log.warning("custody.unreadable", file=path.name)
        path.replace(_folder("taken").joinpath(f"{path.stem}.unreadable"))
        return None


def _write_once(path: Path, content: dict[str, Any]) -> None:
    """Whole or not at all, and only if there is none: a link to what is written overwrites nothing."""
    draft = path.with_suffix(f".{os.getpid()}.draft")
    draft.write_text(json.dumps(content))
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)


def _folder(name: str) -> Path:
    made = Path(settings.DATA, "custody", name)
    made.mkdir(parents=True, exist_ok=True)
    return made


def orders() -> Iterator[Path]:
    """The orders that were handed over."""
    return iter(sorted(_folder("orders").glob("*.json")))
