"""Ethereum's kin and Tron: published signatures, signatures made here, and spoiled ones."""

import pytest

from echt.proofs.reserves.signatures import Claim, Control, Why, check
from tests.proofs.reserves.signers import (
    MESSAGE,
    ethereum,
    evm_address,
    evm_signature,
    high_s,
    key,
    tron_address,
    tron_signature,
)

HABITS = ("EIP-191", "EIP-191 over the message's hash")
TRON_HABITS = (
    "Tron message, version 2",
    "Tron message, version 1, over the message's hash",
    "Tron message, version 1",
)


@pytest.mark.parametrize(
    ("address", "message", "signature"),
    [
        (
            "0x5ce9454909639D2D17A3F753ce7d93fa0b9aB12E",
            "I♥SF",
            "0xe6ca9bba58c88611fad66a6ce8f996908195593807c4b38bd528d2cff09d4eb33e5bfbbf4d3e39b1a2fd816a7680c19ebebaf3a141b239934ad43cb33fcec8ce1c",
        ),
        (
            "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23",
            "Some data",
            "0xb91467e570a6466aa9e9876cbcd013baba02900b8979d43fe208a4a4f339f5fd6007e74cd82e037b800186422fc2da167c747ef045e5d18a5f5d4300f8e1a0291c",
        ),
    ],
)
def test_published_signatures_of_eip_191(address, message, signature):
    assert check(ethereum(address, signature, message=message)).scheme == "EIP-191"


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize("offset", [0, 27])
def test_both_habits_and_both_ways_to_write_v(habit, offset):
    signature = evm_signature(key(1), scheme=habit)
    text = (signature[:64] + bytes([signature[64] + offset])).hex()

    assert check(ethereum(evm_address(key(1)), text)).scheme == habit
    assert check(ethereum(evm_address(key(1)), "0x" + text)).scheme == habit


@pytest.mark.parametrize("number", range(8))
def test_the_compact_form_of_eip_2098(number):
    signature = evm_signature(key(number))
    packed = int.from_bytes(signature[32:64]) | signature[64] << 255

    assert check(ethereum(evm_address(key(number)), (signature[:32] + packed.to_bytes(32)).hex())).scheme == "EIP-191"


def test_rule_5_a_high_s_is_refused():
    claim = ethereum(evm_address(key(1)), high_s(evm_signature(key(1))).hex())

    assert check(claim).why is Why.SIGNATURE_HIGH_S


@pytest.mark.parametrize("message", [MESSAGE + " ", MESSAGE.lower(), MESSAGE.replace("por-1", "por-2"), ""])
def test_rule_3_the_message_is_taken_as_it_stands(message):
    assert check(ethereum(evm_address(key(1)), evm_signature(key(1)).hex(), message=message)).control is Control.FAILED


def test_rule_2_another_address_fails():
    assert check(ethereum(evm_address(key(2)), evm_signature(key(1)).hex())).why is Why.SIGNATURE_OTHER


def test_rule_7_owners_of_a_contract_are_never_proven():
    one, two = (evm_signature(key(number)).hex() for number in (1, 2))
    owners = evm_address(key(1)), evm_address(key(2))
    contract = "0x" + "11" * 20

    assert check(ethereum(contract, one, two, owners=owners)).control is Control.OWNERS
    assert check(ethereum(contract, two, one, owners=owners)).control is Control.OWNERS
    assert check(ethereum(contract, one, owners=owners)).why is Why.OWNERS_FEW
    assert check(ethereum(contract, one, one, owners=owners)).why is Why.OWNERS_FEW
    assert check(ethereum(contract, one, two)).why is Why.SIGNATURE_MANY


@pytest.mark.parametrize(
    "address",
    [
        "0x5ce9454909639D2D17A3F753ce7d93fa0b9aB12e",
        "5ce9454909639d2d17a3f753ce7d93fa0b9ab12e",
        "0x5ce9454909639d2d17a3f753ce7d93fa0b9ab1",
        "0x" + "g" * 40,
        "TEjxQjU3CxkFrSDcPfHwZXSuPpCpdQ27NJ",
        "",
    ],
)
def test_rule_8_a_mistyped_address_does_not_read(address):
    assert check(ethereum(address, evm_signature(key(1)).hex())).why is Why.ADDRESS_FORM


@pytest.mark.parametrize(
    "text", ["", "0x", "00" * 65, "ff" * 65, "1b" * 66, "zz" * 65, "ü", "00" * 64, "0x0x" + "00" * 64]
)
def test_rule_1_garbage_is_a_finding(text):
    assert check(ethereum(evm_address(key(1)), text)).control is Control.FAILED


@pytest.mark.parametrize("habit", TRON_HABITS)
def test_tron_in_both_versions(habit):
    claim = tron(tron_address(key(1)), tron_signature(key(1), habit))

    assert check(claim).scheme == habit
    assert check(tron(tron_address(key(2)), claim.signatures[0])).why is Why.SIGNATURE_OTHER
    assert check(tron(tron_address(key(1)), claim.signatures[0], message="another")).why is Why.SIGNATURE_OTHER


def test_tron_as_exchanges_publish_it():
    claim = tron(
        "TEjxQjU3CxkFrSDcPfHwZXSuPpCpdQ27NJ",
        "0xcd1e3903dc047ea881f7da1647fa3372f37ee6a1cf0726477a20e267408af43f3f9c3a43f7f15e6bf674c9f0776866b6d6a770ce998b29cc03f11f2cb98df5821c",
        message="hello world",
    )

    assert check(claim).scheme == TRON_HABITS[1]


def test_rule_8_one_key_has_another_address_on_another_network():
    signature = tron_signature(key(1), TRON_HABITS[0])

    assert check(ethereum(evm_address(key(1)), signature)).why is Why.SIGNATURE_OTHER
    assert check(tron(evm_address(key(1)), signature)).why is Why.ADDRESS_FORM


def tron(address: str, signature: str, message: str = MESSAGE) -> Claim:
    return Claim(network="tron", address=address, message=message, signatures=(signature,))
