"""Balances from nodes, answered from memory: what is asked, and how answers are read."""

from decimal import Decimal

import pytest

from echt.proofs.reserves.addresses import read_list
from echt.proofs.reserves.balances import Agreement, ListedBalances, Unavailable, Unreachable, compare
from echt.proofs.reserves.nodes import quantity, source_of
from echt.proofs.reserves.signatures import network
from tests.proofs.reserves.lists import BITCOIN, ETHEREUM, ROWS, SOLANA, changed, csv_of
from tests.proofs.reserves.signers import key, tron_address

DECIMALS = {"BTC": 8, "ETH": 18, "SOL": 9, "TRX": 6, "USDT": 6}
CONTRACT = "0x" + "aa" * 20


class Node:
    """Answers by method, and remembers what it was asked."""

    def __init__(self, **answers):
        self.answers = answers
        self.asked = []

    def call(self, method, params):
        self.asked.append((method, params))
        answer = self.answers[method]
        answer = answer(params) if callable(answer) else answer
        if isinstance(answer, Exception):
            raise answer
        return answer


def compared(row, node, *, tokens=None, height=None):
    addresses = read_list(csv_of(row), "list.csv")
    place = network(addresses.entries[0].network)
    source = source_of(node, place, tokens or {}, height)
    return next(compare(addresses, {place.name: source}, DECIMALS))


def ether(amount: int) -> Node:
    return Node(eth_chainId="0x1", eth_getBalance=hex(amount))


@pytest.mark.parametrize(
    ("amount", "agreement"),
    [
        (2 * 10**18, Agreement.EQUAL),
        (3 * 10**18, Agreement.LESS),
        (2 * 10**18 - 1, Agreement.MORE),
        (0, Agreement.MORE),
    ],
)
def test_ethereum_is_asked_at_the_lists_height(amount, agreement):
    node = ether(amount)

    assert compared(ROWS[1], node).agreement is agreement
    assert node.asked[-1] == ("eth_getBalance", [ETHEREUM, hex(20914735)])


def test_another_height_can_be_asked_for():
    node = ether(5)

    assert compared(ROWS[1], node, height=7).height == 7
    assert node.asked[-1][1][1] == "0x7"


def test_a_node_of_another_chain_is_refused():
    found = compared(ROWS[1], Node(eth_chainId="0xa"))

    assert found.agreement is Agreement.UNKNOWN
    assert "on chain 10" in found.why


def test_rule_2_a_token_with_other_decimals_is_turned_into_the_lists_units():
    row = changed(ROWS[1], asset="USDT", network="bnb-chain", amount="2500000")
    calls = {"0x70a08231" + ETHEREUM[2:].rjust(64, "0"): hex(25 * 10**17 + 999), "0x313ce567": hex(18)}
    node = Node(eth_chainId="0x38", eth_call=lambda params: calls[params[0]["data"]])

    found = compared(row, node, tokens={"USDT": CONTRACT})

    assert (found.agreement, found.found) == (Agreement.EQUAL, 2500000)
    assert "--token USDT@bnb-chain=ADDRESS" in compared(row, node).why
    assert "no contract" in compared(row, Node(eth_chainId="0x38", eth_call="0x"), tokens={"USDT": CONTRACT}).why


def unspent(amount: str) -> dict:
    return {"desc": f"addr({BITCOIN})#8fhd9pwu", "amount": Decimal(amount)}


@pytest.mark.parametrize(
    ("height", "amounts", "agreement"),
    [
        (860000, ["1.0", "0.50000000"], Agreement.EQUAL),
        (860000, ["1.4"], Agreement.MORE),
        (860000, [], Agreement.MORE),
        (860001, ["1.5"], Agreement.OTHER_HEIGHT),
    ],
)
def test_rule_1_bitcoin_core_knows_the_present_alone(height, amounts, agreement):
    node = Node(scantxoutset={"height": height, "unspents": [unspent(amount) for amount in amounts]})

    assert compared(ROWS[0], node).agreement is agreement
    assert node.asked == [("scantxoutset", ["start", [f"addr({BITCOIN})"]])]


@pytest.mark.parametrize("answer", [None, [], {"height": 1}, {"height": 1, "unspents": [{"amount": 1}]}, "no"])
def test_answers_that_cannot_be_understood_are_said_to_be(answer):
    assert "cannot be understood" in compared(ROWS[0], Node(scantxoutset=answer)).why


def test_tron_is_asked_for_the_present_and_says_so():
    row = changed(ROWS[1], asset="TRX", network="tron", address=tron_address(key(1)), amount="5", height="100")
    node = Node(eth_blockNumber="0x64", eth_getBalance="0x5")
    heights = iter(["0x64", "0x65"])

    assert compared(row, node).agreement is Agreement.EQUAL
    assert node.asked[1] == ("eth_getBalance", [ETHEREUM, "latest"])
    moved = Node(eth_blockNumber=lambda _: next(heights), eth_getBalance="0x5")
    assert compared(row, moved).agreement is Agreement.OTHER_HEIGHT


def test_solana_and_its_tokens():
    node = Node(getBalance={"context": {"slot": 290000000}, "value": 7 * 10**9})
    amount = {"amount": "30", "decimals": 6}
    account = {"account": {"data": {"parsed": {"info": {"tokenAmount": amount}}}}}
    tokens = Node(getTokenAccountsByOwner={"context": {"slot": 290000000}, "value": [account, account]})

    assert compared(ROWS[2], node).agreement is Agreement.EQUAL
    assert node.asked == [("getBalance", [SOLANA, {"commitment": "finalized"}])]
    found = compared(changed(ROWS[2], asset="USDT", amount="60"), tokens, tokens={"USDT": "mint"})
    assert found.agreement is Agreement.EQUAL


def test_a_node_that_does_not_answer_is_not_asked_again():
    node = Node(eth_chainId=Unreachable("Nobody there."))
    addresses = read_list(csv_of(ROWS[1], changed(ROWS[1], address="0x" + "11" * 20)), "list.csv")

    found = list(compare(addresses, {"ethereum": source_of(node, network("ethereum"), {})}, DECIMALS))

    assert [one.why for one in found] == ["Nobody there."] * 2
    assert len(node.asked) == 1


def test_what_nobody_can_tell_is_unknown():
    addresses = read_list(csv_of(*ROWS), "list.csv")

    assert {one.agreement for one in compare(addresses, {}, DECIMALS)} == {Agreement.UNKNOWN}
    assert source_of(Node(), network("sui"), {}) is None


def test_balances_from_a_file():
    theirs = read_list(csv_of(ROWS[0], changed(ROWS[1], amount="1", address=ETHEREUM.upper().replace("0X", "0x"))), "b")
    source = ListedBalances(theirs, DECIMALS)
    ours = read_list(csv_of(*ROWS), "list.csv")

    found = compare(ours, dict.fromkeys(["bitcoin", "ethereum", "solana"], source), DECIMALS)

    assert [one.agreement for one in found] == [Agreement.EQUAL, Agreement.MORE, Agreement.UNKNOWN]


@pytest.mark.parametrize("value", [None, 5, "", "0x", "5", "0xzz", "0x" + "f" * 65, "0x 1", "-0x1"])
def test_a_quantity_that_is_none(value):
    with pytest.raises(Unavailable):
        quantity(value)
