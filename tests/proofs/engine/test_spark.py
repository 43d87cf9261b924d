"""Apache Spark gives the same bytes as one machine, and the same sentences."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from echt.proofs.engine.build import build
from echt.proofs.engine.folder import UNFINISHED, Workshop
from echt.proofs.engine.local import LocalEngine
from echt.proofs.engine.spark import SparkEngine
from echt.proofs.input import open_source
from echt.proofs.refusals import Refused
from tests.proofs.engine.balances import KEY, contents, parquet, small_buckets
from tests.proofs.engine.spark_builds import PART_BYTES, order_of

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
SAME = ("many", "wide", "resumed")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Balances, what one machine makes of some of them, and what the cluster has made of all."""
    place = tmp_path_factory.mktemp("spark")
    _write_balances(place)
    with small_buckets(6, PART_BYTES):
        for name in SAME:
            source = open_source(place / name)
            build(source, place / f"{name}-local", order_of(name), given_key=KEY, engine=LocalEngine(1))
        _begin(place)
    done = subprocess.run(
        [sys.executable, "-m", "tests.proofs.engine.spark_builds", str(place)],
        env=_environment(place),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-5000:]
    (place / "stderr").write_text(done.stderr)
    return place


def _write_balances(place):
    """Each input is a folder of three files, so that it is read in three portions."""
    for name, columns in (("many", 4), ("resumed", 2)):
        _write(parquet(place / f"{name}.parquet", 3_000, columns=columns), place / name)
    wide = [10**30 if number < 50 else number for number in range(900)]
    _write_table(place / "wide", XRP=pa.array(wide, pa.decimal128(38, 0)))
    _write_table(place / "negative", BTC=[-5 if number == 650 else number for number in range(900)])
    _write_table(place / "twice", account=["7" if number == 650 else str(number) for number in range(900)])


def _write_table(folder, **columns):
    table = {"account": [str(number) for number in range(900)], "BTC": range(900)} | columns
    pq.write_table(pa.table(table), folder.with_suffix(".parquet"))
    _write(folder.with_suffix(".parquet"), folder)


def _write(path, folder):
    folder.mkdir()
    table = pq.read_table(path)
    for number in range(3):
        step = len(table) // 3
        pq.write_table(table.slice(number * step, step), folder / f"{number}.parquet")


def _begin(place):
    """A build that was killed when some parts were done."""

    class Killed(LocalEngine):
        def hash(self, plan, source, shop, progress):
            super().hash(plan, source, shop, progress)
            for number in range(1, plan.parts, 2):
                shop.part(number).unlink()
                shop.roots(number).unlink()
            raise KeyboardInterrupt

    source, out = open_source(place / "resumed"), place / "resumed-spark"
    with pytest.raises(KeyboardInterrupt):
        build(source, out, order_of("resumed"), given_key=KEY, engine=Killed(1))
    assert Workshop(place / f"resumed-spark{UNFINISHED}").part(0).exists()


def _environment(place):
    """Spark as it comes with PySpark; what it writes beside itself goes into our folder."""
    home = place / "home"
    home.mkdir()
    for part in Path(find_spec("pyspark").origin).parent.iterdir():
        if part.name != "work":
            (home / part.name).symlink_to(part)
    return os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_DIRS": str(place / "spark"),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_MASTER": "local-cluster[2,1,1024]",
    }


def said(place, name):
    return json.loads((place / "said.json").read_text())[name]


@pytest.mark.parametrize("name", SAME)
def test_it_gives_the_same_bytes_as_one_machine(place, name):
    expected = contents(place / f"{name}-local")

    assert contents(place / f"{name}-spark") == expected
    assert said(place, name) == json.loads(expected["statement.json"])["root"]
    assert len([path for path in expected if path.startswith("buckets")]) > 3


def test_a_negative_amount_is_refused_with_its_row(place):
    assert said(place, "negative").startswith(f"{place}/negative/2.parquet, row 51, column BTC: The amount “-5” is")


def test_an_account_that_is_there_twice_is_named_with_its_rows(place):
    rows = f"row 8 of {place}/twice/0.parquet and row 51 of {place}/twice/2.parquet"
    assert said(place, "twice").startswith(f"The account '7' is there more than once: {rows}.")


def test_a_refusal_leaves_nothing(place):
    assert not [path.name for path in place.iterdir() if path.name.startswith(("negative-", "twice-", "command"))]


def test_the_command_refuses_in_a_sentence(place):
    assert said(place, "command") == "2"
    lines = (place / "stderr").read_text().splitlines()
    assert [line for line in lines if line.startswith(f"{place}/negative/2.parquet, row 51, column BTC: ")]
    assert "Traceback" not in "".join(lines)


def test_without_pyspark_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    source = open_source(parquet(tmp_path / "a.parquet", 10))
    with pytest.raises(Refused, match="pip install"):
        build(source, tmp_path / "out", order_of("many"), given_key=KEY, engine=SparkEngine())
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]
