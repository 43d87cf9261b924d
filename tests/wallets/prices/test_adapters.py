"""Files and addresses that say prices."""

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest

from echt.wallets.prices import demo, register
from echt.wallets.prices.files import FileSource
from echt.wallets.prices.pages import PageSource
from echt.wallets.prices.sources import MOST_BYTES, SourceFailed, read
from tests.wallets.prices.worlds import answer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = self.path.strip("/")
        self.server.asked.append(asked)
        if asked == "away":
            self.send_response(302)
            self.send_header("Location", "/good")
            return self.end_headers()
        if asked == "slow":
            self.server.stop.wait(3)
            return None
        self.send_response(500 if asked == "broken" else 204 if asked == "empty" else 200)
        self.end_headers()
        if asked == "drops":
            return self._drops()
        said = {
            "good": answer(),
            "huge": b" " * (MOST_BYTES + 1),
            "bad": b"<html>",
            "undated": b'{"currency": "EUR", "prices": {"BTC": "1"}}',
        }
        self.wfile.write(said.get(asked, b""))
        return None

    def _drops(self):
        while not self.server.stop.wait(0.05):
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, *_words):
        """Say nothing."""


@pytest.fixture(scope="module")
def server():
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.asked, made.stop, made.daemon_threads = [], threading.Event(), True
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield made
    made.stop.set()
    made.shutdown()
    made.server_close()


def page(server, path, seconds=0.4):
    return PageSource(
        name="page",
        url=f"http://127.0.0.1:{server.server_port}/{path}",
        currency="EUR",
        wait=timedelta(seconds=seconds),
    )


def test_an_address_that_answers(server):
    assert page(server, "good").fetch() == read(answer(), currency="EUR")


@pytest.mark.parametrize("path", ["bad", "broken", "empty", "huge", "nothing", "undated"])
def test_an_answer_that_is_none_is_refused(server, path):
    with pytest.raises(SourceFailed):
        page(server, path, seconds=2).fetch()


def test_rule_1_no_redirect_is_followed(server):
    server.asked.clear()
    with pytest.raises(SourceFailed, match="302"):
        page(server, "away").fetch()
    assert server.asked == ["away"]


@pytest.mark.parametrize("path", ["slow", "drops"])
def test_rule_2_what_is_late_is_refused_in_time(server, path):
    begun = time.monotonic()
    with pytest.raises(SourceFailed, match="within"):
        page(server, path).fetch()
    assert time.monotonic() - begun < 2


def test_nobody_there():
    with pytest.raises(SourceFailed, match="reached"):
        PageSource(name="x", url="http://127.0.0.1:1/", currency="EUR").fetch()


def test_a_file_is_as_old_as_it_was_written_unless_it_says(tmp_path):
    path = tmp_path / "prices.json"
    path.write_bytes(b'{"currency": "EUR", "prices": {"BTC": "1"}}')
    os.utime(path, (1_790_000_000, 1_790_000_000))

    found = FileSource(name="x", path=path, currency="EUR").fetch()

    assert found[0].observed_at == datetime.fromtimestamp(1_790_000_000, UTC)


def test_a_file_that_is_not_there_or_too_large(tmp_path):
    source = FileSource(name="x", path=tmp_path / "prices.json", currency="EUR")
    with pytest.raises(SourceFailed, match="read"):
        source.fetch()
    source.path.write_bytes(b" " * (MOST_BYTES + 1))
    with pytest.raises(SourceFailed, match="large"):
        source.fetch()


def test_names_are_short_hold_no_secret_and_are_told_apart():
    secret = register.name_of("https://prices.example/v1/eur?key=hunter2")
    long = [register.name_of(f"https://prices.example/{'a' * 80}{end}") for end in "xy"]

    assert register.name_of("https://prices.example/v1/eur") == "prices.example/v1/eur"
    assert "hunter2" not in secret
    assert secret != register.name_of("https://prices.example/v1/eur?key=hunter3")
    assert long[0] != long[1]
    assert all(len(name) <= 40 for name in [secret, *long])


def test_the_demos_prices_walk_slowly_and_are_readable(tmp_path):
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    demo.write(tmp_path, now)

    for path in demo.files(tmp_path):
        found = FileSource(name="x", path=path, currency="EUR").fetch()
        assert {it.code for it in found} == {*demo.BASES}
        assert {it.observed_at for it in found} == {now}
    steps = [float(demo.price("BTC", 1, datetime.fromtimestamp(1_790_000_000 + 15 * n, UTC))) for n in range(400)]
    assert all(abs(after / before - 1) < 0.001 for before, after in pairwise(steps))
    assert len({*steps}) > 300
