"""What a folder or a file is, in words."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from echt.proofs.columns import Column, Side
from echt.proofs.engine import folder
from echt.proofs.engine.damage import undamaged
from echt.proofs.engine.folder import UNFINISHED, Folder
from echt.proofs.log.folder import CHECKPOINT, Log
from echt.proofs.refusals import Refused
from echt.proofs.verify import verify
from echt.proofs.verify.note import read_note
from echt.proofs.verify.reasons import Unreadable
from echt.proofs.verify.statement import read_statement

LARGEST = 64 << 20


def of_folder(path: Path) -> list[str]:
    """A build's folder, finished or not, or a log's.

    Raises:
        Refused: it is none of these.
    """
    if (path / CHECKPOINT).is_file():
        head = Log(path).head()
        return [f"The log {head.origin} with {head.size} statements, root {head.root.hex()}."]
    if path.name.endswith(UNFINISHED):
        return [f"An unfinished build. The same `echt proofs build` goes on from here, with --out {_finished(path)}."]
    made = folder.opened(path)
    with undamaged(path):
        report = json.loads(made.report.read_bytes())
        return [
            *_statement(made.note.read_text(encoding="utf-8")),
            f"Accounts: {report['accounts']}, as {report['leaves']} leaves in {report['places']} places.",
            f"Fullest bucket: {report['fullest_bucket']} of {report['places_in_a_bucket']} places.",
            "In a log: " + ("yes, its proofs say where." if made.log.exists() else "no."),
            _master_key(made),
        ]


def of_file(path: Path) -> list[str]:
    """A statement, or a proof file of any known format.

    Raises:
        Refused: it is none of these.
    """
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    try:
        return list(_statement(content.decode()))
    except (Unreadable, UnicodeDecodeError):
        pass
    name = verify(content).format
    if name is None:
        raise Refused(f"{path} is neither a statement nor a proof file of a format that we know.")
    return [f"A proof file of the format {name}. `echt proofs verify {path}` says whether it holds."]


def _statement(note: str) -> Iterator[str]:
    whole = note if "\n\n" in note else note + "\n"
    statement = json.loads(read_statement(whole).line)
    config = statement["config"]
    columns = [Column(c["asset"], c["decimals"], Side(c["side"])) for c in config["columns"]]
    yield f"Statement of {statement['operator']} on snapshot {config['snapshot']}, taken at {config['taken_at']}."
    yield f"Root {statement['root']}"
    yield from _totals(columns, statement)
    height = config["prefix_bits"] + config["bucket_bits"]
    yield f"Each account has {config['pieces']} leaves in a tree of height {height}."
    names = [signature.name for signature in read_note(whole).signatures]
    yield f"Signed by {', '.join(names)} (not checked here)." if names else "Not signed."


def _totals(columns: Sequence[Column], statement: dict[str, Any]) -> Iterator[str]:
    for column, total in zip(columns, statement["totals"], strict=True):
        yield f"  {column.name:<12} {column.shown(int(total))}"


def _master_key(made: Folder) -> str:
    if made.master_key.exists():
        return "The master key lies here: never publish this folder."
    return "The master key lies elsewhere; leaves alone still show balances, so never publish this folder."


def _finished(path: Path) -> str:
    return str(path).removesuffix(UNFINISHED)
