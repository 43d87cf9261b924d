"""`echt serve`: the whole installation with one command, pages and background work under one supervisor.

This process never loads Django. The web server prepares the database before it listens, and the workers wait for that.
The vision worker is a process of its own: its models take most of a gigabyte, and its pictures keep no mail waiting.
"""

import sys
from pathlib import Path

from echt import __version__
from echt.site import data_folder, demo
from echt.site.address import Address
from echt.site.supervisor import Supervisor


def serve(*, data: Path, address: Address, origin: str, with_demo: bool, threads: int) -> int:
    """Keep web server and worker running on the data folder until we are told to stop.

    Raises:
        InUse: another `echt serve` works on this data folder.
        PortTaken: somebody else listens at the address.
    """
    data_folder.make(data)
    with data_folder.alone_in(data):
        address.wait_until_free()
        supervisor = Supervisor(
            {
                "web": _web(address, threads),
                "worker": _echt("worker"),
                "vision": _echt("worker", "--queue", "vision", "--poll", "0.1"),
            }
        )
        return supervisor.run(
            ready=address.answers,
            announce=lambda: print(announcement(data, origin, with_demo=with_demo), flush=True),
        )


def announcement(data: Path, origin: str, *, with_demo: bool) -> str:
    """Where to look and how to sign in."""
    lines = [f"\necht {__version__} answers at {origin}/", *_entrance(data, origin, with_demo=with_demo)]
    return "\n  ".join([*lines, f"Data folder: {data}", "Stop with Ctrl-C.\n"])


def _entrance(data: Path, origin: str, *, with_demo: bool) -> list[str]:
    if not with_demo:
        return [f"There are no default accounts. For staff: echt admin create --data {data}"]
    return [
        f"Sign in as {', '.join(person.address for person in demo.PEOPLE)}",
        f"with the password {demo.kept_password(data)}",
        f"Mail that is sent: {origin}/outbox/    Components: {origin}/style/",
    ]


def _web(address: Address, threads: int) -> list[str]:
    where = ("--host", address.host, "--port", str(address.port))
    return _echt("web", *where, "--threads", str(threads), "--prepare")


def _echt(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "echt.site", *arguments]
