"""What `echt doctor` looks at. Every examination says what it found and, where something is wrong, what to do."""

import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection, transaction

from echt import clock
from echt.holds.integrity import verify
from echt.holds.integrity.triggers import of_triggers
from echt.identity.vision.readiness import lacking
from echt.site import vision
from echt.site.first_start import is_prepared, missing_migrations
from echt.vault.purposes import Purpose
from echt.vault.seal import seal, unseal
from echt.vault.settings import vault_settings
from echt.wallets.models import Transfer
from echt.work.models import WorkerBeat
from echt.work.settings import work_settings


class State(StrEnum):
    """How it stands. Only `BROKEN` makes the answer a no."""

    FINE = "fine"
    NOTE = "note"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    state: State
    what: str
    advice: str = ""


WITHOUT = {
    "default": ("no mail leaves", "echt serve or echt worker"),
    "vision": ("no document is looked at", "echt serve or echt worker --queue vision"),
}
"""What does not happen without a worker of a queue, and what to do about it."""

MOST_TRANSFERS = 50_000
"""Of a larger ledger only the triggers are looked at here; the rest takes minutes."""

Examination = Callable[[], Iterator[Finding]]


def examine() -> Iterator[Finding]:
    """Everything, in the order in which one thing rests on another."""
    for examination in (data_folder, key_files, database):
        yield from examination()
    if is_prepared():
        for examination in (keys_open, ledger, workers, seeing, deployment):
            yield from examination()


def data_folder() -> Iterator[Finding]:
    """The data folder is ours alone."""
    yield _private(settings.DATA, 0o700)


def key_files() -> Iterator[Finding]:
    """Nobody else can read a key."""
    folders = {settings.DATA / "keys", vault_settings().keys or settings.DATA / "keys"}
    for folder in sorted(folders):
        for path in sorted(folder.glob("*")):
            yield _private(path, 0o600)


def database() -> Iterator[Finding]:
    """The database answers and has this version's tables."""
    try:
        missing = missing_migrations()
    except DatabaseError as error:
        yield Finding(State.BROKEN, f"The database does not answer: {error}", "See ECHT_DATABASE_URL.")
        return
    if missing:
        yield Finding(State.BROKEN, f"The database lacks {missing} changes of this version.", "Run echt migrate.")
    else:
        yield Finding(State.FINE, f"The database ({connection.vendor}) answers and is up to date.")


def keys_open() -> Iterator[Finding]:
    """What is sealed can be opened again. Nothing of it stays in the database."""
    plain, context = secrets.token_bytes(16), "site.diagnosis"
    with transaction.atomic():
        sealed = seal(plain, purpose=Purpose.HISTORY, subject=None, context=context)
        same = unseal(sealed, purpose=Purpose.HISTORY, subject=None, context=context) == plain
        transaction.set_rollback(True)
    if same:
        yield Finding(State.FINE, "What is sealed opens again.")
    else:
        yield Finding(State.BROKEN, "What is sealed does not open again.", "Restore the key files.")


def ledger() -> Iterator[Finding]:
    """Transfers, balances and holds follow from each other, and nobody can change what was written."""
    if Transfer.objects.count() > MOST_TRANSFERS:
        yield from (Finding(State.BROKEN, str(fault), "Run echt migrate.") for fault in of_triggers())
        yield Finding(State.NOTE, "The ledger is too large to be looked at here.", "Run echt ledger verify.")
        return
    report = verify()
    if report.faults:
        advice = "Run echt ledger verify, which names them."
        yield Finding(State.BROKEN, f"The ledger does not hold: {report.faults} faults.", advice)
    else:
        yield Finding(State.FINE, f"The ledger is whole: {report.transfers} transfers.")


def workers() -> Iterator[Finding]:
    """Somebody does the background work of each queue."""
    since = clock.now() - timedelta(seconds=work_settings().stalled)
    alive = Counter(WorkerBeat.objects.filter(seen_at__gte=since).values_list("queue", flat=True))
    for queue, (what, command) in WITHOUT.items():
        if alive[queue]:
            yield Finding(State.FINE, f"Workers alive of the queue {queue}: {alive[queue]}.")
        else:
            yield Finding(State.NOTE, f"No worker of the queue {queue} is alive, so {what}.", f"Run {command}.")


def seeing() -> Iterator[Finding]:
    """The vision worker has its packages and its models."""
    wrong = list(lacking(vision.folder()))
    for what, command in wrong:
        yield Finding(State.NOTE, what, f"Run {command}.")
    if not wrong:
        yield Finding(State.FINE, f"Models are in {vision.folder()}, unaltered.")


def deployment() -> Iterator[Finding]:
    """What Django and the rooms say about settings that are dangerous, alone or together."""
    said = checks.run_checks(include_deployment_checks=True, databases=["default"])
    for message in said:
        state = State.BROKEN if message.level >= checks.ERROR else State.NOTE
        yield Finding(state, f"{message.id}: {message.msg}", message.hint or "")
    if not said:
        yield Finding(State.FINE, "No setting is dangerous.")


def _private(path: Path, mode: int) -> Finding:
    if path.stat().st_mode & 0o777 & ~mode:
        return Finding(State.BROKEN, f"Others may read {path}.", f"chmod {mode:o} {path}")
    return Finding(State.FINE, f"Only we may read {path}.")
