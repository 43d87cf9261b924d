"""A build that is killed at any moment leaves nothing that looks finished, and goes on."""

import multiprocessing
import random
import shutil
import time
from pathlib import Path

import pytest

from echt.proofs.engine import folder
from echt.proofs.engine.folder import UNFINISHED
from echt.proofs.engine.inspect import of_folder
from echt.proofs.engine.local import LocalEngine
from echt.proofs.refusals import Refused
from tests.proofs.engine.balances import KEY, ORDER, built, contents, parquet, small_buckets

KILLS = 20


@pytest.fixture(scope="module")
def balances(tmp_path_factory):
    return parquet(tmp_path_factory.mktemp("balances") / "balances.parquet", 120_000, group=10_000)


@pytest.fixture(scope="module")
def whole(balances, tmp_path_factory):
    """What a build gives that nobody kills, and how long it takes."""
    out = tmp_path_factory.mktemp("whole") / "out"
    built(balances, out)
    shutil.rmtree(out)
    began = time.monotonic()
    built(balances, out)
    return contents(out), time.monotonic() - began


def build_it(balances: str, out: str, ready) -> None:
    ready.set()
    built(Path(balances), Path(out))


def build_for(seconds: float | None, balances: Path, out: Path, processes) -> None:
    """Build in a process that is killed after so many seconds."""
    ready = processes.Event()
    process = processes.Process(target=build_it, args=(str(balances), str(out), ready))
    process.start()
    ready.wait()
    process.join(seconds)
    process.kill()
    process.join()


def test_rule_1_killed_at_20_random_moments_it_goes_on_to_the_same_bytes(balances, whole, tmp_path):
    expected, seconds = whole
    out, moments = tmp_path / "out", random.Random(20)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.proofs.engine.test_resume"])
    kills = 0
    while kills < KILLS:
        build_for(moments.uniform(0, seconds), balances, out, processes)
        if out.exists():
            assert contents(out) == expected
            shutil.rmtree(out)
            continue
        kills += 1
        with pytest.raises(Refused, match=r"unfinished|was not made by"):
            folder.opened(out.with_name(out.name + UNFINISHED))

    build_for(None, balances, out, processes)

    assert contents(out) == expected
    assert not out.with_name(out.name + UNFINISHED).exists()


@pytest.mark.parametrize("first", ["*.roots", "*.run", "*.done", "*.r*", "000[02468]*", "*"])
def test_rule_4_killed_while_it_cleans_up_it_goes_on_to_the_same_bytes(first, balances, whole, tmp_path, monkeypatch):
    def killed(path):
        for file in path.glob(first):
            file.unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(folder.shutil, "rmtree", killed)
        with pytest.raises(KeyboardInterrupt):
            built(balances, tmp_path / "out")
    assert not (tmp_path / "out").exists()

    built(balances, tmp_path / "out")

    assert contents(tmp_path / "out") == whole[0]


def test_rule_2_an_unfinished_folder_is_for_the_same_build_only(balances, tmp_path):
    shop = folder.workshop_for(tmp_path / "out")
    folder.agreed_order(shop, {"input": "another", "taken_at": "2026-01-01T00:00:00Z"})
    before = contents(shop.path)

    with pytest.raises(Refused, match="unfinished build with another") as refusal:
        built(balances, tmp_path / "out")

    assert "remove that folder" in str(refusal.value)
    assert contents(shop.path) == before | {"lock": b""}


def test_a_resumed_build_keeps_the_moment_of_its_first_start(tmp_path):
    shop = folder.workshop_for(tmp_path / "out")
    first = folder.agreed_order(shop, {"input": "same", "taken_at": "2026-01-01T00:00:00Z"})

    again = folder.agreed_order(shop, {"input": "same", "taken_at": "2026-01-02T00:00:00Z"})

    assert again == first


def test_a_finished_folder_is_never_overwritten(balances, tmp_path):
    built(balances, tmp_path / "out")
    before = contents(tmp_path / "out")

    with pytest.raises(Refused, match="there already"):
        built(balances, tmp_path / "out")

    assert contents(tmp_path / "out") == before


def test_an_unfinished_folder_says_what_it_is(tmp_path):
    shop = folder.workshop_for(tmp_path / "out")

    assert "unfinished" in of_folder(shop.path)[0]


def test_rule_3_the_folder_is_its_owners_alone(balances, tmp_path):
    out = built(balances, tmp_path / "out").folder.path

    assert {path.stat().st_mode & 0o077 for path in [out, *out.rglob("*")]} == {0}
    assert KEY.hex() not in (out / "report.json").read_text()
    assert ORDER.operator in (out / "statement.json").read_text()


class Stopped(LocalEngine):
    def hash(self, *_words):
        raise KeyboardInterrupt


def test_rule_2_what_was_begun_with_trees_of_another_shape_is_not_gone_on_with(balances, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        built(balances, tmp_path / "out", Stopped())

    with small_buckets(), pytest.raises(Refused, match="unfinished build with another shape"):
        built(balances, tmp_path / "out")
