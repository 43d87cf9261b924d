"""Bitunix: files by its generator's rule, whole and spoilt."""

import pytest

from tests.proofs.verify.formats.makers import asked, bitunix, changed, codes, owed

BALANCES = owed(
    "BTC=1.5 ETH=0.00000067 USDT=3",
    "BTC=0 ETH=2 USDT=0",
    "BTC=0 ETH=0 USDT=0.01",
    "BTC=0 ETH=0 USDT=1000000000.12",
    "BTC=8 ETH=1 USDT=2",
)
DECIMALS = {"BTC": 8, "ETH": 8, "USDT": 2}
OTHER = "0" * 64


@pytest.mark.parametrize("number", range(5))
def test_every_customer_of_a_tree_with_free_places_is_in_it(number):
    report = asked(bitunix(BALANCES, number, DECIMALS))

    assert (report.format, report.hashes, report.numbers) == ("bitunix", "chain", "sane")
    assert report.verdict.value == "consistent only"


def test_a_neighbour_below_zero_is_found_although_the_hashes_chain():
    report = asked(bitunix(owed("BTC=5", "BTC=-3"), 0, DECIMALS))

    assert (report.hashes, report.numbers, report.verdict.value) == ("chain", "negative", "not verified")


@pytest.mark.parametrize(
    ("way", "to", "hashes", "numbers", "first"),
    [
        (("self", "merkleLeaf"), OTHER, "broken", "sane", "hashes.leaf"),
        (("self", "balances", "USDT"), "3", "broken", "sane", "hashes.leaf"),
        (("self", "balances", "BTC"), "2.00000000", "broken", "inconsistent", "hashes.leaf"),
        (("self", "precisions", "USDT"), 3, "broken", "sane", "hashes.broken"),
        (("self", "height"), 1, "broken", "sane", "hashes.level"),
        (("self", "type"), 2, "broken", "sane", "hashes.side"),
        (("path", 0, "merkleLeaf"), OTHER, "broken", "sane", "hashes.broken"),
        (("path", 1, "type"), 1, "broken", "sane", "hashes.broken"),
        (("path", 1, "height"), 2, "broken", "sane", "hashes.level"),
        (("path", -1, "merkleLeaf"), OTHER, "broken", "sane", "hashes.broken"),
        (("path", -1, "balances", "BTC"), "1.00000000", "chain", "inconsistent", "numbers.total"),
    ],
)
def test_what_was_changed_is_found(way, to, hashes, numbers, first):
    report = asked(changed(bitunix(BALANCES, 0, DECIMALS), *way, to=to))

    assert (report.hashes, report.numbers, report.verdict.value) == (hashes, numbers, "not verified")
    assert codes(report)[0] == first


@pytest.mark.parametrize(
    ("way", "to"),
    [
        (("self", "precisions"), ...),
        (("self", "precisions", "BTC"), ...),
        (("self", "precisions", "BTC"), 10**9),
        (("self", "precisions", "BTC"), -1),
        (("self", "encryptUid"), ""),
        (("path", 0, "type"), 4),
        (("path", 0, "balances", "XYZ"), "1"),
        (("path", 0, "balances", "BTC"), "NaN"),
    ],
)
def test_what_is_not_in_form_cannot_be_read(way, to):
    assert asked(changed(bitunix(BALANCES, 0, DECIMALS), *way, to=to)).verdict.value == "cannot read"
