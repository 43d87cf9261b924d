"""What the confined process can still do, tried out by a program in its place."""

import subprocess
import sys

import pytest

from echt.identity.uploads.confinement import CPU_SECONDS, MEMORY
from echt.identity.uploads.system_calls import NEEDED

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits as Linux keeps them")
BEGIN = """
import os, resource, socket, sys, ctypes, threading, signal
from echt.identity.uploads.confinement import confine
libc = ctypes.CDLL(None, use_errno=True)
there = os.getppid()
confine()
def tried(what):
    try:
        return what()
    except (OSError, MemoryError, RuntimeError, ValueError):
        return "refused"
"""


def tried(expression):
    """What becomes of an expression in the confined process."""
    code = f"{BEGIN}\nprint(tried(lambda: {expression}), flush=True)\nos._exit(0)"
    done = subprocess.run([sys.executable, "-I", "-c", code], check=False, capture_output=True, text=True, timeout=120)
    return done.stdout.strip() or f"ended by {-done.returncode}"


@on_linux
@pytest.mark.parametrize(
    "expression",
    [
        "open('/etc/passwd')",
        "open('/tmp/echt-written', 'w')",
        "os.listdir('/')",
        "socket.socket()",
        "socket.socketpair()",
        "os.pipe()",
        "os.dup(1)",
    ],
)
def test_rule_1_it_opens_nothing(expression):
    assert tried(expression) == "refused"


@on_linux
@pytest.mark.parametrize(
    "expression",
    [
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.kill(there, 0)",
        "os.sched_setaffinity(there, [0])",
    ],
)
def test_rule_2_it_starts_nothing_and_touches_nobody(expression):
    assert tried(expression) == "refused"


@on_linux
def test_rule_2_it_looks_into_no_other_process():
    attach = 16

    assert tried(f"libc.ptrace({attach}, there, 0, 0)") == "-1"


@on_linux
def test_rule_3_it_has_so_much_memory_and_no_more():
    assert tried(f"len(bytearray({MEMORY}))") == "refused"
    assert tried(f"len(bytearray({MEMORY} // 2))") == str(MEMORY // 2)


@on_linux
def test_rule_3_the_time_that_it_has_cannot_be_lengthened():
    assert tried("resource.setrlimit(resource.RLIMIT_CPU, (100, 100))") == "refused"
    assert CPU_SECONDS <= 10


@on_linux
def test_rule_4_threads_are_possible():
    assert (
        tried("[t := threading.Thread(target=print, args=('ran',)), t.start(), t.join()] and 'joined'") == "ran\njoined"
    )


def test_rule_4_calls_of_every_architecture_are_named_once():
    for calls in NEEDED.values():
        assert list(calls)[:2] == ["AUDIT_ARCH", "clone"]
        assert len(set(calls.values())) == len(calls)
    first, second = NEEDED.values()
    assert set(second) < set(first)
