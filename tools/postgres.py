"""Run a command against a PostgreSQL of its own: `python -m tools.postgres -- pytest`.

The server lives in a temporary folder, listens on a free port of the loopback address with a random password,
runs under a user without rights where we are root, and is gone when the command ends. The command finds it in
`ECHT_DATABASE_URL`.
"""

import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from tools.system import require

PLACES = (
    "usr/lib/postgresql/*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
)
UNPRIVILEGED = ("postgres", "nobody")
# The data of a test run need not survive a power cut.
OPTIONS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "100"}


def main(arguments: list[str]) -> int:
    """Start the server, run the command, stop the server; the command's exit code."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    signal.signal(signal.SIGTERM, _leave)
    with server() as url:
        return subprocess.run(command, env={**os.environ, "ECHT_DATABASE_URL": url}, check=False).returncode  # noqa: S603


def _leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


@contextmanager
def server() -> Iterator[str]:
    """A running server; yields its URL, whose user may create databases."""
    binaries = find_binaries()
    port, password = _free_port(), secrets.token_urlsafe(24)
    with tempfile.TemporaryDirectory(prefix="echt-postgres-") as folder:
        home = Path(folder)
        user = _unprivileged(home)
        _initialise(binaries, home, password, user)
        process = _start(binaries, home, port, user)
        try:
            _wait(binaries, port, process, home / "log")
            yield f"postgresql://echt:{password}@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def find_binaries() -> Path:
    """The folder of the newest installed server's programs; installs Debian's package where there is none."""
    for attempt in range(2):
        found = [place for pattern in PLACES for place in Path("/").glob(pattern) if _whole(place)]
        if on_path := shutil.which("initdb"):
            found.append(Path(on_path).resolve().parent)
        if found:
            return max(found, key=_version)
        if not attempt:
            require("postgresql", brew="postgresql@15")
    sys.exit("PostgreSQL was installed, but its programs are at none of the usual places.")


def _whole(place: Path) -> bool:
    return (place / "initdb").exists() and (place / "postgres").exists()


def _version(place: Path) -> int:
    number = re.search(r"(\d+)/bin$", str(place))
    return int(number[1]) if number else 0


def _unprivileged(home: Path) -> str | None:
    """The user to run as, who then owns the folder; None where we are not root, which the server refuses."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = next(name for name in UNPRIVILEGED if name in names)
    shutil.chown(home, user)
    return user


def _as(user: str | None) -> dict[str, Any]:
    """What makes a program run as the user and with none of our groups."""
    return {} if user is None else {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _initialise(binaries: Path, home: Path, password: str, user: str | None) -> None:
    secret = home / "password"
    secret.write_text(password)
    if user:
        shutil.chown(secret, user)
    command = [str(binaries / "initdb"), f"--pgdata={home / 'data'}", f"--pwfile={secret}", "--username=echt"]
    more = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
    subprocess.run([*command, *more], **_as(user), cwd=home, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    secret.unlink()


def _start(binaries: Path, home: Path, port: int, user: str | None) -> subprocess.Popen[bytes]:
    settings = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": "", **OPTIONS}
    flags = [flag for name, value in settings.items() for flag in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603
            [binaries / "postgres", "-D", home / "data", *flags],
            **_as(user),
            cwd=home,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _wait(binaries: Path, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    ready = [str(binaries / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}", "--timeout=1"]
    for _ in range(300):
        if process.poll() is not None:
            sys.exit(f"PostgreSQL did not start:\n{log.read_text()}")
        if subprocess.run(ready, check=False).returncode == 0:  # noqa: S603
            return
        time.sleep(0.1)
    sys.exit("PostgreSQL did not answer within 30 seconds.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
