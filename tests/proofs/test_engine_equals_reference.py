"""The engine's trees against the plain reference: the same root, and for every customer the same proof file.

The engine's secret choices (how balances are split, ids of padding) are documented as plain functions in
`engine/derive.py`; the reference is given those, and nothing else of the engine.
"""

import csv
import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from echt.proofs.engine import derive, prove
from echt.proofs.engine.build import Order, build
from echt.proofs.engine.local import LocalEngine
from echt.proofs.input import open_source
from echt.proofs.kernel.buckets import Sizes
from tests.proofs import reference

MASTER = bytes(range(32))
LARGEST = 2**127 - 1
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters=',"'), min_size=1, max_size=16)
SOME = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def inputs(draw):
    """Accounts, columns as `(asset, decimals, side)`, pieces, and the bits of the tree."""
    assets = draw(st.lists(st.text("ABCXYZ019", min_size=1, max_size=8), min_size=1, max_size=4, unique=True))
    columns = [(asset, draw(st.integers(0, 36)), draw(st.sampled_from(["credit", "debt"]))) for asset in assets]
    names = draw(st.lists(NAMES, min_size=1, max_size=20, unique=True))
    amount = st.one_of(
        st.just(0), st.integers(0, 2**40), st.integers(2**62, 2**66), st.integers(0, LARGEST // len(names))
    )
    accounts = {name: [draw(amount) for _ in columns] for name in names}
    return accounts, columns, draw(st.integers(1, 5)), draw(st.integers(0, 4)), draw(st.integers(7, 8))


def written(folder, accounts, columns):
    path = folder / "balances.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["account", *(asset for asset, _, _ in columns)])
        table.writerows([name, *amounts] for name, amounts in accounts.items())
    return path


def built(folder, accounts, columns, pieces, prefix_bits, bucket_bits):
    """The engine's folder, open for proofs, with a tree of just this shape."""
    source = open_source(
        written(folder, accounts, columns),
        decimals={asset: decimals for asset, decimals, _ in columns},
        debt=[asset for asset, _, side in columns if side == "debt"],
    )
    order = Order(snapshot="2026-06-30", taken_at="2026-06-30T23:59:59Z", operator="Demo Börse", pieces=pieces)
    with (
        patch("echt.proofs.engine.plan.sizes_for", return_value=Sizes(len(columns), prefix_bits, bucket_bits)),
        patch("echt.proofs.engine.plan.part_bits", return_value=min(prefix_bits, 2)),
        patch.object(os, "fsync"),
    ):
        build(source, folder / "tree", order, given_key=MASTER, engine=LocalEngine(1))
    return prove.opened(folder / "tree", MASTER)


def expected(accounts, config):
    digest = reference.config_hash(config)
    padding = derive.padding_key(MASTER, digest)

    def pad(bucket, number):
        return derive.padding_id(padding, config["prefix_bits"], bucket, number)

    def split(key, amounts, pieces):
        return derive.shares(key, digest, amounts, pieces)

    return reference.Tree(accounts, config, MASTER, pad, split)


MANY = {f"{number:05}": [number * 3**number % 2**80, 0, number % 3] for number in range(60)}


@SOME
@given(inputs())
@example((MANY, [("BTC", 8, "credit"), ("ETH", 18, "credit"), ("USDT", 6, "debt")], 2, 3, 6))
@example(({"0": [2**63]}, [("0", 0, "credit")], 1, 1, 7))  # a part without leaves beside one with large amounts
@example(({"a": [LARGEST]}, [("X", 36, "debt")], 16, 0, 5))
@example(({"ß" * 32: [1, 2**64 - 1], "b": [0, 2**64]}, [("X", 0, "debt"), ("Y", 0, "credit")], 3, 1, 4))
def test_the_engine_makes_the_same_tree_as_the_reference(made):
    accounts, columns, pieces, prefix_bits, bucket_bits = made
    with TemporaryDirectory() as folder:
        tree = built(Path(folder), accounts, columns, pieces, prefix_bits, bucket_bits)
        config = reference.configuration(
            columns, prefix_bits, bucket_bits, pieces, "2026-06-30", "2026-06-30T23:59:59Z"
        )
        wanted = expected(accounts, config)

        statement = reference.jcs(wanted.statement("Demo Börse"))
        assert (Path(folder) / "tree" / "statement.json").read_bytes() == statement + b"\n"
        assert (Path(folder) / "tree" / "config.json").read_bytes() == reference.jcs(config) + b"\n"
        for account in list(accounts)[:5]:
            assert tree.proof(account) == wanted.proof(account, reference.unsigned(statement))
        with pytest.raises(prove.NotIncluded):
            tree.proof("nobody has this name")


@pytest.mark.parametrize("accounts", [1, 700])
def test_a_tree_of_the_engines_own_size_is_the_same_too(tmp_path, accounts):
    balances = {f"A{number}": [number * 10**17] for number in range(accounts)}
    source = open_source(written(tmp_path, balances, [("ETH", 18, "credit")]), decimals={"ETH": 18})
    order = Order(snapshot="s", taken_at="2026-06-30T23:59:59Z", operator="Demo", pieces=2)
    build(source, tmp_path / "tree", order, given_key=MASTER)

    config = json.loads((tmp_path / "tree" / "config.json").read_bytes())
    assert (tmp_path / "tree" / "statement.json").read_bytes().strip() == reference.jcs(
        expected(balances, config).statement("Demo")
    )


@given(st.lists(st.integers(0, LARGEST), max_size=3), st.integers(1, 16))
@settings(deadline=None)
def test_shares_add_up_and_none_is_below_zero(amounts, pieces):
    shares = derive.shares(MASTER, bytes(32), amounts, pieces)

    assert len(shares) == pieces
    assert [sum(column) for column in zip(*shares, strict=True)] == amounts
    assert all(part >= 0 for share in shares for part in share)
