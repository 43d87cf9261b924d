"""OKX with the whole tree: every inner node is recomputed, and even so the format is not sound."""

import json
import time

import pytest

from echt.proofs.verify import Knowledge, Report, verify
from tests.proofs.verify.formats.makers import (
    Node,
    OkxTree,
    asked,
    changed,
    codes,
    copied,
    grown,
    okx_customer,
    okx_leaf,
    okx_list,
    okx_parent,
    okx_tree,
    owed,
    written,
)

PIECES = [
    owed("BTC=1 ETH=0.5 USDT=3", "BTC=0.5 ETH=0 USDT=1"),
    owed("BTC=0 ETH=2 USDT=0.00000001"),
    owed("BTC=3.5 ETH=0 USDT=1", "BTC=3.5 ETH=0 USDT=1"),
    owed("BTC=0 ETH=0 USDT=9", "BTC=0 ETH=0 USDT=8", "BTC=2 ETH=0 USDT=0"),
    owed("BTC=8 ETH=1 USDT=2"),
]
TREE = okx_tree(PIECES)
"""Nine leaves, so that the leaves and two levels above have a free place each."""


def found(file: dict, tree: bytes = TREE.published) -> Report:
    return asked(file, statement=tree)


def lines_changed(number: int, old: str, new: str) -> bytes:
    lines = TREE.published.decode().splitlines()
    assert old in lines[number]
    lines[number] = lines[number].replace(old, new)
    return ("\n".join(lines) + "\n").encode()


@pytest.mark.parametrize("number", range(5))
def test_every_customer_is_in_the_tree(number):
    report = found(TREE.customers[number])

    assert (report.format, report.hashes, report.numbers) == ("okx-merkle-2", "chain", "sane")
    assert report.extra["total"] == {"BTC": "18.5", "ETH": "3.5", "USDT": "25.00000001"}
    assert report.extra["leaves"] == 9


def test_free_places_carry_the_hash_of_their_neighbour_and_are_no_fault():
    lines = [line.split(",", 2) for line in TREE.published.decode().splitlines()]
    hashes = [(height, hash_) for hash_, height, _ in lines]

    assert len(hashes) - len(set(hashes)) == 4, "three free places, and a customer with two equal pieces"
    assert found(TREE.customers[4]).hashes == "chain"


def test_both_files_may_be_named_in_either_order():
    file = written(TREE.customers[0]).encode()

    assert verify(TREE.published, Knowledge(statement=file)) == verify(file, Knowledge(statement=TREE.published))


def test_the_list_alone_is_recomputed_but_says_that_nobody_was_looked_for():
    report = verify(TREE.published)

    assert (report.hashes, report.numbers, report.verdict.value) == ("chain", "sane", "consistent only")
    assert codes(report)[0] == "format.own_leaves_unknown"


@pytest.mark.parametrize("number", range(len(TREE.published.splitlines())))
def test_a_changed_hash_of_any_node_is_found(number):
    hash_ = TREE.published.decode().splitlines()[number][:64]
    report = verify(lines_changed(number, hash_, hash_[:-1] + ("1" if hash_[-1] == "0" else "0")))

    assert (report.hashes, report.verdict.value) == ("broken", "not verified")


@pytest.mark.parametrize("number", range(len(TREE.published.splitlines())))
def test_a_changed_amount_of_any_node_is_found(number):
    amount = json.loads(TREE.published.decode().splitlines()[number].split(",", 2)[2])["USDT"]
    report = verify(lines_changed(number, f'"USDT":"{amount}"', '"USDT":"77"'))

    assert (report.numbers, report.verdict.value) == ("inconsistent", "not verified")


@pytest.mark.parametrize("number", range(len(TREE.published.splitlines())))
def test_a_missing_line_cannot_be_read(number):
    lines = TREE.published.decode().splitlines()
    report = verify(("\n".join([*lines[:number], *lines[number + 1 :]]) + "\n").encode())

    assert report.verdict.value == "cannot read"


def test_a_leaf_below_zero_is_found_although_everything_adds_up():
    tree = okx_tree([*PIECES, owed("BTC=-3 ETH=0 USDT=0")])
    report = found(tree.customers[0], tree.published)

    assert (report.hashes, report.numbers, report.verdict.value) == ("chain", "negative", "not verified")
    assert codes(report)[0] == "numbers.negative"


def test_leaves_with_more_decimals_than_sums_have_cannot_shrink_the_total():
    tree = okx_tree([owed("BTC=0.000000009 ETH=0 USDT=0"), owed("BTC=0.000000009 ETH=0 USDT=0")])
    report = found(tree.customers[0], tree.published)

    assert (report.hashes, report.numbers) == ("chain", "inconsistent")


def without_customer(number: int) -> OkxTree:
    return okx_tree([pieces for at, pieces in enumerate(PIECES) if at != number])


def test_a_customer_who_was_left_out_sees_it():
    report = found(okx_customer("nonce-9", PIECES[0]), without_customer(0).published)

    assert (report.hashes, report.verdict.value) == ("broken", "not verified")
    assert codes(report)[:2] == ["hashes.absent", "hashes.absent"]


def test_two_equal_pieces_must_stand_in_the_list_twice():
    once = okx_tree([PIECES[0], PIECES[1], PIECES[2][:1], *PIECES[3:]])
    doubled = changed(TREE.customers[2], "nonce", to="nonce-2")
    leaf = doubled["nodes"][0]["hash"]
    rows = [line for line in TREE.published.decode().splitlines() if line.startswith(leaf)]

    assert len(rows) == 2
    assert found(doubled).hashes == "chain"
    assert codes(found(doubled, once.published))[0] == "hashes.absent"


def test_an_own_leaf_that_the_list_shows_with_other_amounts_is_absent():
    leaf = TREE.customers[1]["nodes"][0]["hash"]
    number = [line[:64] for line in TREE.published.decode().splitlines()].index(leaf)
    report = found(TREE.customers[1], lines_changed(number, '"ETH":"2"', '"ETH":"1"'))

    assert (report.hashes, report.numbers) == ("broken", "inconsistent")
    assert codes(report)[0] == "hashes.absent"


def test_one_hash_with_two_amounts_is_found_where_no_place_is_free():
    leaves = [Node(node["hash"], owed("BTC=1 ETH=0 USDT=0")[0]) for node in TREE.customers[3]["nodes"]]
    twice = [leaves[0], leaves[1], Node(leaves[0].hash, owed("BTC=0 ETH=0 USDT=0")[0]), leaves[2]]
    report = verify(okx_list(grown(twice, okx_parent, copied)))

    assert codes(report)[0] == "hashes.twice"


@pytest.mark.parametrize(
    ("way", "to", "first"),
    [
        (("hash",), "0" * 64, "hashes.leaf"),
        (("nonce",), "other", "hashes.leaf"),
        (("totalBalances", "BTC"), "9", "hashes.leaf"),
        (("nodes", 0, "hash"), "0" * 64, "hashes.leaf"),
        (("nodes", 0, "balances", "BTC"), "9", "hashes.leaf"),
    ],
)
def test_what_was_changed_in_the_customers_file_is_found(way, to, first):
    report = found(changed(TREE.customers[0], *way, to=to))

    assert (report.hashes, report.verdict.value) == ("broken", "not verified")
    assert codes(report)[0] == first


def test_leaves_that_are_less_than_the_whole_balance_are_found():
    report = found(changed(TREE.customers[0], "nodes", 1, to=...))

    assert (report.hashes, report.numbers) == ("chain", "inconsistent")
    assert codes(report)[0] == "numbers.split"


@pytest.mark.parametrize(
    "tree",
    [
        b"",
        b"no tree",
        TREE.published.replace(b",1,", b",2,"),
        TREE.published.replace(b",5,", b",77,"),
        TREE.published + b"x\n",
        TREE.published.replace(b'"BTC":"8"', b'"BTC":"8e77777"'),
        TREE.published.replace(b'"BTC":"8"', b'"BTC":"eight"'),
        TREE.published.splitlines()[0],
        b"\xff" + TREE.published,
    ],
)
def test_a_list_that_is_not_in_form_cannot_be_read(tree):
    assert found(TREE.customers[0], tree).verdict.value == "cannot read"


def test_two_lists_with_one_root_show_two_customers_two_truths():
    """Why the format is not sound: each recomputes every hash and every sum, and yet 12 are owed where 7 are shown."""
    owed_five, owed_seven = owed("BTC=5 ETH=0 USDT=0"), owed("BTC=7 ETH=0 USDT=0")
    first, second = okx_customer("one", owed_five), okx_customer("two", owed_seven)

    def list_with(one: str, two: str) -> bytes:
        amounts = owed(f"BTC={one} ETH=0 USDT=0", f"BTC={two} ETH=0 USDT=0")
        hashes = [okx_leaf(first["hash"], owed_five[0]), okx_leaf(second["hash"], owed_seven[0])]
        return okx_list(grown([Node(*each) for each in zip(hashes, amounts, strict=True)], okx_parent, copied))

    answers = [found(first, list_with("5", "2")), found(second, list_with("0", "7"))]

    assert [answer.hashes for answer in answers] == ["chain", "chain"]
    assert [answer.numbers for answer in answers] == ["sane", "sane"]
    assert answers[0].extra["root"] == answers[1].extra["root"]
    assert [answer.verdict.value for answer in answers] == ["consistent only", "consistent only"]
    assert answers[0].extra["tree_sha256"] != answers[1].extra["tree_sha256"]


def test_a_large_list_does_not_take_long():
    leaves = [Node(f"{number:064x}", amounts) for number in range(1 << 13) for amounts in PIECES[4]]
    tree = okx_list(grown(leaves, okx_parent, copied))
    begun = time.perf_counter()

    assert verify(tree).hashes == "chain"
    assert time.perf_counter() - begun < 5
