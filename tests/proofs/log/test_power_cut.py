"""An append that ends at any of its steps, before or after the step was done, leaves a log (rule 2)."""

import os
import stat
from itertools import count

import pytest

from echt.proofs.log.append import append
from echt.proofs.log.folder import Log
from tests.proofs.log.logs import OPERATOR, copy, entries, lay_out

STEPS = {
    name: getattr(os, name) for name in ("mkdir", "chmod", "fchmod", "fsync", "replace", "rename", "unlink", "rmdir")
}


STEPS["fsync"] = lambda descriptor: None


class PowerCut(BaseException):
    """Nothing that follows is done."""


class Power:
    """Every step on the disk is counted; at one of them the power goes."""

    def __init__(self, monkeypatch, cut_at, *, done):
        self.steps, self.cut_at, self.done = 0, cut_at, done
        for name in STEPS:
            monkeypatch.setattr(os, name, lambda *words, name=name, **more: self.step(name, *words, **more))

    def step(self, name, *words, **more):
        self.steps += 1
        if self.steps < self.cut_at:
            return STEPS[name](*words, **more)
        if self.steps == self.cut_at and self.done:
            STEPS[name](*words, **more)
        elif self.steps == self.cut_at and name == "fsync":
            _tear(words[0])
        raise PowerCut


def _tear(descriptor):
    """What was not brought to the disk is there in part."""
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.ftruncate(descriptor, os.fstat(descriptor).st_size // 2)


@pytest.fixture(scope="module", params=[0, 1, 255, 256])
def before(request, tmp_path_factory):
    """A log before the append, which may not be there yet."""
    folder = tmp_path_factory.mktemp("before") / "log"
    return lay_out(folder, entries(request.param), narrower=False).folder if request.param else folder


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("then", [b"new", b"something else"])
def test_rule_2_an_append_that_ends_anywhere_was_either_not_made_or_made(before, then, done, tmp_path, monkeypatch):
    old = list(Log(before).entries(Log(before).head())) if before.exists() else []
    outcomes = set()

    for cut_at in count(1):
        log = Log(copy(before, tmp_path / str(cut_at)) if before.exists() else tmp_path / str(cut_at))
        try:
            with monkeypatch.context() as patch:
                Power(patch, cut_at, done=done)
                append(log.folder, b"new", signer=OPERATOR)
        except PowerCut:
            found = list(log.entries(log.head())) if log.place.exists() else []
            outcomes.add(found == old)
            assert found in (old, [*old, b"new"])
        else:
            break
        wanted = found if found[-1:] == [then] else [*found, then]
        assert append(log.folder, then, signer=OPERATOR) == len(wanted) - 1
        assert list(log.entries(log.head())) == wanted

    assert cut_at > 15
    assert outcomes == {True, False}


def test_rule_2_each_file_is_on_the_disk_before_the_next_is_begun_and_the_checkpoint_comes_last(tmp_path, monkeypatch):
    log = lay_out(tmp_path / "log", entries(255))
    events = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: events.append(("to disk", os.fstat(descriptor).st_ino)))
    monkeypatch.setattr(
        os,
        "replace",
        lambda draft, path: events.append(("replaced", draft.stat().st_ino, path)) or STEPS["replace"](draft, path),
    )

    append(log.folder, b"new", signer=OPERATOR)

    places = [number for number, event in enumerate(events) if event[0] == "replaced"]
    for number in places:
        _, content, path = events[number]
        assert events[number - 1] == ("to disk", content)
        assert events[number + 1] == ("to disk", path.parent.stat().st_ino)
    names = [str(events[number][2].relative_to(log.folder)) for number in places]
    assert names == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1", "checkpoint"]
