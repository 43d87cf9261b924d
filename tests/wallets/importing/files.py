"""History files for tests, and what is done with them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from echt import clock
from echt.holds.import_holds import held_since
from echt.wallets.importing.checking import Found, check
from echt.wallets.importing.lines import Problem
from echt.wallets.importing.taking import take

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HEAD = "id,account,time,kind,asset,amount,fee,to_asset,to_amount,channel,held_until"


def before(**ago: int) -> str:
    return (NOW - timedelta(**ago)).isoformat()


def written(folder: Path, *lines: str, head: str = HEAD, name: str = "history.csv") -> Path:
    """Lines may leave out what is empty at their end."""
    path, mark = folder / name, head[2]
    cells = head.count(mark)
    filled = [line + mark * max(0, cells - line.count(mark)) if line else line for line in lines]
    path.write_text("\n".join([head, *filled]), encoding="utf-8")
    return path


def checked(path: Path) -> tuple[Found, list[Problem]]:
    problems: list[Problem] = []
    now = clock.now()
    return check(path, now=now, held_since=held_since(now), report=problems.append), problems


def taken(path: Path) -> int:
    found, problems = checked(path)
    assert not problems
    now = clock.now()
    return take(path, found, now=now, held_since=held_since(now))
