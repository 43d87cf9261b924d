"""Bybit with all lists of assets: files by its generator's rule, whole and spoilt."""

import json
from decimal import Decimal

import pytest

from echt.proofs.verify.formats.bybit_assets import BYBIT_LISTS
from tests.proofs.verify.formats.makers import SAMPLES, asked, bybit, changed, codes, sample

PUBLISHED = json.loads((SAMPLES / "bybit_asset_lists.json").read_text())
OTHER = "0" * 64


def balances_of(assets: list[str], customers: int = 5) -> list[dict[str, Decimal]]:
    """Amounts that are all different, so that no two orders give one hash."""
    return [
        {asset: Decimal(number * 1000 + place) / 10**8 for place, asset in enumerate(assets, 1)}
        for number in range(1, customers + 1)
    ]


def counted(version: str) -> list[str]:
    return [asset for asset, _, summed in PUBLISHED[version] if summed]


SMALL = ["BTC", "ETH", "NEW"]


def test_the_lists_are_those_that_were_published():
    written_down = {
        version: [[asset.strip("()"), 8, not asset.startswith("(")] for asset in assets.split()]
        for version, assets in BYBIT_LISTS.items()
    }

    assert written_down == PUBLISHED


@pytest.mark.parametrize("number", range(5))
def test_every_customer_of_a_tree_with_free_places_is_in_it(number):
    report = asked(bybit(balances_of(SMALL), number, SMALL))

    assert (report.format, report.hashes, report.numbers) == ("bybit", "chain", "sane")
    assert report.verdict.value == "consistent only"


@pytest.mark.parametrize("version", PUBLISHED)
def test_the_file_tells_its_list_whatever_the_version(version):
    assets = counted(version)
    report = asked(bybit(balances_of(assets), 1, assets))

    assert (report.hashes, report.extra["asset_list"]) == ("chain", "file")


@pytest.mark.parametrize("version", PUBLISHED)
def test_a_file_whose_keys_tell_nothing_is_read_with_the_list_of_its_time(version):
    allowed = [asset for asset, _, _ in PUBLISHED[version]]
    report = asked(bybit(balances_of(sorted(allowed, reverse=True)), 1, counted(version)))

    assert (report.hashes, report.numbers, report.extra["asset_list"]) == ("chain", "sane", version)
    assert list(report.amounts) == counted(version)
    assert ("format.not_counted" in codes(report)) is (counted(version) != allowed)


def test_an_asset_that_no_list_knows_needs_no_new_program():
    report = asked(bybit(balances_of([*counted("Asset50"), "BRANDNEW"]), 0, [*counted("Asset50"), "BRANDNEW"]))

    assert report.hashes == "chain"


def test_a_free_place_may_be_marked_as_an_ordinary_right_node():
    assert asked(bybit(balances_of(SMALL), 4, SMALL, role_of_filler=2)).hashes == "chain"
    assert sample("bybit_40_v2.json")["path"][0]["type"] == 2
    assert sample("bybit_40_v2.json")["path"][0]["hash"] == sample("bybit_40_v2.json")["self"]["hash"]


def test_a_free_place_holds_nothing():
    file = changed(bybit(balances_of(SMALL), 4, SMALL), "path", 0, "balance", "BTC", to="1.00000000")

    assert "numbers.padding" in codes(asked(file))


def test_a_neighbour_below_zero_is_found_although_the_hashes_chain():
    report = asked(bybit([{"BTC": Decimal(5)}, {"BTC": Decimal(-3)}], 0, ["BTC"]))

    assert (report.hashes, report.numbers, report.verdict.value) == ("chain", "negative", "not verified")


@pytest.mark.parametrize(
    ("way", "to", "hashes", "numbers", "first"),
    [
        (("self", "hash"), OTHER, "broken", "sane", "hashes.leaf"),
        (("self", "userHash"), "other", "broken", "sane", "hashes.leaf"),
        (("self", "balance", "BTC"), "0.0000100100", "broken", "sane", "hashes.leaf"),
        (("self", "balance", "BTC"), "9.00000000", "broken", "inconsistent", "hashes.leaf"),
        (("self", "height"), 2, "broken", "sane", "hashes.level"),
        (("self", "type"), 2, "broken", "sane", "hashes.side"),
        (("path", 0, "hash"), OTHER, "broken", "sane", "hashes.broken"),
        (("path", 0, "type"), 4, "broken", "inconsistent", "hashes.padding"),
        (("path", 1, "type"), 1, "broken", "sane", "hashes.broken"),
        (("path", 1, "height"), 7, "broken", "sane", "hashes.level"),
        (("path", 1, "balance", "ETH"), "0.00000000", "broken", "inconsistent", "hashes.broken"),
        (("path", -1, "hash"), OTHER, "broken", "sane", "hashes.broken"),
        (("path", -1, "height"), 2, "broken", "sane", "hashes.level"),
        (("path", -1, "balance", "NEW"), "9.00000000", "chain", "inconsistent", "numbers.total"),
    ],
)
def test_what_was_changed_is_found(way, to, hashes, numbers, first):
    report = asked(changed(bybit(balances_of(SMALL), 0, SMALL), *way, to=to))

    assert (report.hashes, report.numbers, report.verdict.value) == (hashes, numbers, "not verified")
    assert codes(report)[0] == first


@pytest.mark.parametrize(
    ("way", "to"),
    [
        (("self", "userHash"), 1),
        (("self", "balance", "BTC"), ...),
        (("path", 0, "balance", "MORE"), "1"),
        (("path", -1, "balance", "BTC"), ...),
        (("path", 0, "type"), 3),
        (("path", 0, "type"), 5),
        (("path", -1, "type"), 1),
        (("path",), []),
    ],
)
def test_what_is_not_in_form_cannot_be_read(way, to):
    assert asked(changed(bybit(balances_of(SMALL), 0, SMALL), *way, to=to)).verdict.value == "cannot read"
