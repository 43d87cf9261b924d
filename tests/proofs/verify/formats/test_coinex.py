import hashlib
import json
from decimal import Decimal

import pytest

from echt.proofs.verify import Knowledge, Verdict, verify
from tests.proofs.verify.formats.every_place import every_place
from tests.proofs.verify.formats.makers import changed, codes


def coinex_hash(text):
    return hashlib.sha256(text.encode()).hexdigest()


def compact(balances):
    texts = {asset: f"{Decimal(amount).normalize():f}" for asset, amount in sorted(balances.items())}
    return json.dumps(texts, separators=(",", ":"))


def added(one, other):
    return {asset: str(Decimal(one.get(asset, 0)) + Decimal(other.get(asset, 0))) for asset in {**one, **other}}


def coinex_files(owed, *, twice=True):
    """Every customer's file; `twice` says how a place without a neighbour is hashed: the program's way or the example's."""
    levels = [[(coinex_hash(f"nonce{n}" + compact(one)), one) for n, one in enumerate(owed)]]
    while len(below := levels[-1]) > 1 or len(levels) == 1:
        above = []
        for n in range(0, len(below), 2):
            (left, sums), *right = below[n : n + 2]
            sums = added(sums, right[0][1]) if right else sums
            second = right[0][0] if right else left if twice else ""
            above.append((coinex_hash(left + second + compact(sums)), sums))
        levels.append(above)
    return [coinex_file(levels, number) for number in range(len(owed))]


def coinex_file(levels, number):
    path = []
    for level, nodes in enumerate(levels[:-1]):
        place = (number >> level) ^ 1
        side = "right" if place % 2 else "left"
        path.append({"balances": nodes[place][1], "hash": nodes[place][0], "pos": side} if place < len(nodes) else {})
    ((root, totals),) = levels[-1]
    own = {"balances": levels[0][number][1], "nonce": f"nonce{number}"}
    return {"root": {"balances": totals, "hash": root}, "self": own, "path": path}


OWED = [{"BTC": "5", "CET": "0.10"}, {"USDT": "7.25"}, {"BTC": "0.00000001", "USDT": "3"}, {}, {"ETH": "1000000"}]


def check(file, **knowledge):
    return verify(file if isinstance(file, bytes) else json.dumps(file).encode(), Knowledge(**knowledge))


@pytest.mark.parametrize("customers", [1, 2, 4, 5])
@pytest.mark.parametrize("twice", [True, False])
def test_every_customer_is_consistent_only_by_either_rule(customers, twice):
    for number, file in enumerate(coinex_files(OWED[:customers], twice=twice)):
        report = check(file)
        assert (report.format, report.hashes, report.numbers) == ("coinex", "chain", "sane")
        assert (report.format_sound, report.verdict) == (False, Verdict.CONSISTENT_ONLY)
        assert codes(report)[0] == "format.sum_only"
        assert set(report.amounts) == set(OWED[number])


def test_both_rules_are_reported_where_they_differ():
    program, example = (coinex_files(OWED, twice=twice)[4] for twice in (True, False))
    assert check(program).extra == {"rules": {"program": "chain", "example": "broken"}}
    assert check(example).extra == {"rules": {"program": "broken", "example": "chain"}}
    assert "format.two_rules" in codes(check(example))
    assert "they chain" in check(example).reasons[-1].text


def test_a_file_in_which_every_place_has_a_neighbour_fits_both_rules():
    report = check(coinex_files(OWED[:4])[0])
    assert report.extra == {"rules": {"program": "chain", "example": "chain"}}
    assert "format.two_rules" not in codes(report)


@pytest.mark.parametrize(
    ("path", "new", "code"),
    [
        (("self", "balances", "BTC"), "6", "hashes.broken"),
        (("self", "nonce"), "nonce1", "hashes.broken"),
        (("root", "hash"), "0" * 64, "hashes.broken"),
        (("path", 0, "hash"), "0" * 64, "hashes.broken"),
        (("path", 0, "pos"), "left", "hashes.broken"),
        (("path", 0, "balances", "USDT"), "0", "hashes.broken"),
        (("path", 2), {}, "hashes.broken"),
    ],
)
def test_a_change_breaks_the_chain(path, new, code):
    report = check(changed(coinex_files(OWED)[0], *path, to=new))
    assert (report.hashes, report.verdict, codes(report)[0]) == ("broken", Verdict.NOT_VERIFIED, code)


def test_a_total_at_the_root_that_was_not_hashed_is_not_verified():
    report = check(changed(coinex_files(OWED)[0], "root", "balances", "BTC", to="3"))
    assert (report.hashes, report.numbers, report.verdict) == ("chain", "inconsistent", Verdict.NOT_VERIFIED)
    assert codes(report)[0] == "numbers.total"


def test_an_amount_below_zero_is_not_verified_though_the_hashes_chain():
    report = check(coinex_files([{"BTC": "5"}, {"BTC": "-4"}])[0])
    assert (report.hashes, report.numbers, report.verdict) == ("chain", "negative", Verdict.NOT_VERIFIED)


def test_a_place_without_a_neighbour_holds_nothing():
    report = check(changed(coinex_files(OWED)[4], "path", 0, to={"balances": {"BTC": "1"}, "hash": "", "pos": "right"}))
    assert (report.verdict, "numbers.padding" in codes(report)) == (Verdict.NOT_VERIFIED, True)


def test_a_root_that_is_typed_in_is_compared():
    file = coinex_files(OWED)[0]
    same = check(file, root=file["root"]["hash"].upper())
    assert (same.verdict, "format.root_from_file" in codes(same)) == (Verdict.CONSISTENT_ONLY, False)
    assert codes(check(file, root="0" * 64))[0] == "statement.root"


def test_nothing_in_a_file_raises_or_is_verified():
    for what, content in every_place(coinex_files(OWED)[0]):
        assert check(content).verdict != Verdict.VERIFIED, what
