"""The folder that a build makes, and the one that it works in until then.

1. A build works in `<DIR>.unfinished` and gives it the name `<DIR>` as its last step. So a folder with its name is
   finished, and what was killed is never taken for it.
2. A build in an unfinished folder is resumed only with the same input, the same parameters and the same master key.
3. The folder is its owner's alone: who has the leaves and the master key can read every balance.
4. What was put aside goes as a whole, by its name, before its files go: a build that is killed while it cleans up finds
   all of it again, or nothing, and never a mark without its runs.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from echt.proofs import disk
from echt.proofs.refusals import Refused

PRIVATE = 0o700
UNFINISHED = ".unfinished"
GIGA = 10**9


@dataclass(frozen=True)
class Folder:
    """The names in it."""

    path: Path

    @property
    def config(self) -> Path:
        return self.path / "config.json"

    @property
    def statement(self) -> Path:
        return self.path / "statement.json"

    @property
    def note(self) -> Path:
        return self.path / "statement.note"

    @property
    def log(self) -> Path:
        return self.path / "log.json"

    @property
    def report(self) -> Path:
        return self.path / "report.json"

    @property
    def master_key(self) -> Path:
        return self.path / "master.key"

    @property
    def buckets(self) -> Path:
        return self.path / "buckets"

    @property
    def nodes(self) -> Path:
        return self.path / "top" / "nodes"

    @property
    def counts(self) -> Path:
        return self.path / "top" / "counts"

    def part(self, number: int) -> Path:
        return self.buckets / f"{number:04}.parquet"


class Workshop(Folder):
    """The unfinished folder, with what only the build needs."""

    @property
    def order(self) -> Path:
        return self.path / "order.json"

    @property
    def lock(self) -> Path:
        return self.path / "lock"

    @property
    def spilled(self) -> Path:
        return self.path / "spilled"

    @property
    def spent(self) -> Path:
        """What was put aside and is needed no more (rule 4)."""
        return self.path / "spent"

    def roots(self, number: int) -> Path:
        """The roots and counts of a part's buckets; there once the part is done."""
        return self.spilled / f"{number:04}.roots"

    def finish(self, out: Path) -> Folder:
        """Take away what only the build needed, and give the folder its name.

        The lock goes last: as long as the folder has its old name, nobody else may begin in it.
        """
        self._clean_up()
        for draft in self.buckets.glob("*.draft"):
            draft.unlink(missing_ok=True)
        self.order.unlink()
        disk.names_to_disk(self.path)
        self.path.rename(out)
        Workshop(out).lock.unlink()
        disk.names_to_disk(out)
        disk.names_to_disk(out.absolute().parent)
        return Folder(out)

    def discard(self) -> None:
        """Leave nothing of it."""
        self._clean_up()
        shutil.rmtree(self.path)

    def _clean_up(self) -> None:
        """Remove what was put aside (rule 4), and what a build that was killed here has left."""
        if self.spent.exists():
            shutil.rmtree(self.spent)
        self.spilled.rename(self.spent)
        disk.names_to_disk(self.path)
        shutil.rmtree(self.spent)


def check_free(out: Path) -> None:
    """Whether a build may have this name.

    Raises:
        Refused: there is something already.
    """
    if out.exists():
        raise Refused(f"{out} is there already. A finished build is never overwritten: choose another --out.")
    if out.name in ("", ".."):
        raise Refused(f"{out} is not a name for a new folder: choose another --out.")


def workshop_for(out: Path) -> Workshop:
    """The unfinished folder for this name, new or as a killed build left it.

    Raises:
        Refused: there is a finished folder already.
    """
    check_free(out)
    shop = Workshop(out.with_name(out.name + UNFINISHED))
    for path in (shop.path, shop.spilled, shop.buckets, shop.nodes.parent):
        path.mkdir(mode=PRIVATE, parents=path == shop.path, exist_ok=True)
    return shop


def agreed_order(shop: Workshop, order: Mapping[str, Any], *, moment_given: bool = False) -> Mapping[str, Any]:
    """The order of this build: written down at the first start, found again by a resumed one (rule 2).

    `taken_at` may differ where nobody gave it: then the moment of the snapshot is that of the first start.

    Raises:
        Refused: the folder belongs to a build of something else.
    """
    try:
        earlier: Mapping[str, Any] = json.loads(shop.order.read_bytes())
    except FileNotFoundError:
        disk.replace(shop.order, json.dumps(order).encode(), mode=disk.PRIVATE_FILE)
        return order
    free = set() if moment_given else {"taken_at"}
    differing = sorted(name for name in order if name not in free and order[name] != earlier.get(name))
    if differing:
        raise Refused(
            f"{shop.path} holds an unfinished build with another {' and '.join(differing)}."
            " Run it again as it was, or remove that folder."
        )
    return earlier


def opened(path: Path) -> Folder:
    """A finished folder.

    Raises:
        Refused: it is unfinished, or something else.
    """
    folder = Folder(path)
    if path.name.endswith(UNFINISHED) or (path / "order.json").exists():
        raise Refused(f"{path} is an unfinished build. Run the same `echt proofs build` again: it goes on from there.")
    if not (folder.config.is_file() and folder.nodes.is_file()):
        raise Refused(f"{path} was not made by `echt proofs build`: it has no config.json with a tree.")
    return folder


def write_private(path: Path, content: bytes) -> None:
    disk.replace(path, content, mode=disk.PRIVATE_FILE)


def check_space(shop: Workshop, leaves: int, columns: int) -> None:
    """Every leaf is written twice: put aside, and in its bucket. What a killed build has left is there already.

    Raises:
        Refused: there is not enough room, and nothing was begun there.
    """
    status = os.statvfs(shop.path)
    there = sum(path.stat().st_size for path in shop.path.rglob("*") if path.is_file())
    needed, free = 2 * leaves * (32 + 8 * columns) - there, status.f_bavail * status.f_frsize
    if needed > free:
        if not shop.order.exists():
            shop.discard()
        raise Refused(f"About {needed // GIGA + 1} GB are needed in {shop.path.parent}, {free // GIGA} GB are free.")
