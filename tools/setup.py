"""Make the virtual environment from a lock file, once per content of that file.

`python3 -m tools.setup requirements.lock`, from the repository's folder. It runs on the system's Python with
its standard library alone. A second run finds its stamp, installs nothing and needs no network.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

from tools.system import require

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)


def main(lock: str) -> None:
    """Set up `.venv` with exactly what the lock file names, the package itself, its models and compiled texts."""
    if sys.version_info < OLDEST:
        sys.exit(f"Python 3.11 or later is needed, this is {sys.version.split()[0]}: make PYTHON=python3.12")
    stamp = VENV / "stamps" / lock
    wanted = _key(ROOT / lock)
    if not (PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted):
        _create()
        _install(lock)
        stamp.parent.mkdir(exist_ok=True)
        stamp.write_text(wanted)
    _run("-m", "echt.site", "models", "install")
    _run("-m", "tools.messages", "compile")


def _key(lock: Path) -> str:
    """What the environment depends on: the lock, the package's description, this Python, and its folder."""
    digest = hashlib.sha256()
    project = ROOT / "pyproject.toml"
    for part in (lock.read_bytes(), project.read_bytes(), sys.version.encode(), bytes(ROOT)):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _create() -> None:
    """A new environment, unless there is one. Debian packs what makes it apart from Python."""
    if PYTHON.exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        require("python3-venv", brew="python")
    print("Making .venv", flush=True)
    venv.create(VENV, with_pip=True, clear=VENV.exists())


def _install(lock: str) -> None:
    print(f"Installing what {lock} names", flush=True)
    pip = ("-m", "pip", "install", "--quiet", "--no-deps")  # the lock is complete, and leaves out what it means to
    _run(*pip, "--require-hashes", "-r", lock)
    _run(*pip, "--no-index", "--no-build-isolation", "--editable", ".")


def _run(*arguments: str) -> None:
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run([PYTHON, *arguments], cwd=ROOT, env=environment, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main(*sys.argv[1:])
