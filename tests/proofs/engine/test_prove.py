"""Proofs out of a finished folder: all of them verify, and a damaged folder gives none."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from echt.proofs import keys
from echt.proofs.engine import derive, plan, prove
from echt.proofs.engine.build import Order, build
from echt.proofs.engine.publish import append_to_log
from echt.proofs.input import open_source
from echt.proofs.kernel.buckets import Sizes
from echt.proofs.refusals import Refused
from echt.proofs.verify import Knowledge, Verdict, verify
from tests.proofs.engine.balances import KEY, ORDER, built, csv, small_buckets

COLUMNS = ("BTC", "ETH", "XRP")
ODD = {
    "zoë-💶": [1, 2**63 - 1, 0],
    "ü" * 32: [2, 2**63, 0],
    "x": [3, 2**64 - 1, 0],
    "rich": [4, 2**64, 2**127 - 1],
    "nothing": [0, 0, 0],
    "a b/c;d": [5, 2**126, 0],
}
ACCOUNTS = {str(10_000 + i): [i, 10**9 * i * i, 0] for i in range(600)} | ODD
SOME = [*ODD, *list(ACCOUNTS)[:600:25]]


def content(proof):
    return json.dumps(proof, ensure_ascii=False).encode()


@pytest.fixture(scope="module", params=[1, 2, 3], ids="{} pieces".format)
def made(request, tmp_path_factory):
    place = tmp_path_factory.mktemp("made")
    order = Order(snapshot="2026-11", taken_at=ORDER.taken_at, operator="Example", pieces=request.param)
    with small_buckets():
        return built(csv(place / "balances.csv", ACCOUNTS, COLUMNS), place / "out", order=order)


def test_every_proof_leads_to_the_root_and_shows_the_whole_balance(made):
    tree = prove.opened(made.folder.path, KEY)
    assert made.plan.parts > 1
    for account in SOME:
        report = verify(content(tree.proof(account)), Knowledge(root=made.root, account=account))

        assert report.verdict is Verdict.VERIFIED, account
        assert report.amounts == dict(zip(COLUMNS, map(str, ACCOUNTS[account]), strict=True))


def test_rule_2_who_has_no_leaf_is_not_included(made):
    tree = prove.opened(made.folder.path, KEY)
    for account in ["", "absent", "10600", "x" * 65, "ü" * 33, "\udcff", "X", "x "]:
        with pytest.raises(prove.NotIncluded):
            tree.proof(account)


def test_rule_2_another_master_key_is_not_mistaken_for_an_absent_account(made):
    with pytest.raises(Refused, match="another master key"):
        prove.opened(made.folder.path, bytes(32))


def test_two_threads_get_what_one_gets(made):
    tree = prove.opened(made.folder.path, KEY)
    with ThreadPoolExecutor(2) as pool:
        at_once = list(pool.map(tree.proof, SOME * 2))

    assert at_once == [tree.proof(account) for account in SOME] * 2


def test_with_a_signature_and_a_log_it_verifies_without_a_typed_root(tmp_path):
    signer = keys.generate("example.org/reserves")
    source = open_source(csv(tmp_path / "balances.csv", ACCOUNTS, COLUMNS))
    folder = build(source, tmp_path / "out", ORDER, given_key=KEY, signer=signer).folder
    tree = prove.opened(folder.path, KEY)
    assert tree.proof("x")["log"] is None
    for _ in range(2):
        assert append_to_log(folder, tmp_path / "log", signer) == 0
    known = {"operator_key": str(signer.public), "account": "x"}

    proof = content(tree.proof("x"))

    note = folder.note.read_bytes()
    assert verify(proof, Knowledge(statement=note, **known)).verdict is Verdict.VERIFIED
    assert verify(proof, Knowledge(**known)).verdict is Verdict.CONSISTENT_ONLY
    assert json.loads(proof)["log"]["index"] == 0
    (tmp_path / "log" / "checkpoint").write_text("gone")
    folder.log.write_bytes(folder.log.read_bytes().replace(b'"index":0', b'"index":1'))
    with pytest.raises(Refused, match="damaged"):
        tree.proof("x")


def test_a_tree_with_empty_buckets(tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "sizes_for", lambda _leaves, columns: Sizes(columns, 7, 4))
    monkeypatch.setattr(plan, "part_bits", lambda _leaves, _sizes: 4)
    made = built(csv(tmp_path / "balances.csv", ODD, COLUMNS), tmp_path / "out")
    tree = prove.opened(tmp_path / "out", KEY)

    assert (tree.counts == 0).sum() > 100
    for account in ODD:
        report = verify(content(tree.proof(account)), Knowledge(root=made.root, account=account))
        assert report.verdict is Verdict.VERIFIED
    for number in range(30):
        with pytest.raises(prove.NotIncluded):
            tree.proof(f"absent {number}")


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A folder with one part, and its proof for an account."""
    place = tmp_path_factory.mktemp("sound")
    accounts = {str(number): [number, 7, 0] for number in range(300)}
    with small_buckets():
        out = built(csv(place / "balances.csv", accounts, COLUMNS), place / "out").folder.path
    return out, prove.opened(out, KEY).proof("17")


@pytest.fixture
def copy(sound, tmp_path):
    return shutil.copytree(sound[0], tmp_path / "copy")


def proof_or_refusal(folder):
    """The proof, or None where the folder is said to be damaged."""
    try:
        return prove.opened(folder, KEY).proof("17")
    except Refused as refusal:
        assert "damaged" in str(refusal) or "another master key" in str(refusal)  # noqa: PT017
        assert str(folder) in str(refusal)  # noqa: PT017
        return None


def own_part(sound, copy):
    """The file with the account's first leaf."""
    plan = prove.opened(copy, KEY).plan
    bits = plan.sizes.prefix_bits + plan.sizes.bucket_bits - plan.part_bits
    return copy / "buckets" / f"{sound[1]['pieces'][0]['index'] >> bits:04}.parquet"


FILES = ["own part", "top/nodes", "top/counts", "statement.note", "statement.json", "config.json"]


@pytest.mark.parametrize("name", [*FILES, "report.json"])
def test_rule_1_a_changed_byte_gives_no_proof_or_the_same(sound, copy, name):
    path = own_part(sound, copy) if name == "own part" else copy / name
    whole = path.read_bytes()
    refused = 0
    for at in range(0, len(whole), max(1, len(whole) // 120)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
        found = proof_or_refusal(copy)
        assert found in (None, sound[1]), at
        refused += found is None
    assert refused >= {"top/counts": 1, "top/nodes": 1, "report.json": 5}.get(name, 10)


@pytest.mark.parametrize("name", FILES)
def test_rule_1_a_file_that_was_cut_or_is_gone_gives_no_proof_or_the_same(sound, copy, name):
    path = own_part(sound, copy) if name == "own part" else copy / name
    whole = path.read_bytes()
    for keep in (0, 1, 4, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:keep])
        assert proof_or_refusal(copy) in (None, sound[1])
    path.unlink()
    if name in ("top/nodes", "config.json"):
        with pytest.raises(Refused, match="was not made by"):
            prove.opened(copy, KEY)
    else:
        assert proof_or_refusal(copy) in (None, sound[1])


def test_rule_2_an_account_whose_leaf_is_damaged_is_not_called_absent(sound, copy):
    tree = prove.opened(copy, KEY)
    key = derive.account_key(KEY, b"17")
    leaf = derive.leaf_id(key, tree.plan.config_hash, 0, b"17")
    path = own_part(sound, copy)
    path.write_bytes(path.read_bytes().replace(leaf, leaf[:-1] + bytes([leaf[-1] ^ 1])))

    assert proof_or_refusal(copy) is None


def test_what_is_no_finished_folder_is_refused(tmp_path):
    (tmp_path / "x.unfinished").mkdir()
    with pytest.raises(Refused, match="unfinished build"):
        prove.opened(tmp_path / "x.unfinished", KEY)
    with pytest.raises(Refused, match="was not made by"):
        prove.opened(tmp_path, KEY)
