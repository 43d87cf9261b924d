"""Any amounts, in any type that can hold them, become exactly the same whole numbers."""

from decimal import Context, Decimal

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.proofs.input.balances import lines, parquet, read

LARGEST = 2**127 - 1
EXACT = Context(prec=200)
AMOUNTS = st.one_of(st.integers(0, LARGEST), st.integers(0, 2**64 + 5), st.integers(0, 300), st.just(LARGEST))
ACCOUNTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=16
)
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
INTEGERS = {
    pa.int8(): 2**7,
    pa.int16(): 2**15,
    pa.int32(): 2**31,
    pa.int64(): 2**63,
    pa.uint8(): 2**8,
    pa.uint16(): 2**16,
    pa.uint32(): 2**32,
    pa.uint64(): 2**64,
}
TEXTS = [
    pa.string(),
    pa.large_string(),
    pa.binary(),
    pa.large_binary(),
    pa.string_view(),
    pa.binary_view(),
    pa.dictionary(pa.int32(), pa.string()),
]


def tables(amounts):
    return st.dictionaries(ACCOUNTS, st.tuples(amounts, amounts), min_size=1, max_size=30)


STRING = pa.string()


def columns_of(table, kind, account=STRING):
    accounts = pa.array([name.encode() for name in table], type=pa.binary()).cast(pa.string())
    return {
        "account": accounts.dictionary_encode() if pa.types.is_dictionary(account) else accounts.cast(account),
        "BTC": pa.array([amounts[0] for amounts in table.values()], type=kind),
        "ETH": pa.array([amounts[1] for amounts in table.values()], type=kind),
    }


@MANY
@given(data=st.data(), kind=st.sampled_from(list(INTEGERS)))
def test_whole_numbers_of_every_type(tmp_path, data, kind):
    table = data.draw(tables(st.integers(0, INTEGERS[kind] - 1)))
    file = parquet(tmp_path / "a.parquet", columns_of(table, kind), row_group_size=data.draw(st.integers(1, 40)))
    assert read(file) == list(table.items())


@MANY
@given(table=tables(AMOUNTS), kind=st.sampled_from([pa.decimal128(38, 0), pa.decimal256(76, 0), pa.decimal256(40, 0)]))
def test_decimals_of_scale_0(tmp_path, table, kind):
    table = {name: tuple(min(n, 10**38 - 1) for n in amounts) for name, amounts in table.items()}
    file = parquet(tmp_path / "a.parquet", columns_of(table, kind))
    assert read(file, decimals={"BTC": 8}) == list(table.items())


@MANY
@given(data=st.data(), decimals=st.integers(1, 36), scale=st.integers(1, 37), wide=st.booleans())
def test_decimals_of_any_scale_that_fit_exactly(tmp_path, data, decimals, scale, wide):
    units = 10 ** max(0, decimals - scale)
    most = min(LARGEST // units, 10 ** (38 - max(0, scale - decimals)) - 1)
    table = {n: tuple(a * units for a in some) for n, some in data.draw(tables(st.integers(0, most))).items()}
    as_decimals = {name: tuple(Decimal(a).scaleb(-decimals, EXACT) for a in some) for name, some in table.items()}
    kind = pa.decimal256(76, scale) if wide else pa.decimal128(38, scale)
    file = parquet(tmp_path / "a.parquet", columns_of(as_decimals, kind))
    assert read(file, decimals={"BTC": decimals, "ETH": decimals}) == list(table.items())


def text_with_point(amount, decimals):
    return format(Decimal(amount).scaleb(-decimals, EXACT), "f") if amount else f"0.{'0' * decimals}"


@MANY
@given(table=tables(AMOUNTS), decimals=st.integers(1, 36), text=st.sampled_from(TEXTS), account=st.sampled_from(TEXTS))
def test_text_with_a_point_is_units_of_the_asset_and_without_it_smallest_units(
    tmp_path, table, decimals, text, account
):
    written = {n: (text_with_point(a, decimals), f"{b:05d}") for n, (a, b) in table.items()}
    columns = columns_of(written, pa.string(), account)
    for name in ("BTC", "ETH"):
        dense = columns[name]
        columns[name] = dense.dictionary_encode() if pa.types.is_dictionary(text) else dense.cast(text)
    file = parquet(tmp_path / "a.parquet", columns)
    assert read(file, decimals={"BTC": decimals, "ETH": 18}) == list(table.items())


@MANY
@given(numbers=st.lists(st.integers(-(2**63), 2**64 - 1), unique=True, min_size=1))
def test_numbers_of_accounts_become_their_text(tmp_path, numbers):
    signed = any(number < 0 for number in numbers)
    kept = [number for number in numbers if not signed or number < 2**63]
    kind = pa.int64() if signed else pa.uint64()
    file = parquet(tmp_path / "a.parquet", {"account": pa.array(kept, type=kind), "BTC": [1] * len(kept)})
    assert read(file) == [(str(number), (1,)) for number in kept]


@pytest.mark.parametrize("number", [0, 9, 10, 99, 10**19 - 1, 10**19, 2**64 - 1])
def test_numbers_of_accounts_at_the_edges(tmp_path, number):
    file = parquet(tmp_path / "a.parquet", {"account": pa.array([number], type=pa.uint64()), "BTC": [1]})
    assert read(file) == [(str(number), (1,))]


def test_decimal_numbers_of_accounts_become_their_text(tmp_path):
    accounts = pa.array([Decimal(7), Decimal(12345678901234567890)], type=pa.decimal128(38, 0))
    file = parquet(tmp_path / "a.parquet", {"account": accounts, "BTC": [1, 2]})
    assert read(file) == [("7", (1,)), ("12345678901234567890", (2,))]


def quoted(text, always):
    return '"' + text.replace('"', '""') + '"' if always or set(text) & set(',"') else text


@MANY
@given(data=st.data(), table=tables(AMOUNTS), decimals=st.integers(1, 36))
def test_wide_lines(tmp_path, data, table, decimals):
    always, end, mark = data.draw(st.tuples(st.booleans(), st.sampled_from(["\n", "\r\n"]), st.booleans()))
    rows = [("account", "BTC", "ETH")]
    rows += [(name, text_with_point(a, decimals), str(b)) for name, (a, b) in table.items()]
    rows = [row[::-1] for row in rows] if data.draw(st.booleans()) else rows
    text = end.join(",".join(quoted(field, always) for field in row) for row in rows)
    text += data.draw(st.sampled_from(["", end, end * 3]))
    file = tmp_path / "a.csv"
    file.write_bytes((b"\xef\xbb\xbf" if mark else b"") + text.encode())
    found = read(file, decimals={"BTC": decimals})
    turned = [(name, amounts[::-1]) for name, amounts in table.items()]
    assert found == (turned if rows[0][0] == "ETH" else list(table.items()))


@MANY
@given(data=st.data(), table=tables(AMOUNTS))
def test_long_lines(tmp_path, data, table):
    rows = [(name, "BTC", text_with_point(a, 8)) for name, (a, _) in table.items()]
    rows += [(name, "ETH (debt)", str(b)) for name, (_, b) in table.items() if b or data.draw(st.booleans())]
    rows += [("nothing", "BTC", "0"), ("nothing", "ETH (debt)", "0")] if "nothing" not in table else []
    rows = data.draw(st.permutations(rows))
    file = lines(
        tmp_path / "a.csv",
        *(",".join(quoted(field, always=True) for field in row) for row in [("account", "asset", "amount"), *rows]),
    )
    found = dict(read(file, decimals={"BTC": 8}))
    found.pop("nothing", None)
    assert found == {name: amounts for name, amounts in table.items() if name in found}
    assert found.keys() == table.keys() - {"nothing"}
