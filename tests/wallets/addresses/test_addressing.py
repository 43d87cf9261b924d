"""What is an address, and what one is told where it is none."""

import pytest

from echt.wallets import addressing
from echt.wallets.addressing import (
    MISTYPED,
    NO_ADDRESS,
    NOBODYS,
    NOT_HERE,
    NOT_SEPA,
    OTHER_CHAIN,
    PRIVATE_KEY,
    TEST_NETWORK,
    checked,
    looks_like,
)
from echt.wallets.refusals import AddressWrong
from tests.wallets.leaving import ETHER, GENESIS, IBAN, SEGWIT, TAPROOT

TRON = "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8"
KEY = "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"
TEST_SEGWIT = "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx"
TEST_BASE58 = "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn"


@pytest.mark.parametrize(
    ("rule", "typed", "kept"),
    [
        ("bitcoin", f" {GENESIS} ", GENESIS),
        ("bitcoin", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),
        ("bitcoin", SEGWIT.upper(), SEGWIT),
        ("bitcoin", TAPROOT, TAPROOT),
        ("ethereum", ETHER, ETHER),
        ("ethereum", ETHER.lower(), ETHER),
        ("tron", TRON, TRON),
        ("near", "lena.near", "lena.near"),
        ("near", "ab" * 32, "ab" * 32),
        ("sepa", "de89 3704 0044 0532 0130 00", IBAN),
        ("sepa", "GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819"),
        ("plain", "anything-27", "anything-27"),
    ],
)
def test_rule_3_an_address_has_one_form(rule, typed, kept):
    assert checked(rule, typed) == kept


@pytest.mark.parametrize(
    ("rule", "typed", "sentence"),
    [
        ("bitcoin", GENESIS[:-1] + "b", MISTYPED),
        ("bitcoin", SEGWIT[:-1] + "5", MISTYPED),
        ("bitcoin", SEGWIT[:-1], MISTYPED),
        ("bitcoin", TEST_SEGWIT, TEST_NETWORK),
        ("bitcoin", TEST_BASE58, TEST_NETWORK),
        ("bitcoin", "BC1SW50QGDZ25J", NO_ADDRESS),
        ("bitcoin", ETHER, OTHER_CHAIN["ethereum"]),
        ("bitcoin", TRON, OTHER_CHAIN["tron"]),
        ("bitcoin", "lena.near", OTHER_CHAIN["near"]),
        ("bitcoin", IBAN, OTHER_CHAIN["sepa"]),
        ("ethereum", ETHER.replace("Ae", "aE", 1), MISTYPED),
        ("ethereum", ETHER[:-1], NO_ADDRESS),
        ("ethereum", f"0x{'0' * 40}", NOBODYS),
        ("ethereum", SEGWIT, OTHER_CHAIN["bitcoin"]),
        ("tron", GENESIS, OTHER_CHAIN["bitcoin"]),
        ("near", "lena.testnet", TEST_NETWORK),
        ("near", "lena", NO_ADDRESS),
        ("sepa", "DE88370400440532013000", MISTYPED),
        ("sepa", "DE8937040044053201300", MISTYPED),
        ("sepa", "BR1800360305000010009795493C1", NOT_SEPA),
        ("plain", "two words", NO_ADDRESS),
        ("bitcoin", KEY, PRIVATE_KEY),
        ("no-such-rule", GENESIS, NOT_HERE),
    ],
)
def test_rule_2_what_it_is_instead_is_said(rule, typed, sentence):
    with pytest.raises(AddressWrong) as refused:
        checked(rule, typed)
    assert refused.value.words == sentence


@pytest.mark.parametrize("rule", addressing.RULES)
@pytest.mark.parametrize("typed", ["", " ", "\0", "\u202e" + GENESIS, "😀" * 9, "1" * 129, "0x", "bc1", "'; --", "<b>"])
def test_rule_1_nonsense_is_refused(rule, typed):
    if rule == "plain" and typed in {"0x", "bc1", "<b>"}:
        return
    with pytest.raises(AddressWrong):
        checked(rule, typed)


def test_rule_4_the_same_ends_are_noticed():
    other = "0x5aAe000000000000000000000000000000000eAed"[:38] + "BeAed"
    assert looks_like(ETHER, [GENESIS, other]) == other
    assert looks_like(ETHER, [ETHER]) is None
    assert looks_like(ETHER, [f"0x5bAe{ETHER[6:]}"]) is None
