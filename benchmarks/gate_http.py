"""How long the gate takes to answer over HTTP: `python -m benchmarks.gate_http`.

An exchange's engine asks before money moves, a thousand times a second. Requests leave at a steady rate whether or not
earlier ones were answered, and a time counts from when its request was due, so a server that stalls cannot hide it.
Server, PostgreSQL and the asking program share the machine. Beside it, in the same run: a bare WSGI program that
answers the same number of bytes on the same server.
"""

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
CONNECTIONS = 32
WARM = 3
BARE = """
from gunicorn.app.base import BaseApplication
class Server(BaseApplication):
    def load_config(self):
        for name, value in {"bind": "127.0.0.1:%s", "workers": 2, "threads": 4, "worker_class": "gthread",
                            "keepalive": 5, "control_socket_disable": True, "loglevel": "error"}.items():
            self.cfg.set(name, value)
    def load(self):
        def application(environ, start):
            environ["wsgi.input"].read()
            start("200 OK", [("Content-Type", "application/json"), ("Content-Length", "%s")])
            return [b"x" * %s]
        return application
Server().run()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=int, default=1000, help="requests a second")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    from benchmarks import ledger

    with tempfile.TemporaryDirectory() as folder, ledger.durable_server() as url:
        ledger.prepare(Path(folder), url)
        requests, bare = questions(given.rate)
        port = free_port()
        command = [sys.executable, "-m", "echt.site", "web", "--port", str(port), "--processes", str(given.processes)]
        with running([*command, "--threads", "4"], f"http://127.0.0.1:{port}/healthz"):
            size = asyncio.run(first(port, requests[0]))
            tell("gate", asyncio.run(load(port, requests, given.rate, given.seconds)))
        port = free_port()
        with running([sys.executable, "-c", BARE % (port, size, size)], f"http://127.0.0.1:{port}/"):
            tell("bare WSGI", asyncio.run(load(port, bare, given.rate, given.seconds)))


def questions(number: int) -> tuple[list[bytes], list[bytes]]:
    """Requests with a key that may ask, for accounts with holds; and the same for the program beside it."""
    from django.db import connection

    from benchmarks import ledger
    from echt.api.actions.keys import make_key
    from echt.api.scopes import Scope

    _key, secret = make_key(actor=None, name="benchmark", scopes=[Scope.GATE_ASK])
    accounts = random.sample(ledger.places(), min(number, ledger.ACCOUNTS))
    connection.close()
    bodies = [
        json.dumps({"account": str(account), "operation": "withdraw", "asset": "ETH", "amount": "1.5"}).encode()
        for account in accounts
    ]
    return [request("/api/v1/gate/ask", body, secret) for body in bodies], [request("/", body, "") for body in bodies]


def request(path: str, body: bytes, secret: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {secret}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def first(port: int, told: bytes) -> int:
    """Ask once and see that it is an answer; its size."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(told)
    body = await answer(reader)
    writer.close()
    assert json.loads(body)["allowed"] is True, body
    return len(body)


async def load(port: int, requests: list[bytes], rate: int, seconds: int) -> list[float]:
    """Ask at a steady rate; the times from when each was due to when it was answered."""
    due: asyncio.Queue[float | None] = asyncio.Queue()
    times: list[float] = []

    async def ask() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (moment := await due.get()) is not None:
            writer.write(random.choice(requests))  # noqa: S311
            await answer(reader)
            times.append(time.perf_counter() - moment)
        writer.close()

    askers = [asyncio.create_task(ask()) for _ in range(CONNECTIONS)]
    begin = time.perf_counter()
    for number in range(rate * (seconds + WARM)):
        moment = begin + number / rate
        if (wait := moment - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        due.put_nowait(moment)
    for _ in askers:
        due.put_nowait(None)
    await asyncio.gather(*askers)
    return times[rate * WARM :]


async def answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    assert b" 200 " in head.partition(b"\r\n")[0], head
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return await reader.readexactly(int(length.partition(b":")[2]))


def tell(name: str, times: list[float]) -> None:
    times = sorted(times)
    shares = (0.5, 0.9, 0.99, 0.999)
    told = ", ".join(f"p{100 * share:g} {times[int(len(times) * share)] * 1000:.1f} ms" for share in shares)
    print(f"{name:12}{len(times):>8,} answers   {told}, most {times[-1] * 1000:.1f} ms", flush=True)


@contextmanager
def running(command: list[str], address: str) -> Iterator[None]:
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    try:
        for _ in range(300):
            try:
                urlopen(address).read()  # noqa: S310  # our own
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
