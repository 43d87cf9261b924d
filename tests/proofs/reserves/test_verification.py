"""A list examined: what is proven, what is not, and how old the signatures may be."""

import pytest

from echt.proofs.reserves.addresses import read_list
from echt.proofs.reserves.signatures import Control
from echt.proofs.reserves.verification import Expectation, Verdict, contains, examine, recommended_message
from tests.proofs.reserves.lists import ROWS, changed, csv_of
from tests.proofs.reserves.signers import MESSAGE, evm_address, evm_signature, key

EXPECTED = Expectation(snapshot="por-1", date="2026-09-30")


def examined(*rows: tuple[str, ...], expectation: Expectation = EXPECTED):
    return examine(read_list(csv_of(*rows), "list.csv"), expectation)


def test_the_recommended_message_names_who_which_and_when():
    message = recommended_message(operator="Example Exchange", snapshot="por-1", taken_at="2026-09-30T00:00:00Z")

    assert message == MESSAGE
    assert EXPECTED.fault(message) is None


def test_rule_3_all_proven_is_a_plain_yes():
    examination = examined(*ROWS)

    assert examination.verdict is Verdict.PROVEN
    assert examination.counts()[Control.PROVEN] == 3
    assert all(one.is_proven for one in examination.addresses)


@pytest.mark.parametrize(
    ("cells", "verdict", "control"),
    [
        ({"signature": ""}, Verdict.FAILED, Control.MISSING),
        ({"signature": evm_signature(key(2)).hex()}, Verdict.FAILED, Control.FAILED),
        ({"network": "mina"}, Verdict.OPEN, Control.UNCHECKED),
        ({"address": "0x" + "11" * 20, "public_key": f"owner:{evm_address(key(1))}"}, Verdict.OPEN, Control.OWNERS),
    ],
)
def test_rule_2_what_no_signature_carries_is_not_summed_as_proven(cells, verdict, control):
    examination = examined(ROWS[0], changed(ROWS[1], **cells))

    assert examination.verdict is verdict
    assert examination.sums()["ETH"] == dict.fromkeys(Control, 0) | {control: 2 * 10**18}
    assert examination.sums()["BTC"][Control.PROVEN] == 150000000


@pytest.mark.parametrize(
    "expectation",
    [
        Expectation(message="another"),
        Expectation(message=MESSAGE + " "),
        Expectation(snapshot="por-2"),
        Expectation(snapshot="por"),
        Expectation(snapshot="or-1"),
        Expectation(date="2026-09-29"),
    ],
)
def test_rule_1_a_signature_over_another_message_is_not_counted(expectation):
    examination = examined(*ROWS, expectation=expectation)

    assert examination.verdict is Verdict.FAILED
    assert examination.sums()["BTC"] == dict.fromkeys(Control, 0) | {Control.FAILED: 150000000}


def test_rule_1_without_an_expectation_nothing_is_said_of_age():
    examination = examined(*ROWS, expectation=Expectation())

    assert (examination.verdict, examination.expected) == (Verdict.PROVEN, False)


@pytest.mark.parametrize("message", ["por-1", "(por-1)", "Snapshot por-1.", "por-1: 2026", "a por-1, b"])
def test_a_snapshot_stands_in_a_message(message):
    assert contains(message, "por-1")


@pytest.mark.parametrize("message", ["", "por-12", "por-1.5", "por-1-final", "xpor-1", "old.por-1", "POR-1", "por 1"])
def test_a_longer_name_is_another_name(message):
    assert not contains(message, "por-1")
