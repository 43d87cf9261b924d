"""The process seen from outside. Where it must misbehave, another program stands in for it."""

import json
import subprocess
import sys
import threading
import time

import pytest

from echt.identity.uploads import workers as module
from echt.identity.uploads.reasons import Reason, Unfit
from echt.identity.uploads.workers import Workers
from tests.identity.uploads.drawing import SIZE, after_start, jpeg, png, segment

SECONDS = 60


@pytest.fixture
def true_workers():
    made = Workers(seconds=SECONDS)
    yield made
    made.close()


def program(code, **options):
    """Workers whose process runs this instead."""
    return Workers((sys.executable, "-I", "-c", code), **{"seconds": SECONDS, **options})


def answering(facts, picture, lengths=None):
    """A process that answers this, whatever it is given."""
    data = json.dumps(facts).encode() if isinstance(facts, dict) else facts
    first, second = lengths or (len(data), len(picture))
    answer = first.to_bytes(4, "big") + data + second.to_bytes(4, "big") + picture
    return program(f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({answer!r})")


def test_rule_1_each_upload_has_a_process_of_its_own(true_workers, monkeypatch):
    started = []
    popen = subprocess.Popen

    def watched(*args, **options):
        started.append(popen(*args, **options))
        return started[-1]

    monkeypatch.setattr(module.subprocess, "Popen", watched)
    for _ in range(2):
        true_workers.warm_up()
        true_workers.warm_up()
        true_workers.remake([png()])

    assert len(started) == 2
    assert all(process.poll() is not None for process in started)


def test_rule_1_pictures_of_one_upload_are_answered_in_their_order(true_workers):
    answers = true_workers.remake([png(), b"no picture", jpeg()])

    assert [getattr(answer, "width", answer) for answer in answers] == [SIZE[0], Reason.NOT_A_PICTURE, SIZE[0]]


def test_rule_2_it_knows_nothing_of_us(monkeypatch):
    monkeypatch.setenv("ECHT_SECRET_KEY", "secret")
    code = (
        "import os, sys, json; sys.stdin.buffer.read();"
        "told = json.dumps({'reason': 'empty' if not set(os.environ) - {'LC_CTYPE'} and os.getcwd() == '/'"
        " and len(os.listdir('/proc/self/fd')) <= 4 else 'damaged'}).encode();"
        "sys.stdout.buffer.write(len(told).to_bytes(4, 'big') + told + bytes(4))"
    )

    assert program(code).remake([b"x"]) == [Reason.EMPTY]


def test_rule_3_it_is_killed_when_its_time_is_over():
    begun = time.monotonic()

    assert program("import time; time.sleep(50)", seconds=0.3).remake([png()]) == [Reason.TOO_DEMANDING]
    assert time.monotonic() - begun < 20


def test_rule_3_it_is_killed_too_while_it_reads_nothing():
    assert program("import time; time.sleep(50)", seconds=0.3).remake([bytes(5_000_000)]) == [Reason.TOO_DEMANDING]


def test_rule_3_it_may_not_answer_without_end():
    endless = program("import sys\nwhile True: sys.stdout.buffer.write(b'\\xff' * 65536)")

    assert endless.remake([png()]) == [Reason.DAMAGED]


@pytest.mark.parametrize(
    "code", ["", "import os; os.abort()", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"]
)
def test_rule_3_one_that_falls_over_is_an_answer_too(code):
    assert program(code).remake([png(), png()]) == [Reason.DAMAGED] * 2


@pytest.mark.parametrize(
    "picture",
    [b"", b"GIF89a", jpeg() + b"<script>", after_start(jpeg(), segment(0xFE, b"hidden")), png()],
)
def test_rule_4_a_picture_that_is_not_plain_is_not_taken(picture):
    assert answering({"width": 1, "height": 1, "origin": {}}, picture).remake([b"x"]) == [Reason.DAMAGED]


@pytest.mark.parametrize("facts", [b"", b"no json", b"[]", b"7", b'"x"', {"reason": "let me in"}, {"reason": 7}])
def test_rule_4_facts_that_make_no_sense_are_not_taken(facts):
    assert answering(facts, b"").remake([b"x"]) == [Reason.DAMAGED]


@pytest.mark.parametrize("lengths", [(0xFFFFFFFF, 0), (2, 0xFFFFFFFF)])
def test_rule_4_lengths_beyond_measure_are_not_believed(lengths):
    assert answering({}, b"", lengths).remake([b"x"]) == [Reason.DAMAGED]


def test_rule_4_size_and_words_are_made_out_again(true_workers):
    [plain] = true_workers.remake([png()])
    origin = {"make": "a\u202eb\n", "model": ["x"], "more": "y", "software": "<i>"}

    [clean] = answering({"width": 9999, "height": 1, "origin": origin}, plain.jpeg).remake([b"x"])

    assert (clean.width, clean.height) == SIZE
    assert clean.origin == {"make": "a b", "software": "<i>"}


def test_rule_5_who_waits_too_long_is_told_to_come_back():
    slow = program("import time; time.sleep(50)", seconds=50, patience=0.05)
    busy = [threading.Thread(target=slow.remake, args=([b"x"],)) for _ in range(module.MOST)]
    for thread in busy:
        thread.start()
    while slow._free._value:
        time.sleep(0.001)

    with pytest.raises(Unfit) as unfit:
        slow.remake([b"x"])
    assert unfit.value.reason is Reason.BUSY


def test_one_that_died_while_it_was_warm_is_replaced(true_workers):
    true_workers.warm_up()
    true_workers._warm.kill()
    true_workers._warm.wait()

    [clean] = true_workers.remake([png()])
    assert (clean.width, clean.height) == SIZE


def test_a_picture_is_not_written_into_a_log():
    [clean] = answering({"origin": {"make": "Maker"}}, plain_picture()).remake([b"x"])

    assert "Maker" not in repr(clean)
    assert "JFIF" not in repr(clean)


def plain_picture():
    from echt.identity.uploads.remaking import remade

    return remade(png()).jpeg
