"""The attacker of `free_sums` against `echt/1` finds nothing. Each test is a way to show a total that is too low."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from echt.proofs.verify import Verdict
from tests.proofs import reference
from tests.proofs.attack.free_sums import (
    ClaimedTree,
    Told,
    accepted,
    as_bytes,
    as_json,
    ask,
    codes,
    is_too_little,
    node,
    root_of,
)

OWED = {"ann": [5], "ben": [7], "cem": [3], "dag": [6]}
HONEST = ClaimedTree(OWED)
RICHEST = {(1, 0): [7], (1, 1): [6], (2, 0): [7]}
"""The claims of `sum_only`: 21 are owed, 7 are shown."""


def believers(tree, tellings):
    """The customers who accept at least one of the files that they are given."""
    return {told.account for told in tellings if accepted(tree.answer(told))}


def test_an_honest_tree_convinces_everybody():
    for account in OWED:
        report = HONEST.answer(HONEST.told(account))
        assert (report.verdict, report.hashes, report.numbers) == (Verdict.VERIFIED, "chain", "sane")
    assert HONEST.top[1] == [21]


def test_the_attack_that_seven_formats_accept_convinces_nobody():
    tree = ClaimedTree(OWED, RICHEST)
    reports = [tree.answer(tree.told_to_fit(account)) for account in OWED]
    assert [one.verdict for one in reports] == [Verdict.NOT_VERIFIED] * 4
    assert {codes(one)[0] for one in reports} == {"path.root"}
    assert not any(accepted(tree.answer(tree.told(account))) for account in OWED)


def test_the_same_attacker_succeeds_where_a_parent_commits_to_the_sum_alone(monkeypatch):
    """A control: were `echt/1` built like the seven formats, these tests would find it."""

    def sum_only(level, left, right, claim=None):
        sums = claim or [one + other for one, other in zip(left[1], right[1], strict=True)]
        return reference.digest(b"node", reference.u32(level), left[0], right[0], as_bytes(sums)), sums

    monkeypatch.setattr("echt.proofs.verify.check_tree.parent_node", sum_only)
    monkeypatch.setattr("tests.proofs.attack.free_sums.node", sum_only)
    tree = ClaimedTree(OWED, RICHEST)
    found = believers(tree, [tree.told_to_fit(account) for account in OWED])
    assert (found, tree.top[1], is_too_little(tree, found)) == (set(OWED), [7], True)


def small_roots():
    """Every tree over the four whose nodes claim 0, 3 or 7 or what is true: its leaves as well as what is above."""
    claims = ([0], [3], [7], None)
    for choice in product(claims, repeat=3):
        yield dict(zip(((1, 0), (1, 1), (2, 0)), choice, strict=True))
    for choice in product(claims, repeat=4):
        yield {(0, number): claim for number, claim in enumerate(choice)} | {(2, 0): [7]}


def test_whatever_the_nodes_claim_those_convinced_are_owed_no_more_than_the_total():
    convinced = 0
    for claims in small_roots():
        tree = ClaimedTree(OWED, {place: claim for place, claim in claims.items() if claim})
        tellings = [told for account in OWED for told in (tree.told(account), tree.told_to_fit(account))]
        found = believers(tree, tellings)
        convinced += len(found)
        assert not is_too_little(tree, found), claims
    assert convinced, "the attacker must at least be able to tell the truth"


def test_no_sums_and_hashes_from_the_whole_tree_convince_anybody_of_less():
    """One customer, every neighbour that the attacker can name: all hashes that occur, with all sums up to the total."""
    tree = ClaimedTree(OWED, RICHEST)
    hashes = [digest for level in (*tree.levels, *HONEST.levels) for digest, _ in level]
    for first, second in product(product(hashes, (0, 2)), product(hashes, (0, 1))):
        told = replace(tree.told("ann"), path=[(first[0], [first[1]]), (second[0], [second[1]])])
        assert not accepted(tree.answer(told))


@pytest.mark.parametrize("less", [-2, 2**127 - 2, 2**128 - 2])
def test_a_neighbour_cannot_be_told_to_hold_less_than_nothing(less):
    """`u128` of -2 is 2^128 - 2: careless code would add them up to 7 - 2 + ... = 5."""
    ben = (HONEST.leaf("ben")[0], [less])
    top = node(2, node(1, HONEST.leaf("ann"), ben, [5 + less]), HONEST.levels[1][1], [(14 + less) % 2**127])
    tree = ClaimedTree(OWED)
    tree.top, tree.root = top, root_of(tree.config, top)
    told = replace(tree.told("ann"), path=[ben, HONEST.levels[1][1]])
    report = tree.answer(told)
    assert report.verdict in {Verdict.NOT_VERIFIED, Verdict.CANNOT_READ}
    assert codes(report)[0] in {"form.number", "path.sum", "path.root", "totals.differ"}


def test_sums_that_overflow_are_refused_before_they_wrap_around():
    owed = {"ann": [2**126], "ben": [2**126], "cem": [1], "dag": [1]}
    tree = ClaimedTree(owed, {(1, 0): [0], (2, 0): [2]})
    report = tree.answer(tree.told("ann"))
    assert (report.verdict, report.numbers, codes(report)[0]) == (Verdict.NOT_VERIFIED, "inconsistent", "path.sum")


def test_a_neighbour_cannot_be_shown_on_the_other_side():
    for account in OWED:
        told = HONEST.told(account)
        for index in {0, 1, 2, 3} - {told.index}:
            assert codes(HONEST.answer(replace(told, index=index))) == ["path.root"]
        assert codes(HONEST.answer(replace(told, path=told.path[::-1]))) == ["path.root"]


def test_one_leaf_cannot_be_shown_to_two_customers():
    owed = OWED | {"ann": [5], "ben": [5]}
    tree = ClaimedTree(owed)
    of_ann = tree.told("ann")
    to_ben = tree.file(replace(of_ann, account="ben"))
    assert codes(ask(to_ben, tree.root, "ben")) == ["path.root"]
    with_her_key = to_ben | {"account": {"id": "ben", "key": tree.key("ann").hex()}}
    assert codes(ask(with_her_key, tree.root, "ben")) == ["path.root"]
    assert codes(ask(tree.file(of_ann), tree.root, "ben")) == ["identity.account"]


def test_a_key_is_not_found_that_makes_another_s_leaf_one_s_own():
    """The exchange makes the keys, so it may try: but the account number is in the identity beside the key."""
    tree = ClaimedTree(OWED | {"ben": [5]})
    shown = tree.file(replace(tree.told("ann"), account="ben"))
    for attempt in range(200):
        shown["account"]["key"] = reference.digest(b"attempt", reference.u32(attempt)).hex()
        assert codes(ask(shown, tree.root, "ben")) == ["path.root"]


def test_filling_with_amounts_only_makes_the_total_higher():
    filled = ClaimedTree(OWED | {"nobody": [100], "no one": [0], "noone": [1], "none": [0]})
    found = believers(filled, [filled.told(account) for account in OWED])
    assert (found, filled.top[1]) == (set(OWED), [122])
    assert not is_too_little(filled, found)


def test_a_total_other_than_the_top_s_is_not_verified():
    for account in OWED:
        report = HONEST.answer(HONEST.told(account), totals=["7"])
        assert (report.verdict, codes(report)) == (Verdict.NOT_VERIFIED, ["totals.differ"])


def test_customers_cannot_be_shown_different_statements_under_one_root():
    for fields in (
        {"config": HONEST.config | {"snapshot": "another"}},
        {"config": HONEST.config | {"columns": [{"asset": "A0", "decimals": 2, "side": "credit"}]}},
        {"config": HONEST.config | {"columns": [{"asset": "A0", "decimals": 0, "side": "debt"}]}},
        {"config": HONEST.config | {"prefix_bits": 1, "bucket_bits": 1}},
    ):
        assert codes(HONEST.answer(HONEST.told("ann"), **fields))[0] in {"path.root", "identity.bucket"}
    other = ClaimedTree(OWED, RICHEST)
    assert codes(HONEST.answer(HONEST.told("ann"), root=other.root.hex())) == ["statement.root"]


def test_a_node_is_no_leaf_and_a_leaf_no_node():
    for account in OWED:
        told = HONEST.told(account)
        for path in (told.path[:1], told.path[1:], [*told.path, HONEST.top], []):
            assert codes(HONEST.answer(replace(told, path=path))) == ["form.path_length"]


class TwoPieces(ClaimedTree):
    """Two customers with two pieces each: of 5 and 7, both in pieces of 1 and the rest."""

    def __init__(self, hidden=()):
        names = [("A0", 0, "credit")]
        self.config = reference.configuration(names, prefix_bits=0, bucket_bits=2, pieces=2)
        self.owed = {"ann": [5], "ben": [7]}
        self.shares = {"ann": [[1], [4]], "ben": [[1], [6]]}
        places = [(account, piece) for account in self.owed for piece in (0, 1)]
        self.levels = [
            [reference.leaf(self.identity(*one), [0] if one in hidden else self.share(*one)) for one in places]
        ]
        self.levels.append([node(1, *self.levels[0][n : n + 2]) for n in (0, 2)])
        self.levels.append([node(2, *self.levels[1])])
        (self.top,) = self.levels[-1]
        self.root = root_of(self.config, self.top)

    def identity(self, account, piece):
        return reference.leaf_id(self.key(account), self.config, piece, account)

    def share(self, account, piece):
        return self.shares[account][piece]

    def piece(self, account, piece):
        index = list(self.owed).index(account) * 2 + piece
        path = [nodes[(index >> level) ^ 1] for level, nodes in enumerate(self.levels[:-1])]
        return {"index": index, "amounts": [str(self.share(account, piece)[0])], "path": [as_json(one) for one in path]}

    def ask(self, account, pieces):
        file = self.file(Told(account, 0, [0], [])) | {"pieces": pieces}
        return ask(file, self.root, account)


def test_every_piece_is_shown_once_and_in_its_order():
    tree = TwoPieces()
    first, second = tree.piece("ann", 0), tree.piece("ann", 1)
    whole = tree.ask("ann", [first, second])
    assert (whole.verdict, whole.amounts) == (Verdict.VERIFIED, {"A0": "5"})
    for pieces in ([first], [second], [], [first, second, second]):
        assert codes(tree.ask("ann", pieces)) == ["form.pieces"]
    for pieces in ([second, first], [second, second], [first, first], [first, tree.piece("ben", 1)]):
        assert codes(tree.ask("ann", pieces))[0] == "path.root"


def test_a_piece_that_was_left_out_of_the_sum_is_missed():
    tree = TwoPieces(hidden={("ann", 1)})
    assert tree.top[1] == [8]
    assert codes(tree.ask("ann", [tree.piece("ann", 0), tree.piece("ann", 1)]))[0] == "path.root"
    assert accepted(tree.ask("ben", [tree.piece("ben", 0), tree.piece("ben", 1)]))


balances = some.integers(0, 9) | some.sampled_from([2**64, 2**126, 2**127 - 1])
claimed = some.integers(-3, 12) | some.sampled_from([2**64, 2**127 - 1, 2**127, 2**128 - 1])


@given(some.data())
@settings(max_examples=150, deadline=None)
def test_no_tree_and_no_telling_that_was_found_by_searching_shows_too_low_a_total(data):
    columns = data.draw(some.integers(1, 2), "columns")
    owed = {f"c{n}": data.draw(some.lists(balances, min_size=columns, max_size=columns)) for n in range(4)}
    places = some.tuples(some.integers(0, 2), some.integers(0, 3))
    sums = some.lists(claimed, min_size=columns, max_size=columns)
    tree = ClaimedTree(owed, data.draw(some.dictionaries(places, sums, max_size=4), "claims"), columns)
    nodes = some.sampled_from([one for level in tree.levels for one in level])
    tellings = [told for account in owed for told in (tree.told(account), tree.told_to_fit(account))]
    for account in owed:
        told = tree.told(account)
        path = [data.draw(some.just(one) | nodes | some.tuples(some.just(one[0]), sums)) for one in told.path]
        tellings.append(replace(told, path=path, index=data.draw(some.just(told.index) | some.integers(0, 3))))
    assert not is_too_little(tree, believers(tree, tellings))
