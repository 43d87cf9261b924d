"""The order of a Java `HashMap`: each line was printed by Java itself (17, `new HashMap<String, Integer>().keySet()`)."""

import pytest

from echt.proofs.verify.formats.java_maps import hash_map_json, hash_map_order

PUT_AND_PRINTED = [
    ("BTC ETH USDT USDC", "BTC ETH USDT USDC"),
    ("Aa BB C USDT ETH", "Aa BB C ETH USDT"),
    ("BB Aa C USDT ETH", "BB Aa C ETH USDT"),
    ("AGLA APT ATOM AVAX MNT BTC DOGE DOT DYDX A ETH S", "BTC A AVAX MNT S AGLA APT DOT ETH DOGE DYDX ATOM"),
    ("AGLA APT ATOM AVAX MNT BTC DOGE DOT DYDX A ETH S LTC", "A AGLA APT DOT DOGE DYDX ATOM BTC AVAX MNT S ETH LTC"),
    (
        "AGLA APT ATOM AVAX MNT BTC DOGE DOT DYDX A ETH S LTC POL SOL USDC USDT XRP SHIB OP SAND LDO LINK COMP UNI",
        "A AGLA APT SHIB DOGE DYDX USDT ATOM COMP UNI MNT S LDO XRP LINK OP SAND DOT POL BTC SOL AVAX ETH LTC USDC",
    ),
]


@pytest.mark.parametrize(("put", "printed"), PUT_AND_PRINTED)
def test_keys_come_in_the_order_of_java(put, printed):
    assert " ".join(hash_map_order(put.split())) == printed


def test_a_map_as_json_has_that_order_and_no_white_space():
    assert hash_map_json({"USDT": '"1"', "BTC": "2"}) == '{"BTC":2,"USDT":"1"}'
