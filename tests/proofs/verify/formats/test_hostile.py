"""What somebody may write into a file to make us stumble: no format raises, and none takes long."""

import json
import random
import time
from collections.abc import Iterator
from copy import deepcopy

import pytest

from echt.proofs.verify import Knowledge, Verdict, verify
from tests.proofs.verify.formats.makers import (
    asked,
    bitget,
    bitunix,
    bybit,
    changed,
    mexc,
    okx_path,
    okx_tree,
    owed,
    written,
)

BALANCES = owed("BTC=1 ETH=2 USDT=3", "BTC=4 ETH=5 USDT=6", "BTC=7 ETH=8 USDT=9")
ASSETS = ["BTC", "ETH", "USDT"]
FILES = {
    "mexc": mexc(BALANCES, 2),
    "okx-merkle-1": okx_path(BALANCES, 2),
    "okx-merkle-2": okx_tree([BALANCES]).customers[0],
    "bitget": bitget(BALANCES, 2, quoted=True),
    "bitget before 1.0.4": bitget(BALANCES, 2, quoted=False),
    "bitunix": bitunix(BALANCES, 2, dict.fromkeys(ASSETS, 8)),
    "bybit": bybit(BALANCES, 2, ASSETS),
}
LIST = okx_tree([BALANCES]).published
PLACED_ANYWHERE = [
    None,
    True,
    -1,
    0,
    5,
    10**40,
    0.5,
    "",
    "0" * 64,
    "-1",
    "1E-99",
    "\ud800",
    "{where}",
    "x" * 10_000,
    [],
    [[]],
    {},
    {"BTC": {"BTC": "1"}},
    {"": "1"},
]


def places(value: object, way: tuple = ()) -> Iterator[tuple]:
    if way:
        yield way
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(each, (*way, key))


@pytest.mark.parametrize("name", FILES)
def test_nothing_put_anywhere_raises_or_makes_a_yes(name):
    for way in places(FILES[name]):
        for value in [*PLACED_ANYWHERE, ...]:
            report = asked(changed(FILES[name], *way, to=value), statement=LIST)
            assert report.verdict is not Verdict.VERIFIED
            json.dumps(report.as_json())


@pytest.mark.parametrize("name", FILES)
def test_no_shuffle_of_parts_raises(name):
    chance = random.Random(7)
    for _ in range(100):
        file = deepcopy(FILES[name])
        ways = list(places(file))
        taken, put = chance.choice(ways), chance.choice(ways)
        value = file
        for step in taken:
            value = value[step]
        report = asked(changed(FILES[name], *put, to=deepcopy(value)), statement=LIST)
        assert report.verdict is not Verdict.VERIFIED


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_off_anywhere_cannot_be_read(name):
    text = written(FILES[name]).encode()
    for end in range(0, len(text) - 1, 7):
        assert verify(text[:end]).verdict is Verdict.CANNOT_READ


@pytest.mark.parametrize(
    "content",
    [
        b'{"pathList":' + b"[" * 100_000 + b"]" * 100_000 + b',"self":{"proofId":"1"}}',
        b'{"pathList":[],"self":{"proofId":' + b"9" * 1_000_000 + b"}}",
        b'{"pathList":[{"level":' + b"9" * 5_000 + b',"type":3}],"self":{"proofId":"1"}}',
        b'{"path":[' + b"{}," * 200_000 + b'{}],"self":{"merkelLeaf":""}}',
        b'{"path":[{}],"self":{"userHash":"","balance":{' + b",".join(b'"%d":1' % n for n in range(100_000)) + b"}}}",
        (b"0" * 64 + b',1,{"BTC":"1","ETH":"1","USDT":"1"}\n') * 20_000,
        (b"0" * 64 + b',1,{"BTC":"-1","ETH":"1","USDT":"1"}\n') * 20_000 + b"\n",
        b"0" * 64 + b',1,{"BTC":"' + b"1" * 3_000_000 + b'","ETH":"1","USDT":"1"}',
    ],
    ids=range(8),
)
def test_large_and_deep_files_do_not_take_long(content):
    begun = time.perf_counter()

    assert verify(content).verdict in {Verdict.CANNOT_READ, Verdict.NOT_VERIFIED}
    assert time.perf_counter() - begun < 3


@pytest.mark.parametrize("statement", [b"", b"{}", b"[]", b"\xff\xfe", b"null", b"x" * 1000, LIST])
@pytest.mark.parametrize("name", FILES)
def test_a_second_file_that_does_not_belong_there_does_not_raise(name, statement):
    odd = Knowledge(statement=statement, root="?", account="?", credential="?", nonce="?", operator_key="?")

    assert verify(written(FILES[name]).encode(), odd).verdict is not Verdict.VERIFIED
    assert verify(LIST, odd).verdict is not Verdict.VERIFIED
