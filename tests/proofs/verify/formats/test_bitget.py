"""Bitget in all revisions: files by its generator's rule, whole and spoilt."""

import pytest

from tests.proofs.verify.formats.makers import asked, bitget, changed, codes, owed, written

BALANCES = owed(
    "BTC=1.50 ETH=0.00000067 USDT=3 USDC=0",
    "USDC=4.10 USDT=0 ETH=2 BTC=0",
    "BTC=0 ETH=0 USDT=0.00000000 USDC=1",
    "BTC=0 ETH=0 USDT=1000000000.123456789 USDC=0",
    "BTC=8 ETH=1 USDT=2 USDC=3",
)
OTHER = "0" * 16
QUOTED = pytest.mark.parametrize("quoted", [True, False])


@QUOTED
@pytest.mark.parametrize("number", range(5))
def test_every_customer_of_a_tree_with_free_places_is_in_it(number, quoted):
    report = asked(bitget(BALANCES, number, quoted=quoted))

    assert (report.format, report.hashes, report.numbers) == ("bitget", "chain", "sane")
    assert report.verdict.value == "consistent only"
    assert ("format.salt_leaked" in codes(report)) is not quoted


def test_bare_numbers_are_hashed_with_their_zeros_and_exponents():
    file = bitget(BALANCES, 0, quoted=False)

    assert "1.50" in written(file)
    assert "6.7E-7" in written(file)
    assert asked(file).hashes == "chain"
    assert asked(changed(file, "self", "balances", "BTC", to=1.5)).hashes == "broken"


def test_a_free_place_may_be_marked_as_an_ordinary_right_node():
    assert asked(bitget(BALANCES, 4, quoted=True, role_of_filler=2)).hashes == "chain"


def test_a_free_place_holds_nothing():
    file = changed(bitget(BALANCES, 4, quoted=True), "path", 0, "balances", "BTC", to="1")

    assert "numbers.padding" in codes(asked(file))


def test_a_free_place_with_a_hash_of_its_own_is_no_free_place():
    assert codes(asked(changed(bitget(BALANCES, 0, quoted=True), "path", 0, "role", to=0)))[0] == "hashes.padding"


def test_the_root_needs_no_role():
    assert asked(changed(bitget(BALANCES, 0, quoted=True), "path", -1, "role", to=...)).hashes == "chain"


@QUOTED
def test_a_neighbour_below_zero_is_found_although_the_hashes_chain(quoted):
    report = asked(bitget(owed("BTC=5", "BTC=-3"), 0, quoted=quoted))

    assert (report.hashes, report.numbers, report.verdict.value) == ("chain", "negative", "not verified")


@QUOTED
@pytest.mark.parametrize(
    ("way", "to", "hashes", "first"),
    [
        (("self", "merkelLeaf"), OTHER, "broken", "hashes.leaf"),
        (("self", "encryptUid"), "other", "broken", "hashes.leaf"),
        (("self", "nonce"), "other", "broken", "hashes.leaf"),
        (("self", "role"), 2, "broken", "hashes.side"),
        (("self", "level"), 9, "broken", "hashes.level"),
        (("path", 0, "merkelLeaf"), OTHER, "broken", "hashes.broken"),
        (("path", 0, "role"), 1, "broken", "hashes.side"),
        (("path", 1, "role"), 1, "broken", "hashes.broken"),
        (("path", 1, "level"), 9, "broken", "hashes.level"),
        (("path", -1, "level"), 0, "broken", "hashes.level"),
        (("path", -1, "merkelLeaf"), OTHER, "broken", "hashes.broken"),
    ],
)
def test_what_was_changed_is_found(quoted, way, to, hashes, first):
    report = asked(changed(bitget(BALANCES, 0, quoted=quoted), *way, to=to))

    assert (report.hashes, report.verdict.value) == (hashes, "not verified")
    assert codes(report)[0] == first


@QUOTED
@pytest.mark.parametrize(("at", "hashes"), [(0, "broken"), (-1, "chain")])
def test_a_changed_balance_or_total_is_found(quoted, at, hashes):
    report = asked(
        changed(bitget(BALANCES, 0, quoted=quoted), "path", at, "balances", "BTC", to="77" if quoted else 77)
    )

    assert (report.hashes, report.numbers, report.verdict.value) == (hashes, "inconsistent", "not verified")


@pytest.mark.parametrize(
    ("way", "to"),
    [
        (("self", "merkelLeaf"), "0" * 64),
        (("self", "nonce"), ...),
        (("self", "balances"), None),
        (("self", "balances", "BTC"), 1),
        (("self", "balances", "BTC\u0000"), "1"),
        (("path", 0, "role"), 5),
        (("path", 0, "role"), ...),
        (("path", 0, "level"), "4"),
        (("path", -1, "role"), 1),
        (("path",), [{}] * 100),
    ],
)
def test_what_is_not_in_form_cannot_be_read(way, to):
    report = asked(changed(bitget(BALANCES, 0, quoted=True), *way, to=to))

    assert report.verdict.value == "cannot read"
