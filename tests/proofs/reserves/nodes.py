"""A node on this machine, for tests: it answers over HTTP what it is told to."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

Reply = tuple[int, dict[str, str], bytes]
Answer = Callable[[dict, dict[str, str]], Reply]
"""From a question and its headers to status, headers and body."""


def result(value: object) -> Answer:
    """The node gives this as its result."""
    return lambda question, _: (200, {}, json.dumps({"id": question["id"], "result": value}).encode())


def raw(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    return lambda _question, _headers: (status, headers, body)


@contextmanager
def node(answer: Answer) -> Iterator[str]:
    """The address of the node while it runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, headers, body = answer(question, dict(self.headers))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Nothing to say."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()
