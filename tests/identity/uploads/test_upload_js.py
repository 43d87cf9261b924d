"""The browser's module, in Node, against a server in memory that loses connections where it is told to."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

MODULE = Path("src/echt/identity/static/identity/upload.js").resolve()
PROGRAM = Path(__file__).with_name("upload_test.mjs")
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="no Node here; the browser tests go through the same module")


def ran(case):
    """What came of a case."""
    done = subprocess.run([NODE, PROGRAM, MODULE, case], capture_output=True, text=True, timeout=120, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "case",
    [
        "plain",
        "lost before it arrives",
        "lost after it arrived",
        "lost when it begins",
        "lost when it is finished",
        "every third request is lost",
        "the server is busy",
        "too many for a moment",
        "another has sent a part",
        "small",
        "exactly one part",
    ],
)
def test_the_same_bytes_arrive_whatever_happens_to_the_connection(case):
    came = ran(case)

    assert came["id"] == "one"
    assert came["same"]
    assert came["finished"]
    assert came["shares"][0] == 0
    assert came["shares"][-1] == 1


def test_no_more_is_asked_than_is_needed():
    assert ran("plain")["asked"] == ["POST ", *["PATCH one/"] * 4, "POST one/finish/"]


def test_after_a_broken_connection_it_asks_where_to_go_on():
    asked = ran("lost after it arrived")["asked"]

    assert asked[2:5] == ["PATCH one/", "HEAD one/", "PATCH one/"]
    assert asked.count("PATCH one/") == 4


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("never again", "no-connection"),
        ("refused in words", "too_big"),
        ("gone meanwhile", "lost"),
        ("signed out", "signed-out"),
        ("too many for a day", "too-many"),
    ],
)
def test_where_nothing_can_help_it_says_why(case, reason):
    came = ran(case)

    assert came["reason"] == reason
    assert not came["finished"]
    assert came.get("sentence") == ("Too big." if case == "refused in words" else None)
    assert len(came["asked"]) < 12


def test_what_is_given_up_is_cleared_away():
    came = ran("given up")

    assert came["message"] == "given up"
    assert came["gone"]
    assert came["asked"][-1] == "DELETE one/"
