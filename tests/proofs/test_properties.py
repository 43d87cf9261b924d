"""What must hold for any accounts, columns and pieces: every customer's proof verifies, and not one place of it can be changed.

All three verifiers are asked, and they have to give the same answer with the same reason: Python, browser and engine.
"""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.proofs import reference
from tests.proofs.mutations import every_change
from tests.proofs.trees import OPERATOR, World
from tests.proofs.vector_cases import world
from tests.proofs.verifiers import Question, all_verifiers

LARGEST = 2**127 - 1
HARMLESS = {"log: null"}
"""A file may name no log; then there is a remark, and the statement still has to come from elsewhere."""
SOME = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def verifiers():
    with all_verifiers() as every:
        yield every


def knowledge_of(the, account):
    """All that a careful customer can bring."""
    older = OPERATOR.sign(the.log()["checkpoint"].partition("\n\n")[0] + "\n").encode()
    brought = {"statement": the.note.encode(), "operator_key": OPERATOR.vkey, "account": account}
    return brought | {"root": the.statement["root"], "older_checkpoint": older}


def written(proof):
    return json.dumps(proof, ensure_ascii=False).encode()


ASSETS = st.text("ABCXYZabc019._-", min_size=1, max_size=32)
COLUMN = st.tuples(ASSETS, st.integers(0, 36), st.sampled_from(["credit", "debt"]))
COLUMNS = st.lists(COLUMN, min_size=1, max_size=4, unique_by=lambda one: (one[0], one[2]))
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=16)
SNAPSHOTS = st.text("abcXYZ019._:-", min_size=1, max_size=64)


@st.composite
def worlds(draw):
    """Some accounts in a tree that is just large enough, signed and in a log."""
    columns, pieces, prefix_bits = draw(COLUMNS), draw(st.integers(1, 4)), draw(st.integers(0, 3))
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique=True))
    amount = st.one_of(st.just(0), st.integers(0, 2**64), st.integers(0, LARGEST // len(names)))
    accounts = {name: [draw(amount) for _ in columns] for name in names}
    snapshot = draw(SNAPSHOTS)
    for bucket_bits in range(6):
        config = reference.configuration(columns, prefix_bits, bucket_bits, pieces, snapshot)
        try:
            return accounts, World(accounts, config)
        except AssertionError:
            continue
    raise AssertionError("24 pieces fit into one bucket of 32")


@SOME
@given(worlds())
def test_every_customers_proof_verifies_and_shows_the_exact_balance(verifiers, made):
    accounts, the = made
    questions = [Question(written(the.proof(one)), knowledge_of(the, one)) for one in accounts]

    for verifier in verifiers:
        answers = verifier.ask(questions)
        assert [answer.verdict for answer in answers] == ["verified"] * len(accounts), verifier.name
        assert [answer.amounts for answer in answers] == [shown(the, amounts) for amounts in accounts.values()]


def shown(the, amounts):
    columns = the.statement["config"]["columns"]
    return {
        _name(column): _decimal(amount, column["decimals"]) for column, amount in zip(columns, amounts, strict=True)
    }


def _name(column):
    return column["asset"] + (" (debt)" if column["side"] == "debt" else "")


def _decimal(amount, decimals):
    whole, rest = divmod(amount, 10**decimals)
    return f"{whole}.{rest:0{decimals}}" if decimals else str(whole)


@SOME
@given(worlds())
def test_totals_are_the_exact_sums_of_all_balances(made):
    accounts, the = made

    assert [int(one) for one in the.statement["totals"]] == [
        sum(column) for column in zip(*accounts.values(), strict=True)
    ]


@SOME
@given(worlds())
def test_the_pieces_of_a_balance_add_up_and_none_is_below_zero(made):
    accounts, the = made

    for account, amounts in accounts.items():
        pieces = [share for _, share in the.tree.pieces[account]]
        assert [sum(column) for column in zip(*pieces, strict=True)] == amounts
        assert min(min(share) for share in pieces) >= 0


def test_not_one_place_of_a_proof_can_be_changed(verifiers):
    the = world()
    changes = list(every_change(the.proof("10001"), the.proof("10002")))

    assert len(changes) > 1500
    _refused_alike(verifiers, changes, knowledge_of(the, "10001"))


@settings(SOME, max_examples=15)
@given(worlds(), st.data())
def test_no_change_of_any_proof_passes_and_all_verifiers_say_the_same(verifiers, made, data):
    accounts, the = made
    ours, other = data.draw(st.sampled_from(list(accounts))), data.draw(st.sampled_from(list(accounts)))
    changes = list(every_change(the.proof(ours), the.proof(other)))
    some = data.draw(st.randoms(use_true_random=False)).sample(changes, 20)

    _refused_alike(verifiers, some, knowledge_of(the, ours))


def _refused_alike(verifiers, changes, knowledge):
    questions = [Question(content, knowledge) for _, content in changes]
    answers = [verifier.ask(questions) for verifier in verifiers]

    named = [(name, *said) for (name, _), *said in zip(changes, *answers, strict=True) if name not in HARMLESS]
    assert [(name, *said) for name, *said in named if len(set(map(_told, said))) > 1] == []
    assert [
        name for name, said, *_ in named if said.verdict not in ("not verified", "cannot read") or not said.reason
    ] == []


def _told(answer):
    return answer.verdict, answer.reason, answer.hashes, answer.numbers


@SOME
@given(st.data())
def test_a_damaged_file_is_the_same_value_or_refused(verifiers, data):
    """Characters changed, lost or put in anywhere, also such that no walk over values would think of."""
    the = world()
    proof = the.proof("10001")
    contents = [_damaged(data, written(proof)) for _ in range(20)]
    questions = [Question(one, knowledge_of(the, "10001")) for one in contents]

    answers = [verifier.ask(questions) for verifier in verifiers]
    for content, *said in zip(contents, *answers, strict=True):
        assert len(set(map(_told, said))) == 1, content
        assert said[0].verdict in ("not verified", "cannot read") or json.loads(content) == proof


def _damaged(data, content):
    place, length = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(0, 2))
    piece = data.draw(
        st.one_of(
            st.text('0123456789abcdefA{}[]",:\\ \n-.+é\0\ufeff', max_size=2).map(str.encode), st.binary(max_size=2)
        )
    )
    return content[:place] + piece + content[place + length :]


@pytest.mark.parametrize("brought", ["nothing", "a root", "a key", "an older checkpoint"])
def test_with_less_knowledge_they_still_say_the_same(verifiers, brought):
    the, whole = world(), knowledge_of(world(), "10001")
    fields = {"nothing": [], "a root": ["root"], "a key": ["operator_key"], "an older checkpoint": ["older_checkpoint"]}
    changes = [one for place, one in enumerate(every_change(the.proof("10001"), the.proof("10003"))) if place % 4 == 0]
    questions = [Question(content, {name: whole[name] for name in fields[brought]}) for _, content in changes]

    answers = [verifier.ask(questions) for verifier in verifiers]
    assert [one for one in zip(changes, *answers, strict=True) if len(set(map(_told, one[1:]))) > 1] == []


def test_two_customers_cannot_share_a_leaf(verifiers):
    """Equal balances, and still each has an own place: the file of one, with the other's number, leads nowhere."""
    the = World({"10001": [5], "10002": [5]}, reference.configuration([("A", 0, "credit")], 1, 2, pieces=1))
    theirs = the.proof("10002")
    theirs["account"]["id"] = "10001"

    for verifier in verifiers:
        (answer,) = verifier.ask([Question(written(theirs), knowledge_of(the, "10001"))])
        assert answer.reason in ("path.root", "identity.bucket"), verifier.name
