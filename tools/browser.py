"""What the browser tests need besides Python's packages: Chromium, fonts and the rules of axe-core."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from tools.system import require

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""A browser that does what it is told and nothing else."""
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def main() -> None:
    chromium()
    axe()


def chromium() -> Path:
    """The system's browser; installed where there is none and it may be."""
    return _found() or _installed()


def _found() -> Path | None:
    named = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if named:
        return Path(named)
    return MAC if MAC.exists() else None


def _installed() -> Path:
    require("chromium", "fonts-liberation", brew="--cask google-chrome")
    found = _found()
    if found is None:
        sys.exit("Chromium was installed, but its program is not on the PATH.")
    return found


def axe() -> Path:
    """The script of axe-core, as package-lock.json names it."""
    script = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    stamp = ROOT / "node_modules" / ".stamp"
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if not (script.exists() and stamp.exists() and stamp.read_text() == wanted):
        npm = shutil.which("npm")
        if npm is None:
            require("npm", brew="node")
        subprocess.run([npm or "npm", "ci", "--silent", "--ignore-scripts"], cwd=ROOT, check=True)  # noqa: S603
        stamp.write_text(wanted)
    return script


if __name__ == "__main__":
    main()
