"""`echt serve`, for real: it starts, stops, recovers, and loses nothing."""

import os
import re
import signal
import stat
import time

import pytest

from tests.installation import children_of, is_alive
from tests.many_processes import wait_until

pytestmark = pytest.mark.slow


def test_it_says_where_to_look_and_how_to_sign_in(running):
    password = (running.data / "demo-password").read_text()

    assert f"answers at {running.origin}/" in running.said
    assert "anna@demo.example, ben@demo.example, desk@demo.example" in running.said
    assert password in running.said
    assert len(password) >= 16


def test_its_page_answers_under_each_name_of_this_machine(running):
    assert running.get("/")[0] == 200
    assert running.get("/style/")[0] == 200
    assert "ok" in running.get("/readyz")[1].lower()


def test_its_files_are_for_its_user_alone(running):
    assert stat.S_IMODE(running.data.stat().st_mode) == 0o700
    public = running.data / "static"
    for path in running.data.rglob("*"):
        if path.is_relative_to(public):
            continue
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_second_one_on_the_same_folder_is_refused(running):
    refused = running.echt("serve", "--port", "0")

    assert refused.returncode == 1
    assert f"(process {running.process.pid})" in refused.stderr
    assert running.answers()


@pytest.mark.parametrize("name", ["web", "worker", "vision"])
def test_a_process_that_dies_is_started_again(running, name):
    killed = running.children()[name]
    left_behind = children_of(killed)

    os.kill(killed, signal.SIGKILL)

    wait_until(lambda: running.children().get(name, killed) != killed)
    assert not any(map(is_alive, left_behind))
    wait_until(running.answers)


def test_after_kill_9_no_process_is_left_and_it_starts_again_with_nothing_lost(running):
    password = (running.data / "demo-password").read_text()
    children = running.children()
    assert {*children} == {"web", "worker", "vision"}

    running.stop(signal.SIGKILL)

    wait_until(lambda: not any(map(is_alive, children.values())))
    running.start("--demo")
    assert running.get("/")[0] == 200
    assert password in running.said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(running, number):
    children = running.children()

    assert running.stop(number) == 0

    assert not any(map(is_alive, children.values()))
    assert "killed" not in running.said
    assert "Traceback" not in running.said


def test_a_second_start_is_quick(running):
    """Below five seconds on an idle machine; here, other tests run beside it."""
    running.stop()
    began = time.monotonic()

    running.start("--demo")

    assert time.monotonic() - began < 15


def test_without_the_demo_it_says_how_to_make_an_account(installation):
    installation.start()

    assert "echt admin create" in installation.said
    assert not re.search(r"password|demo\.example|/outbox/", installation.said)


def test_a_setting_that_cannot_be_is_named_and_nothing_starts(installation):
    refused = installation.echt("serve", ECHT_MAIL_PORT="many")

    assert refused.returncode == 1
    assert "ECHT_MAIL_PORT" in refused.stderr
    assert "Traceback" not in refused.stderr
