"""What comes from the system's packages: installed where that may be done, else named in one line."""

import os
import shutil
import subprocess
import sys


def require(*debian: str, brew: str) -> None:
    """Install Debian's packages as root; otherwise leave with the one line that says what to install.

    The names are Debian's; `brew` is what macOS calls the same. Nothing here asks back: nobody may be there.
    """
    if not _may_install():
        sys.exit(_line(debian, brew))
    print(f"Installing {' '.join(debian)} from the system's packages", flush=True)
    # Run level 1 keeps the package from starting a server of its own.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    if _apt("install", *debian, environment=environment):
        return
    _apt("update", environment=environment)
    if not _apt("install", *debian, environment=environment):
        sys.exit(_line(debian, brew))


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(verb: str, *names: str, environment: dict[str, str]) -> bool:
    command = ["apt-get", verb, "--yes", "--quiet=2", *(["--no-install-recommends"] if names else []), *names]
    return subprocess.run(command, env=environment, check=False).returncode == 0  # noqa: S603


def _line(debian: tuple[str, ...], brew: str) -> str:
    if sys.platform == "darwin":
        return f"Please install what is missing: brew install {brew}"
    return f"Please install what is missing: sudo apt-get install {' '.join(debian)}"
