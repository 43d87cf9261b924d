"""OKX with a path: files by its generator's rule, whole and spoilt."""

import pytest

from tests.proofs.verify.formats.makers import asked, changed, codes, okx_path, owed

BALANCES = owed(
    "BTC=1 ETH=0.5 USDT=3",
    "BTC=0 ETH=2 USDT=0.00000001",
    "BTC=3.5 ETH=0 USDT=1",
    "BTC=0.000000019 ETH=0 USDT=9",
    "BTC=8 ETH=1 USDT=2",
)
OTHER = "0" * 64


@pytest.mark.parametrize("number", range(5))
def test_every_customer_of_a_tree_with_free_places_is_in_it(number):
    report = asked(okx_path(BALANCES, number))

    assert (report.format, report.hashes, report.numbers) == ("okx-merkle-1", "chain", "sane")
    assert report.verdict.value == "consistent only"


def test_a_free_place_is_a_copy_of_its_neighbour_with_nothing_in_it():
    file = okx_path(BALANCES, 4)
    assert file["path"][0]["type"] == 4
    assert file["path"][0]["hash"] == file["self"]["hash"]

    filled = changed(file, "path", 0, "balances", "BTC", to="1")
    assert codes(asked(filled))[:2] == ["hashes.broken", "numbers.total"]
    assert "numbers.padding" in codes(asked(filled))


def test_a_free_place_with_a_hash_of_its_own_is_no_free_place():
    file = okx_path(BALANCES[:2], 0)

    assert codes(asked(changed(file, "path", 0, "type", to=4)))[0] == "hashes.padding"


def test_sums_are_cut_off_after_eight_decimals():
    assert asked(okx_path(owed("BTC=0.000000019 ETH=0 USDT=0", "BTC=0.000000019 ETH=0 USDT=0"), 1)).numbers == "sane"


@pytest.mark.parametrize(
    ("way", "to", "hashes", "numbers", "first"),
    [
        (("self", "hash"), OTHER, "broken", "sane", "hashes.leaf"),
        (("self", "nonce"), "other", "broken", "sane", "hashes.leaf"),
        (("self", "balances", "ETH"), "0.50", "broken", "sane", "hashes.leaf"),
        (("self", "balances", "BTC"), "-1", "broken", "negative", "hashes.leaf"),
        (("self", "height"), 2, "broken", "sane", "hashes.level"),
        (("self", "type"), 2, "broken", "sane", "hashes.side"),
        (("path", 0, "hash"), OTHER, "broken", "sane", "hashes.broken"),
        (("path", 1, "height"), 9, "broken", "sane", "hashes.level"),
        (("path", 1, "type"), 1, "broken", "sane", "hashes.broken"),
        (("path", 1, "balances", "USDT"), "0", "broken", "inconsistent", "hashes.broken"),
        (("path", -1, "hash"), OTHER, "broken", "sane", "hashes.broken"),
        (("path", -1, "height"), 5, "broken", "sane", "hashes.level"),
        (("path", -1, "balances", "USDT"), "7", "chain", "inconsistent", "numbers.total"),
    ],
)
def test_what_was_changed_is_found(way, to, hashes, numbers, first):
    report = asked(changed(okx_path(BALANCES, 0), *way, to=to))

    assert (report.hashes, report.numbers) == (hashes, numbers)
    assert report.verdict.value == "not verified"
    assert codes(report)[0] == first


def test_a_neighbour_below_zero_is_found_although_the_hashes_chain():
    report = asked(okx_path(owed("BTC=5 ETH=0 USDT=0", "BTC=-3 ETH=0 USDT=0"), 0))

    assert (report.hashes, report.numbers, report.verdict.value) == ("chain", "negative", "not verified")


@pytest.mark.parametrize(
    ("way", "to"),
    [
        (("self", "nonce"), 5),
        (("self", "nonce"), "\ud800"),
        (("self", "balances"), {"BTC": "1", "ETH": "1"}),
        (("self", "balances", "XYZ"), "1"),
        (("path", 0, "type"), 0),
        (("path", 0, "type"), 3),
        (("path", -1, "type"), 4),
        (("path", 0, "height"), -1),
        (("path", 0, "hash"), "0" * 63),
        (("path",), "path"),
    ],
)
def test_what_is_not_in_form_cannot_be_read(way, to):
    report = asked(changed(okx_path(BALANCES, 0), *way, to=to))

    assert report.verdict.value == "cannot read"


def test_a_neighbours_nonce_in_the_file_is_named():
    file = changed(okx_path(BALANCES, 0), "path", 0, "nonce", to="nonce-1")

    assert "format.salt_leaked" in codes(asked(file))
    assert "format.salt_leaked" not in codes(asked(okx_path(BALANCES, 0)))
