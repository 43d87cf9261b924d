"""From balances to a finished folder: what it holds, what it does not depend on, and what is refused."""

import json
import threading
from dataclasses import replace
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from echt.proofs import disk, keys
from echt.proofs.engine import derive, folder, plan
from echt.proofs.engine.build import build
from echt.proofs.engine.folder import UNFINISHED
from echt.proofs.engine.local import LocalEngine
from echt.proofs.engine.master_key import fingerprint
from echt.proofs.engine.sizes import part_bits, sizes_for
from echt.proofs.input import open_source
from echt.proofs.kernel.buckets import Sizes
from echt.proofs.refusals import Refused
from tests.proofs import reference
from tests.proofs.engine.balances import KEY, ORDER, built, contents, csv, parquet, small_buckets, state

COLUMNS = ("BTC", "ETH")
ACCOUNTS = {str(10_000 + i): [i * i, 2**61 + i] for i in range(700)} | {"wide": [0, 2**120]}


def refusal(call, place):
    """The sentence of a build that leaves nothing behind."""
    before = state(place)
    with pytest.raises(Refused) as refused:
        call()
    assert state(place) == before
    return str(refused.value)


@pytest.mark.parametrize("pieces", [1, 2, 5])
def test_the_root_is_that_of_the_norm(tmp_path, pieces):
    with small_buckets():
        made = built(csv(tmp_path / "a.csv", ACCOUNTS, COLUMNS), tmp_path / "out", order=replace(ORDER, pieces=pieces))
    config, secret = made.plan.config, made.plan.padding_key

    def pad(bucket, number):
        return derive.padding_id(secret, config["prefix_bits"], bucket, number)

    def split(key, amounts, count):
        return derive.shares(key, reference.config_hash(config), amounts, count)

    tree = reference.Tree(ACCOUNTS, config, KEY, pad, split)
    assert (made.root, list(made.totals)) == (tree.root.hex(), tree.totals)
    statement = reference.jcs(tree.statement(ORDER.operator))
    assert (tmp_path / "out" / "statement.json").read_bytes() == statement + b"\n"
    assert (tmp_path / "out" / "statement.note").read_bytes() == statement + b"\n\n"
    assert (tmp_path / "out" / "config.json").read_bytes() == reference.jcs(config) + b"\n"


def test_what_a_signed_folder_holds(tmp_path):
    signer = keys.generate("example.org/reserves")
    order = replace(ORDER, previous="ab" * 32, reserves="cd" * 32)
    source = open_source(csv(tmp_path / "a.csv", ACCOUNTS, COLUMNS), decimals={"BTC": 8}, debt=["ETH"])
    out = build(source, tmp_path / "out", order, signer=signer).folder

    statement = json.loads(out.statement.read_bytes())
    report = json.loads(out.report.read_bytes())
    key = out.master_key.read_bytes()
    assert statement["config"] == json.loads(out.config.read_bytes())
    assert statement["config"] == {
        "bucket_bits": 11,
        "columns": [
            {"asset": "BTC", "decimals": 8, "side": "credit"},
            {"asset": "ETH", "decimals": 0, "side": "debt"},
        ],
        "format": "echt/1",
        "pieces": 2,
        "prefix_bits": 0,
        "snapshot": "2026-11",
        "taken_at": "2026-11-22T00:00:00Z",
    }
    assert (statement["previous"], statement["reserves"]) == ("ab" * 32, "cd" * 32)
    assert statement["totals"] == [str(sum(amounts[i] for amounts in ACCOUNTS.values())) for i in range(2)]
    assert out.note.read_text().startswith(out.statement.read_text() + "\n— example.org/reserves ")
    assert (report["accounts"], report["leaves"], report["places"]) == (701, 1402, 2048)
    assert report["totals"]["BTC"] == "1.14088450"
    assert report["master key"] == fingerprint(bytes.fromhex(key.decode().strip()))
    assert sorted(contents(out.path)) == [
        *["buckets/0000.parquet", "config.json", "master.key", "report.json", "statement.json", "statement.note"],
        *["top/counts", "top/nodes"],
    ]


def test_form_and_order_of_the_balances_do_not_matter(tmp_path):
    backwards = dict(reversed(ACCOUNTS.items()))
    columns = [pa.array([pa.scalar(row[i], pa.decimal128(38, 0)) for row in ACCOUNTS.values()]) for i in range(2)]
    table = pa.table([pa.array(list(ACCOUNTS)), *columns], names=["account", *COLUMNS])
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=100)
    long = [f"{account},{COLUMNS[i]},{row[i]}" for i in range(2) for account, row in ACCOUNTS.items()]
    (tmp_path / "long.csv").write_text("\n".join(["account,asset,amount", *long]) + "\n")
    halves = tmp_path / "halves"
    halves.mkdir()
    csv(halves / "1.csv", dict(list(backwards.items())[:50]), COLUMNS)
    csv(halves / "2.csv", dict(list(backwards.items())[50:]), COLUMNS)
    forms = [csv(tmp_path / "a.csv", ACCOUNTS, COLUMNS), csv(tmp_path / "b.csv", backwards, COLUMNS)]
    forms += [tmp_path / "a.parquet", tmp_path / "long.csv", halves]
    with small_buckets():
        roots = {built(form, tmp_path / f"out-{number}").root for number, form in enumerate(forms)}

    assert len(roots) == 1


def test_workers_do_not_matter(tmp_path):
    balances = parquet(tmp_path / "a.parquet", 5_000, group=700)
    with small_buckets(6):
        one = built(balances, tmp_path / "one", engine=LocalEngine(1))
        three = built(balances, tmp_path / "three", engine=LocalEngine(3))

    assert one.plan.parts > 3
    assert contents(one.folder.path) == contents(three.folder.path)


def test_a_part_without_leaves(tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "sizes_for", lambda _leaves, columns: Sizes(columns, 6, 4))
    monkeypatch.setattr(plan, "part_bits", lambda _leaves, _sizes: 6)
    made = built(csv(tmp_path / "a.csv", {"a": [1, 2**100], "b": [2, 0]}, COLUMNS), tmp_path / "out")

    assert list(made.totals) == [3, 2**100]


@pytest.mark.parametrize("pieces", [1, 3])
@pytest.mark.parametrize("form", ["csv", "parquet", "groups", "files"])
def test_an_account_that_is_there_twice_is_named_with_its_rows(tmp_path, form, pieces):
    names = [str(number) for number in range(400)]
    names[333] = names[20]
    balances, places = tmp_path / "balances", {}
    balances.mkdir()
    path = balances / ("a.csv" if form == "csv" else "a.parquet")
    table = pa.table({"account": names, "BTC": range(400)})
    if form == "csv":
        path.write_text("account,BTC\n" + "".join(f"{name},1\n" for name in names))
    elif form == "files":
        pq.write_table(table.slice(0, 100), path)
        pq.write_table(table.slice(100), balances / "b.parquet")
        places = {334: f"row 234 of {balances / 'b.parquet'}"}
    else:
        pq.write_table(table, path, row_group_size=400 if form == "parquet" else 50)

    with small_buckets():
        said = refusal(lambda: built(balances, tmp_path / "out", order=replace(ORDER, pieces=pieces)), tmp_path)

    second = places.get(334, f"row 334 of {path}")
    assert said.startswith(f"The account '20' is there more than once: row 21 of {path} and {second}.")


@pytest.mark.parametrize("accounts", [2, 64])
def test_a_total_that_reaches_2_to_the_127_is_refused(tmp_path, accounts):
    """Two meet in a bucket; of 64 in small buckets, the sum is too large only above them."""
    amounts = {str(number): [2**127 // accounts] for number in range(accounts)}
    too_much = csv(tmp_path / "a.csv", amounts, ["BTC"])
    with small_buckets():
        said = refusal(lambda: built(too_much, tmp_path / "out"), tmp_path)
        assert said.startswith("A total reaches 2^127 smallest units.")
        amounts["0"][0] -= 1
        assert built(csv(tmp_path / "a.csv", amounts, ["BTC"]), tmp_path / "out").totals == [2**127 - 1]


@given(leaves=st.integers(1, 10**10), columns=st.integers(1, 1000))
def test_a_tree_is_as_high_as_it_must_be_and_hardly_higher(leaves, columns):
    sizes = sizes_for(leaves, columns)
    height, places = sizes.prefix_bits + sizes.bucket_bits, 1 << sizes.bucket_bits
    mean = leaves / 2**sizes.prefix_bits

    assert 10 <= height <= 48
    assert 2**height >= leaves
    assert height == 10 or 2**height < 5 * leaves
    assert sizes.prefix_bits == 0 or mean + 8 * mean**0.5 <= places
    assert 0 <= part_bits(leaves, sizes) <= min(sizes.prefix_bits, 12)


def test_more_leaves_than_any_tree_has_are_refused():
    with pytest.raises(Refused, match="48 is the highest"):
        sizes_for(2**48, 1)


class Waiting(LocalEngine):
    """Stands still in the middle of the build."""

    def __init__(self):
        super().__init__(1)
        self.begun, self.go_on = threading.Event(), threading.Event()

    def hash(self, *words):
        self.begun.set()
        assert self.go_on.wait(20)
        return super().hash(*words)


def test_of_two_builds_into_one_folder_the_second_is_refused(tmp_path):
    balances, engine = csv(tmp_path / "a.csv", ACCOUNTS, COLUMNS), Waiting()
    first = threading.Thread(target=built, args=(balances, tmp_path / "out", engine))
    first.start()
    try:
        assert engine.begun.wait(20)
        said = refusal(lambda: built(balances, tmp_path / "out"), tmp_path)
    finally:
        engine.go_on.set()
        first.join()

    assert said.startswith("Another process is writing in ")
    assert (tmp_path / "out" / "statement.json").exists()


def test_a_full_disk_is_seen_before_the_work(tmp_path, monkeypatch):
    balances = csv(tmp_path / "a.csv", ACCOUNTS, COLUMNS)
    monkeypatch.setattr(folder.os, "statvfs", lambda _path: SimpleNamespace(f_bavail=100, f_frsize=512))

    assert " GB are needed" in refusal(lambda: built(balances, tmp_path / "out"), tmp_path)


def test_what_a_killed_build_has_left_is_not_asked_for_again(tmp_path, monkeypatch):
    balances, shop = csv(tmp_path / "a.csv", ACCOUNTS, COLUMNS), folder.workshop_for(tmp_path / "out")
    (shop.spilled / "0000-0000.run").write_bytes(bytes(100_000))
    monkeypatch.setattr(folder.os, "statvfs", lambda _path: SimpleNamespace(f_bavail=100, f_frsize=512))

    assert built(balances, tmp_path / "out").accounts == len(ACCOUNTS)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"pieces": 0}, "pieces must be from 1 to 16"),
        ({"pieces": 17}, "pieces must be from 1 to 16"),
        ({"operator": ""}, "operator"),
        ({"operator": "x" * 129}, "operator"),
        ({"operator": "two\nlines"}, "operator"),
        ({"snapshot": "a b"}, "snapshot"),
        ({"taken_at": "yesterday"}, "taken_at"),
        ({"previous": "ab"}, "previous"),
        ({"reserves": "AB" * 32}, "reserves"),
    ],
)
def test_what_no_verifier_would_read_is_refused_before_the_work(tmp_path, wrong, said):
    balances = csv(tmp_path / "a.csv", ACCOUNTS, COLUMNS)

    sentence = refusal(lambda: built(balances, tmp_path / "out", order=replace(ORDER, **wrong)), tmp_path)

    assert sentence.startswith("The statement cannot be used.")
    assert said in sentence


def unfinished(tmp_path, order=ORDER, given_key=KEY):
    """A build that was killed after its first step."""

    class Killed(LocalEngine):
        def hash(self, *_words):
            raise KeyboardInterrupt

    balances = csv(tmp_path / "a.csv", ACCOUNTS, COLUMNS)
    with pytest.raises(KeyboardInterrupt):
        build(open_source(balances), tmp_path / "out", order, given_key=given_key, engine=Killed())
    assert (tmp_path / f"out{UNFINISHED}").exists()
    return open_source(balances)


def test_a_resumed_build_is_named_after_its_first_moment(tmp_path):
    nameless = replace(ORDER, snapshot=None, moment_given=False)
    source = unfinished(tmp_path, nameless)

    made = build(source, tmp_path / "out", replace(nameless, taken_at="2026-11-23T00:00:00Z"), given_key=KEY)

    assert (made.plan.snapshot, made.plan.taken_at) == (ORDER.taken_at, ORDER.taken_at)


def test_a_build_is_not_resumed_with_another_moment_that_somebody_gave(tmp_path):
    source, later = unfinished(tmp_path), replace(ORDER, taken_at="2026-11-23T00:00:00Z")

    assert "another taken_at" in refusal(lambda: build(source, tmp_path / "out", later, given_key=KEY), tmp_path)


def test_a_build_is_not_resumed_without_its_master_key(tmp_path):
    source = unfinished(tmp_path)

    assert "was begun with a --master-key" in refusal(lambda: build(source, tmp_path / "out", ORDER), tmp_path)


def test_a_build_keeps_the_master_key_that_it_made(tmp_path):
    source = unfinished(tmp_path, given_key=None)
    key = (tmp_path / f"out{UNFINISHED}" / "master.key").read_bytes()

    out = build(source, tmp_path / "out", ORDER).folder

    assert out.master_key.read_bytes() == key


def test_the_lock_holds_until_the_folder_has_its_name(tmp_path):
    source = unfinished(tmp_path)
    with disk.alone_with(tmp_path / f"out{UNFINISHED}" / "lock"), pytest.raises(Refused, match="Another process"):
        build(source, tmp_path / "out", ORDER, given_key=KEY)
