"""Styles, scripts, icons and fonts under names that carry their hash; browsers keep them for good.

There is no step before the start. The files of all rooms are gathered into a folder of the data folder, named
by the hash of what is in it: names rewritten in styles and in imports of scripts, styles without comments,
compressed copies beside them. It appears whole or not at all, so that any number of processes may start at once,
and the next start finds it there.
"""

import math
import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.base import ContentFile
from django.core.files.storage import Storage as Source
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

from echt import clock

FORM = 2
"""Rises when the same files must be gathered differently."""
PASSED_OVER = [".*", "*~", "README.md"]
KEPT = timedelta(days=7)
COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
AROUND = re.compile(rb"\s*([{};])\s*")
Sources = dict[str, tuple[Source, str]]


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Names of files as pages print them. A page that names a missing file fails."""

    support_js_module_import_aggregation = True

    def __init__(self, location: str | Path | None = None, **options: object) -> None:
        super().__init__(location or gathered(), **options)


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Serves the gathered files."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(answer)
        self.add_files(str(gathered()), prefix=self.static_prefix)


@cache
def gathered() -> Path:
    """The folder with the files of this version; made where it is missing."""
    return gather(sources(), Path(settings.ECHT.data).absolute() / "static")


def sources() -> Sources:
    """The files of all rooms by name; of two with one name, the first counts."""
    found: Sources = {}
    for finder in get_finders():
        for path, storage in finder.list(PASSED_OVER):
            found.setdefault(path, (storage, path))
    return found


def gather(files: Sources, root: Path) -> Path:
    """As `gathered`, of these files, below this folder.

    Raises:
        ValueError: a style or a script names a file that is missing.
    """
    folder = root / _fingerprint(files)
    if not folder.exists():
        _make(folder, files)
        _forget_old(root, but=folder)
    return folder


def _fingerprint(files: Sources) -> str:
    whole = sha256(f"{FORM}".encode())
    for name in sorted(files):
        storage, path = files[name]
        with storage.open(path) as file:
            whole.update(f"\0{name}\0{sha256(file.read()).hexdigest()}".encode())
    return whole.hexdigest()[:16]


def _make(folder: Path, files: Sources) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(dir=folder.parent, prefix=".draft-"))
    try:
        _fill(draft, files)
        _put_in_place(draft, folder)
    finally:
        rmtree(draft, ignore_errors=True)


def _fill(draft: Path, files: Sources) -> None:
    target = Storage(draft)
    for name, (storage, path) in files.items():
        with storage.open(path) as file:
            target.save(name, ContentFile(_lean(file.read())) if name.endswith(".css") else file)
    _require_whole(target.post_process({name: (target, name) for name in files}))


def _lean(style: bytes) -> bytes:
    """A style without what only its writers need; a fifth of ours."""
    return AROUND.sub(rb"\1", COMMENT.sub(b"", style)).strip()


def _require_whole(outcomes: Iterable[tuple[str, str | None, object]]) -> None:
    for _name, _hashed, outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome


def _put_in_place(draft: Path, folder: Path) -> None:
    """Where another process was first, its folder stays: it holds the same."""
    try:
        draft.rename(folder)
    except OSError:
        if not folder.exists():
            raise


def _forget_old(root: Path, *, but: Path) -> None:
    oldest = (clock.now() - KEPT).timestamp()
    for folder in root.iterdir():
        if folder != but and _made_at(folder) < oldest:
            rmtree(folder, ignore_errors=True)


def _made_at(folder: Path) -> float:
    """A folder that another process has just removed is not old."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return math.inf
