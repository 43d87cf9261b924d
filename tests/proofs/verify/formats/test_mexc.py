"""MEXC: files by its generator's rule, whole and spoilt."""

import pytest

from tests.proofs.verify.formats.makers import asked, changed, codes, mexc, owed, written

BALANCES = owed(
    "BTC=1.50 ETH=2",
    "USDT=10.000",
    "ETH=0.1 USDC=3 BTC=7",
    "BTC=0.00000001",
    "SOL=4 BTC=2",
)


@pytest.mark.parametrize("show_fillers", [False, True])
@pytest.mark.parametrize("name", ["balances", "balance"])
@pytest.mark.parametrize("number", range(5))
def test_every_customer_of_a_tree_with_free_places_is_in_it(number, name, show_fillers):
    report = asked(mexc(BALANCES, number, name=name, show_fillers=show_fillers))

    assert (report.hashes, report.numbers, report.verdict.value) == ("chain", "sane", "consistent only")
    assert codes(report)[:3] == ["format.sum_only", "format.truncated_hash", "format.root_from_file"]


def test_a_customer_without_a_balance_is_in_the_tree():
    assert asked(mexc([{}, *BALANCES], 0)).hashes == "chain"


def test_an_amount_that_stands_as_a_number_is_hashed_as_it_is_written():
    file = changed(mexc(BALANCES, 0), "self", "balances", to=BALANCES[0])

    assert "1.50" in written(file)
    assert asked(file).hashes == "chain"


OTHER = "0" * 32


@pytest.mark.parametrize(
    ("way", "to", "hashes", "numbers", "first"),
    [
        (("self", "hash"), OTHER, "broken", "sane", "hashes.leaf"),
        (("self", "accountId"), "1", "broken", "sane", "hashes.leaf"),
        (("self", "proofId"), "PR-2", "broken", "sane", "hashes.leaf"),
        (("self", "balances", "BTC"), "1.5", "broken", "sane", "hashes.leaf"),
        (("self", "balances", "BTC"), "1.51", "broken", "inconsistent", "hashes.leaf"),
        (("self", "balances", "BTC"), "-1.50", "broken", "negative", "hashes.leaf"),
        (("self", "type"), 2, "broken", "sane", "hashes.side"),
        (("pathList", 0, "hash"), OTHER, "broken", "sane", "hashes.broken"),
        (("pathList", 0, "type"), 1, "broken", "sane", "hashes.side"),
        (("pathList", 1, "type"), 1, "broken", "sane", "hashes.broken"),
        (("pathList", 0, "balances", "USDT"), "11", "broken", "inconsistent", "hashes.broken"),
        (("pathList", -1, "hash"), OTHER, "broken", "sane", "hashes.broken"),
        (("pathList", -1, "balances", "BTC"), "99", "chain", "inconsistent", "numbers.total"),
        (("pathList", -1, "balances", "XYZ"), "1", "chain", "inconsistent", "numbers.total"),
        (("pathList", -1, "balances", "BTC"), "-99", "chain", "negative", "numbers.negative"),
    ],
)
def test_what_was_changed_is_found(way, to, hashes, numbers, first):
    report = asked(changed(mexc(BALANCES, 0), *way, to=to))

    assert (report.hashes, report.numbers) == (hashes, numbers)
    assert report.verdict.value == "not verified"
    assert codes(report)[0] == first


def test_a_neighbour_below_zero_is_found_although_the_hashes_chain():
    report = asked(mexc(owed("BTC=5", "BTC=-3"), 0))

    assert (report.hashes, report.numbers, report.verdict.value) == ("chain", "negative", "not verified")
    assert report.reasons[0].text.startswith("An amount below zero: the neighbour on level 0 holds -3 BTC.")
    assert report.reasons[0].text_de.startswith("Ein Betrag unter null: der Nachbar auf Ebene 0 enthält -3 BTC.")


def test_a_free_place_holds_nothing():
    filled = changed(mexc(BALANCES, 4, show_fillers=True), "pathList", 0, "balances", to={"BTC": "1"})
    report = asked(filled)

    assert (report.hashes, report.numbers) == ("chain", "inconsistent")
    assert codes(report)[0] == "numbers.padding"


@pytest.mark.parametrize(
    ("way", "to", "where"),
    [
        (("self", "accountId"), ..., "self.accountId"),
        (("self", "balances"), {"BTC": "1E99999"}, "self.balances"),
        (("self", "balances"), {"BTC": "one"}, "self.balances"),
        (("self", "balances"), [], "self.balances"),
        (("self", "hash"), "AB" * 16, "self.hash"),
        (("self", "type"), 3, "self.type"),
        (("self", "level"), 1, "self.level"),
        (("pathList",), [], "file.pathList"),
        (("pathList",), {}, "file.pathList"),
        (("pathList", 0, "type"), 4, "pathList[0].type"),
        (("pathList", 0, "type"), True, "pathList[0].type"),
        (("pathList", 0), None, "pathList[0].type"),
        (("pathList", 1, "level"), 0, "pathList[1].level"),
        (("pathList", -1, "level"), 2_000_000_000, "pathList[3].level"),
        (("pathList", -1, "type"), 2, "pathList[3].type"),
        (("pathList", -1, "hash"), "", "pathList[3].hash"),
    ],
)
def test_what_is_not_in_form_cannot_be_read(way, to, where):
    report = asked(changed(mexc(BALANCES, 0), *way, to=to))

    assert (report.format, report.verdict.value, codes(report)) == ("mexc", "cannot read", ["form.foreign"])
    assert f": {where}." in report.reasons[0].text


def test_a_key_twice_cannot_be_read():
    text = written(mexc(BALANCES, 0)).replace('"accountId"', '"accountId":"1","accountId"')

    from echt.proofs.verify import verify

    assert verify(text.encode()).verdict.value == "cannot read"


def test_a_root_from_elsewhere_and_the_own_account_are_compared():
    file = mexc(BALANCES, 0)
    root = file["pathList"][-1]["hash"]

    assert "format.root_from_file" not in codes(asked(file, root=root, account="1000"))
    assert codes(asked(file, root=OTHER))[0] == "statement.root"
    assert codes(asked(file, account="1001"))[0] == "identity.account"
    assert asked(file, root=root, account="1000").verdict.value == "consistent only"
    assert asked(file, account="1001").verdict.value == "not verified"
