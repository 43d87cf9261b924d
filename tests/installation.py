"""An installation that really runs: `echt serve` in processes of its own, on a free port, with a fresh data folder."""

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

from tests.many_processes import ROOT, wait_until


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Installation:
    """`echt serve` on a data folder; it may be started again and again."""

    data: Path
    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[str] | None" = None

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def said(self) -> str:
        return self._log.read_text()

    @property
    def _log(self) -> Path:
        return self.data.parent / "said"

    def start(self, *flags: str) -> None:
        """Start, and wait until it says that it answers."""
        command = [sys.executable, "-m", "echt.site", "serve", "--data", str(self.data)]
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port), *flags],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
            )
        wait_until(lambda: "answers at" in self.said or self.process.poll() is not None)
        assert self.process.poll() is None, self.said

    def stop(self, number: int = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(60)

    def echt(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Any other command on the same data folder."""
        return subprocess.run(
            [sys.executable, "-m", "echt.site", *arguments, "--data", str(self.data)],
            cwd=ROOT,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"{self.origin}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()

    def answers(self) -> bool:
        try:
            return self.get("/healthz")[0] == 200
        except (URLError, OSError):
            return False

    def children(self) -> dict[str, int]:
        """The processes under the supervisor, by name."""
        found = re.findall(r"^\s*(\d+)\s+(\d+)\s+.*echt\.site (web|worker)\b(.*)", processes(), re.MULTILINE)
        return {
            "vision" if "vision" in flags else name: int(pid)
            for pid, parent, name, flags in found
            if int(parent) == self.process.pid
        }


def processes() -> str:
    """Every process of this machine, a line each: its number, its parent's, its command."""
    columns = ["ps", "-A", "-o", "pid=,ppid=,args="]
    return subprocess.run(columns, capture_output=True, text=True, check=True).stdout


def children_of(pid: int) -> list[int]:
    return [int(child) for child in re.findall(rf"^\s*(\d+)\s+{pid}\s", processes(), re.MULTILINE)]


def is_alive(pid: int) -> bool:
    """Whether it runs; one that has ended and only waits to be noticed by its parent does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return state.strip() != "" and not state.startswith("Z")
