import hashlib
import json
import random
from collections import Counter
from decimal import Context, Decimal
from types import SimpleNamespace

import pytest

from echt.proofs import mexc_export
from echt.proofs.mexc_export import UNSOUND, export_mexc, file_name
from echt.proofs.refusals import Refused
from echt.proofs.verify import Knowledge, Verdict, verify

SNAPSHOT = "s-1:2026-01-01"
EXACT = Context(prec=100)


def column(asset, decimals=0, side="credit"):
    return SimpleNamespace(asset=asset, decimals=decimals, side=side)


COLUMNS = [column("USDT", 6), column("BTC", 8), column("SOL", 9), column("ETH", 18)]


def customers(count):
    numbers = random.Random(count)
    amounts = [0, 0, 1, 10**8, 123_456_789, 2**100]
    return [(f"account {n}", [numbers.choice(amounts) for _ in COLUMNS]) for n in range(count)]


def export(out, accounts, columns=COLUMNS, snapshot=SNAPSHOT, **options):
    said = []
    count = export_mexc(columns, accounts, snapshot=snapshot, out=out, say=said.append, **options)
    assert said == [UNSOUND]
    return count


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()} if folder.exists() else {}


def plain(amount):
    text = f"{amount:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def accepts(file):
    """MEXC's validator, retold: does it print `true`?"""
    own, path = file["self"], file["pathList"]
    tokens = ",".join(f"{asset}:{amount}" for asset, amount in sorted(own["balances"].items()))
    if hashed(f"{own['proofId']},{own['accountId']},{tokens}") != own["hash"]:
        return False
    assert max(Counter(node["level"] for node in path).values()) == 1
    neighbours = {node["level"]: node for node in path}
    node, side = own, own["type"]
    for level in range(path[-1]["level"]):
        other = neighbours.get(level, {"hash": "", "balances": {}})
        node = parent(node, other) if side == 1 else parent(other, node)
        above = neighbours.get(level + 1)
        side = 2 if above and above["type"] == 1 else 1
    return node["hash"] == path[-1]["hash"]


def parent(left, right):
    sums = {asset: Decimal(amount) for asset, amount in left["balances"].items()}
    if right["hash"]:
        for asset in ("BTC", "USDT", "ETH", "USDC"):
            sums.setdefault(asset, Decimal(0))
        for asset, amount in right["balances"].items():
            sums[asset] = EXACT.add(sums.get(asset, Decimal(0)), Decimal(amount))
    tokens = ",".join(f"{asset}:{plain(sums[asset])}" for asset in sorted(sums))
    return {"hash": hashed(f"{left['hash']},{right['hash']},{tokens}"), "balances": sums}


def hashed(text):
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 13, 40])
def test_every_customer_s_file_is_accepted_by_mexc_s_rule_and_read_by_ours(tmp_path, count):
    assert export(tmp_path / "out", customers(count)) == count
    shown = {}
    for content in contents(tmp_path / "out").values():
        file = json.loads(content)
        assert accepts(file)
        report = verify(content, Knowledge(account=file["self"]["accountId"]))
        assert (report.format, report.hashes, report.numbers) == ("mexc", "chain", "sane")
        assert report.verdict == Verdict.CONSISTENT_ONLY
        shown[file["self"]["accountId"]] = file["self"]["balances"]
    assert shown == {account: as_text(amounts) for account, amounts in customers(count)}


def as_text(amounts):
    pairs = zip(COLUMNS, amounts, strict=True)
    return {one.asset: plain(EXACT.scaleb(amount, -one.decimals)) for one, amount in pairs if amount}


def test_all_files_have_one_root_with_the_total_of_all(tmp_path):
    export(tmp_path / "out", customers(13))
    roots = {json.dumps(json.loads(content)["pathList"][-1]) for content in contents(tmp_path / "out").values()}
    (root,) = map(json.loads, roots)
    totals = {one.asset: sum(amounts[n] for _, amounts in customers(13)) for n, one in enumerate(COLUMNS)}
    decimals = {one.asset: one.decimals for one in COLUMNS} | {"USDC": 0}
    expected = {asset: plain(EXACT.scaleb(totals.get(asset, 0), -decimals[asset])) for asset in decimals}
    assert (root["balances"], root["level"], root["type"]) == (expected, 4, 3)


@pytest.mark.parametrize("bits", [1, 2, 3])
def test_block_by_block_the_files_are_the_same(tmp_path, monkeypatch, bits):
    export(tmp_path / "whole", customers(21))
    monkeypatch.setattr(mexc_export, "BLOCK_BITS", bits)
    export(tmp_path / "blocks", customers(21))
    assert contents(tmp_path / "blocks") == contents(tmp_path / "whole")


def test_the_order_of_the_balances_does_not_matter(tmp_path):
    export(tmp_path / "one", customers(9))
    export(tmp_path / "other", reversed(customers(9)))
    assert contents(tmp_path / "one") == contents(tmp_path / "other")


def test_one_customer_s_file_alone_is_the_same_file(tmp_path, monkeypatch):
    monkeypatch.setattr(mexc_export, "BLOCK_BITS", 2)
    export(tmp_path / "all", customers(11))
    for account, _ in customers(11):
        assert export(tmp_path / "single", customers(11), only=account) == 1
    assert contents(tmp_path / "single") == contents(tmp_path / "all")


def test_files_are_for_their_owner_alone(tmp_path):
    export(tmp_path / "out", customers(2))
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "out").iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("account", "name"),
    [
        ("1745297673", "1745297673.json"),
        ("../etc/passwd", "%2E.%2Fetc%2Fpasswd.json"),
        (".", "%2E.json"),
        ("a\\b:c*d", "a%5Cb%3Ac%2Ad.json"),
        ("ann@example.org", "ann@example.org.json"),
        ("Zoë", "Zo%C3%AB.json"),
        ("%2E", "%252E.json"),
    ],
)
def test_a_file_is_named_so_that_it_stays_in_the_folder(tmp_path, account, name):
    assert file_name(account) == name
    export(tmp_path / "out", [(account, [0, 0, 0, 1])])
    assert list(contents(tmp_path / "out")) == [name]


def test_the_warning_goes_to_stderr_where_nobody_else_takes_it(tmp_path, capsys):
    export_mexc(COLUMNS, customers(1), snapshot=SNAPSHOT, out=tmp_path / "out")
    assert capsys.readouterr().err == UNSOUND + "\n"
    assert "cannot cure" in UNSOUND


@pytest.mark.parametrize(
    ("accounts", "sentence"),
    [
        ([], "There are no accounts"),
        ([("a", [1, 1, 1, 1]), ("b", [0, 0, 0, 0]), ("a", [1, 1, 1, 1])], "Account a is there twice"),
        ([("a", [1, 1, 1])], "3 amounts, but there are 4 columns"),
        ([("a", [1, 1, -1, 1])], "an amount of -1"),
        ([("a", [1, 1, 2**127, 1])], "below 2\\^127"),
        ([("a,BTC:5", [1, 1, 1, 1])], "has a comma"),
        ([("a\n", [1, 1, 1, 1])], "unprintable"),
        ([("\ud800", [1, 1, 1, 1])], "unprintable"),
        ([("", [1, 1, 1, 1])], "1 to 64 bytes"),
        ([("ë" * 33, [1, 1, 1, 1])], "1 to 64 bytes"),
    ],
)
def test_what_the_format_cannot_carry_is_refused_and_nothing_is_written(tmp_path, accounts, sentence):
    with pytest.raises(Refused, match=sentence):
        export(tmp_path / "out", accounts)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ([column("BTC", 8), column("BTC", 8, "debt")], r"what customers owe \(BTC\)"),
        ([column("BTC", 8), column("BTC", 8)], "two columns"),
        ([column("BTC,ETH")], "an asset with the name"),
    ],
)
def test_columns_that_the_format_cannot_carry_are_refused(tmp_path, columns, sentence):
    with pytest.raises(Refused, match=sentence):
        export(tmp_path / "out", [("a", [1] * len(columns))], columns)
    assert not (tmp_path / "out").exists()


def test_a_snapshot_with_a_comma_is_refused(tmp_path):
    with pytest.raises(Refused, match="cannot name a snapshot"):
        export(tmp_path / "out", customers(1), snapshot="s,1")


def test_an_account_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match="no account nobody"):
        export(tmp_path / "out", customers(3), only="nobody")
    assert not (tmp_path / "out").exists()


def test_nothing_is_overwritten(tmp_path):
    export(tmp_path / "out", customers(3))
    before = contents(tmp_path / "out")
    with pytest.raises(Refused, match="is not empty"):
        export(tmp_path / "out", customers(3))
    with pytest.raises(Refused, match="is there already"):
        export(tmp_path / "out", [("account 1", [5, 5, 5, 5])], only="account 1")
    assert contents(tmp_path / "out") == before
