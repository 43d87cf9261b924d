"""Which files the input consists of, and what identifies them.

A folder is one input: every file in it is read, or the folder is refused, so that no part is left out unnoticed.
Names that begin with `_` or `.` are skipped: other programs put marks and checksums beside their parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from os import stat_result
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from echt.proofs.input.faults import Place
from echt.proofs.refusals import Refused

SAMPLE = 2**20
"""Of each file the first and the last so many bytes go into the fingerprint."""


class Kind(StrEnum):
    """How a file is written, by the end of its name."""

    PARQUET = "Parquet"
    CSV = "CSV"


ENDINGS = {".parquet": Kind.PARQUET, ".parq": Kind.PARQUET, ".pq": Kind.PARQUET, ".csv": Kind.CSV}
PACKED = {".gz": "gzip", ".zst": "zstd"}


@dataclass(frozen=True)
class File:
    """One file of the input."""

    path: Path
    kind: Kind
    packed: str | None
    size: int
    changed_ns: int

    @property
    def place(self) -> Place:
        """For sentences about the file."""
        return Place(str(self.path))

    def check_unchanged(self) -> None:
        """Let what was read stand only if it is one file's content and not that of two.

        Raises:
            Refused: the file is gone, or another than when we began.
        """
        facts = _facts(self.path)
        if (facts.st_size, facts.st_mtime_ns) != (self.size, self.changed_ns):
            raise self.place.refuse("The file changed while it was read. Start again when it is finished.")


def find(paths: Sequence[Path] | Path) -> tuple[File, ...]:
    """The files of the input, folders opened, in order.

    Raises:
        Refused: a file is not there, not readable or of a kind that we do not read; or there is none.
    """
    given = [paths] if isinstance(paths, Path) else list(paths)
    if not given:
        raise Refused("No file with balances was given.")
    files = tuple(file for path in given for file in _opened(path))
    twice = _twice([file.path.resolve() for file in files])
    if twice:
        raise Refused(f"{twice}: The file was given twice. Every balance must be counted once.")
    kinds = {file.kind for file in files}
    if len(kinds) > 1:
        first = next(file for file in files if file.kind is not files[0].kind)
        raise Refused(
            f"{first.path}: The input holds Parquet and CSV files. Give one kind; the others may say the same twice."
        )
    return files


def fingerprint(files: Sequence[File]) -> str:
    """SHA-256 over the files' names, sizes, times of change, and the beginning and end of each."""
    whole = sha256(b"echt input 1\n")
    for file in files:
        whole.update(f"{file.path.name}\n{file.size}\n{file.changed_ns}\n".encode("utf-8", "surrogateescape"))
        with file.path.open("rb") as content:
            whole.update(sha256(content.read(SAMPLE)).digest())
            content.seek(max(0, file.size - SAMPLE))
            whole.update(sha256(content.read(SAMPLE)).digest())
    return whole.hexdigest()


def _opened(path: Path) -> list[File]:
    facts = _facts(path)
    if not S_ISDIR(facts.st_mode):
        return [_file(path, facts)]
    parts = sorted(part for part in path.iterdir() if not part.name.startswith((".", "_")))
    if (path / "_temporary").exists():
        raise Refused(
            f"{path}: The program that writes this folder has not finished, or it failed: it left “_temporary”."
        )
    if not parts:
        raise Refused(f"{path}: The folder holds no file with balances.")
    for part in parts:
        if part.is_dir():
            raise Refused(f"{part}: Folders inside a folder are not read. Give the folder that holds the files itself.")
    return [_file(part, _facts(part)) for part in parts]


def _facts(path: Path) -> stat_result:
    try:
        return path.stat()
    except FileNotFoundError:
        raise Refused(f"{path}: There is no such file. Check the name and the folder.") from None
    except OSError as error:
        raise Refused(f"{path}: The file cannot be read: {error.strerror}.") from None


def _file(path: Path, facts: stat_result) -> File:
    endings = [ending.lower() for ending in path.suffixes[-2:]]
    packed = PACKED.get(endings[-1]) if endings else None
    kind = ENDINGS.get(endings[-2] if packed and len(endings) > 1 else endings[-1]) if endings else None
    if kind is None or (packed and kind is Kind.PARQUET):
        raise Refused(
            f"{path}: The name does not say what the file is. Balances are read from names that end with"
            " .parquet, .csv, .csv.gz or .csv.zst; rename the file, or take it out of the folder."
        )
    if not S_ISREG(facts.st_mode):
        raise Refused(f"{path}: This is not a file that can be read twice. Save the balances in a file first.")
    if facts.st_size == 0:
        raise Refused(f"{path}: The file is empty.")
    try:
        path.open("rb").close()
    except OSError as error:
        raise Refused(f"{path}: The file cannot be read: {error.strerror}.") from None
    return File(path, kind, packed, facts.st_size, facts.st_mtime_ns)


def _twice(paths: Sequence[Path]) -> Path | None:
    seen: set[Path] = set()
    for path in paths:
        if path in seen:
            return path
        seen.add(path)
    return None
