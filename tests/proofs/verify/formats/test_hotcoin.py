import hashlib
import json

import pytest

from echt.proofs.verify import Knowledge, Verdict, verify
from tests.proofs.verify.formats.every_place import every_place
from tests.proofs.verify.formats.makers import SAMPLES, changed, codes

PROTOCOL = "HOTCOIN-POR-SUM"


def hotcoin_hash(domain, *fields):
    return hashlib.sha256(bytes([domain]) + json.dumps(fields, separators=(",", ":")).encode()).hexdigest()


def shortest(amount, decimals=8):
    text = f"{amount // 10**decimals}.{amount % 10**decimals:0{decimals}}"
    return text.rstrip("0").rstrip(".")


class Snapshot:
    """A tree over customers with BTC and USDT, built as the exchange builds it."""

    def __init__(self, owed):
        self.assets = [{"coin": "BTC", "decimals": 8}, {"coin": "USDT", "decimals": 4}]
        self.config = hotcoin_hash(3, PROTOCOL, "BTC", "8", "USDT", "4")
        self.owed = owed
        filler = (hotcoin_hash(2, PROTOCOL, "2026-01-01 00:00:00", self.config), (0, 0))
        self.levels = [[(self.leaf(number), balance) for number, balance in enumerate(owed)]]
        self.width = len(owed)
        while len(level := self.levels[-1]) > 1:
            if len(level) % 2:
                level.append(filler)
            self.levels.append([self.parent(*level[n : n + 2]) for n in range(0, len(level), 2)])

    def texts(self, balance):
        return [shortest(balance[0]), shortest(balance[1], 4)]

    def leaf(self, number):
        secrets = hashlib.sha256(b"a%d" % number).hexdigest(), hashlib.sha256(b"n%d" % number).hexdigest()
        return hotcoin_hash(0, PROTOCOL, "2026-01-01 00:00:00", self.config, *secrets, *self.texts(self.owed[number]))

    def parent(self, left, right):
        sums = tuple(a + b for a, b in zip(left[1], right[1], strict=True))
        return hotcoin_hash(1, PROTOCOL, self.config, left[0], right[0], *self.texts(sums)), sums

    def balances(self, balance):
        return dict(zip(("BTC", "USDT"), self.texts(balance), strict=True))

    def file(self, number):
        steps = [
            {
                "position": "LEFT" if number >> level & 1 else "RIGHT",
                "hash": nodes[(number >> level) ^ 1][0],
                "balances": self.balances(nodes[(number >> level) ^ 1][1]),
            }
            for level, nodes in enumerate(self.levels[:-1])
        ]
        own = {
            "snapshotId": "2026-01-01 00:00:00",
            "accountId": hashlib.sha256(b"a%d" % number).hexdigest(),
            "nonce": hashlib.sha256(b"n%d" % number).hexdigest(),
            "balances": self.balances(self.owed[number]),
            "leafHash": self.leaf(number),
            "leafIndex": number,
            "leafCount": self.width,
        }
        return {"protocol": PROTOCOL, "assets": self.assets, "self": own, "path": steps}

    def anchor(self):
        ((root, totals),) = self.levels[-1]
        return {
            "protocol": PROTOCOL,
            "assets": self.assets,
            "snapshotId": "2026-01-01 00:00:00",
            "root": root,
            "leafCount": self.width,
            "userTotals": self.balances(totals),
        }


SNAPSHOT = Snapshot([(5 * 10**8, 25_000), (0, 0), (1, 10_000), (0, 1), (12_345, 0)])


def check(file, anchor, **knowledge):
    content = file if isinstance(file, bytes) else json.dumps(file).encode()
    return verify(content, Knowledge(statement=anchor and json.dumps(anchor).encode(), **knowledge))


@pytest.mark.parametrize("customers", [1, 2, 3, 5])
def test_every_customer_of_a_tree_of_any_width_is_consistent_only(customers):
    snapshot = Snapshot(SNAPSHOT.owed[:customers])
    for number in range(customers):
        report = check(snapshot.file(number), snapshot.anchor())
        assert (report.format, report.hashes, report.numbers) == ("hotcoin", "chain", "sane")
        assert (report.format_sound, report.verdict) == (False, Verdict.CONSISTENT_ONLY)
        assert codes(report)[0] == "format.sum_only"
    assert report.amounts == snapshot.balances(snapshot.owed[number])


def test_the_exchange_s_own_sample_is_consistent_with_its_anchor_and_not_with_a_changed_one():
    proof, anchor = (SAMPLES / "hotcoin_proof.json").read_bytes(), (SAMPLES / "hotcoin_anchor.json").read_bytes()
    assert verify(proof, Knowledge(statement=anchor)).verdict == Verdict.CONSISTENT_ONLY
    changed = verify(proof, Knowledge(statement=(SAMPLES / "hotcoin_anchor_changed.json").read_bytes()))
    assert (changed.hashes, changed.verdict, codes(changed)[0]) == ("broken", Verdict.NOT_VERIFIED, "hashes.broken")


def test_without_the_anchor_nothing_is_said_about_the_file():
    report = check(SNAPSHOT.file(0), None)
    assert (report.verdict, codes(report)) == (Verdict.CANNOT_READ, ["form.second_file"])


@pytest.mark.parametrize(
    ("path", "new", "code"),
    [
        (("self", "balances", "BTC"), "6", "hashes.leaf"),
        (("self", "nonce"), "0" * 64, "hashes.leaf"),
        (("self", "accountId"), "0" * 64, "hashes.leaf"),
        (("self", "leafHash"), "0" * 64, "hashes.leaf"),
        (("self", "leafIndex"), 1, "hashes.side"),
        (("path", 0, "position"), "LEFT", "hashes.side"),
        (("path", 0, "hash"), "0" * 64, "hashes.broken"),
        (("path", 0, "balances", "BTC"), "1", "hashes.broken"),
        (("path", 0, "balances", "BTC"), "-1", "hashes.broken"),
        (("self", "leafCount"), 4, "anchor.other"),
        (("self", "snapshotId"), "another", "anchor.other"),
        (("assets", 1, "decimals"), 5, "anchor.other"),
    ],
)
def test_what_does_not_lead_to_the_anchor_is_not_verified(path, new, code):
    report = check(changed(SNAPSHOT.file(0), *path, to=new), SNAPSHOT.anchor())
    assert (report.hashes, report.verdict, codes(report)[0]) == ("broken", Verdict.NOT_VERIFIED, code)


def test_an_amount_below_zero_is_said_to_be_one():
    report = check(changed(SNAPSHOT.file(0), "path", 0, "balances", "USDT", to="-0.5"), SNAPSHOT.anchor())
    assert (report.numbers, report.verdict) == ("negative", Verdict.NOT_VERIFIED)
    assert "numbers.negative" in codes(report)


def test_a_total_of_the_anchor_that_the_path_does_not_add_up_to_is_not_verified():
    report = check(SNAPSHOT.file(0), changed(SNAPSHOT.anchor(), "userTotals", "BTC", to="4"))
    assert (report.hashes, report.numbers, report.verdict) == ("chain", "inconsistent", Verdict.NOT_VERIFIED)
    assert codes(report)[0] == "numbers.total"


def test_a_customer_who_stands_alone_has_no_neighbour_made_of_anything_but_the_filler():
    for path, new, code in (
        (("path", 0, "hash"), "1" * 64, "hashes.filler"),
        (("path", 0, "balances", "BTC"), "1", "numbers.padding"),
    ):
        assert code in codes(check(changed(SNAPSHOT.file(4), *path, to=new), SNAPSHOT.anchor()))


@pytest.mark.parametrize("amount", ["5.0", "05", "5.000000001", "5E0", "+5", " 5", "5.", ".5", "-0", 5, 5.0])
def test_an_amount_that_is_not_in_its_shortest_form_is_not_read(amount):
    report = check(changed(SNAPSHOT.file(0), "self", "balances", "BTC", to=amount), SNAPSHOT.anchor())
    assert (report.verdict, codes(report)) == (Verdict.CANNOT_READ, ["form.foreign"])


@pytest.mark.parametrize("steps", [0, 2, 4])
def test_a_path_that_is_too_short_or_too_long_is_not_read(steps):
    file = SNAPSHOT.file(0)
    file["path"] = (file["path"] * 2)[:steps]
    assert check(file, SNAPSHOT.anchor()).verdict == Verdict.CANNOT_READ


def test_a_field_that_the_format_does_not_have_is_not_read():
    assert check(SNAPSHOT.file(0) | {"note": ""}, SNAPSHOT.anchor()).verdict == Verdict.CANNOT_READ
    assert check(SNAPSHOT.file(0), SNAPSHOT.anchor() | {"note": ""}).verdict == Verdict.CANNOT_READ


def test_another_root_or_account_than_the_one_typed_in_is_not_verified():
    anchor, account = SNAPSHOT.anchor(), SNAPSHOT.file(0)["self"]["accountId"]
    assert check(SNAPSHOT.file(0), anchor, root=anchor["root"], account=account).verdict == Verdict.CONSISTENT_ONLY
    assert "statement.root" in codes(check(SNAPSHOT.file(0), anchor, root="0" * 64))
    assert "identity.account" in codes(check(SNAPSHOT.file(0), anchor, account="1"))


def test_no_change_of_file_or_anchor_passes_or_raises():
    file, anchor = SNAPSHOT.file(4), SNAPSHOT.anchor()
    for what, content in every_place(file):
        assert check(content, anchor).verdict in {Verdict.NOT_VERIFIED, Verdict.CANNOT_READ}, what
    for what, content in every_place(anchor):
        report = verify(json.dumps(file).encode(), Knowledge(statement=content))
        assert report.verdict in {Verdict.NOT_VERIFIED, Verdict.CANNOT_READ}, what


@pytest.mark.parametrize("anchor", [b"", b"{}", b"[]", b"\xff", b'{"protocol":1}', b"null"])
def test_an_anchor_that_is_none_is_not_read(anchor):
    assert verify(json.dumps(SNAPSHOT.file(0)).encode(), Knowledge(statement=anchor)).verdict == Verdict.CANNOT_READ
