"""Parquet that cannot be used is refused with file, row and column."""

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow.parquet import encryption

from echt.proofs.input import open_source
from tests.proofs.input.balances import parquet, read, refusal

ACCOUNTS = ["anna", "ben", "carla"]


def balances(path, amounts, kind=None, **options):
    return parquet(path, {"account": ACCOUNTS, "BTC": pa.array(amounts, type=kind)}, **options)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "balances.parquet"


@pytest.mark.parametrize("kind", [pa.int8(), pa.int64(), pa.decimal128(38, 0), pa.decimal256(50, 0), pa.string()])
def test_negative(file, kind):
    balances(file, [0, 1, -5] if kind != pa.string() else ["0", "1", "-5"], kind)
    said = refusal(file)
    assert said.startswith(f"{file}, row 3, column BTC: The amount “-5” is negative.")
    assert "--debt" in said


@pytest.mark.parametrize("kind", [pa.int64(), pa.decimal128(38, 0), pa.string(), pa.decimal128(38, 2)])
def test_null(file, kind):
    values = ["1", None, "2"] if kind == pa.string() else [1, None, 2]
    said = refusal(balances(file, values, kind), decimals={"BTC": 2})
    assert said == f"{file}, row 2, column BTC: The amount is empty (null). Write 0 where there is nothing."


@pytest.mark.parametrize("kind", [pa.float16(), pa.float32(), pa.float64()])
def test_floating_point(file, kind):
    said = refusal(balances(file, [1.0, 2.0, 3.0], kind))
    assert said.startswith(f"{file}, column BTC: The type is {kind}, and floating point cannot hold amounts exactly.")


@pytest.mark.parametrize(
    "values",
    [
        [True, False, True],
        [[1], [2], [3]],
        [{"a": 1}] * 3,
        [dt.date(2026, 1, 1)] * 3,
        [dt.datetime(2026, 1, 1, tzinfo=dt.UTC)] * 3,
        pa.array([1, 2, 3], type=pa.duration("s")),
    ],
)
def test_types_that_are_no_amounts(file, values):
    said = refusal(parquet(file, {"account": ACCOUNTS, "BTC": values}))
    assert said.startswith(f"{file}, column BTC: The type is ")
    assert "which holds no amounts" in said


def test_a_column_without_any_value(file):
    said = refusal(parquet(file, {"account": ACCOUNTS, "BTC": pa.nulls(3)}))
    assert said.startswith(f"{file}, column BTC: The column is empty in every row.")


@pytest.mark.parametrize(
    "accounts", [[1.0, 2.0, 3.0], [True, False, True], [["a"], ["b"], ["c"]], [dt.date(2026, 1, 1)] * 3]
)
def test_types_that_are_no_accounts(file, accounts):
    said = refusal(parquet(file, {"account": accounts, "BTC": [1, 2, 3]}))
    assert said.startswith(f"{file}, column account: The type is ")


@pytest.mark.parametrize("kind", [pa.string(), pa.int64(), pa.decimal128(10, 0)])
def test_an_account_that_is_null(file, kind):
    accounts = pa.array(["1", None, "3"]).cast(kind)
    said = refusal(parquet(file, {"account": accounts, "BTC": [1, 2, 3]}))
    assert said.startswith(f"{file}, row 2, column account: The account is empty (null).")


def test_a_decimal_type_with_a_scale_needs_decimals(file):
    said = refusal(balances(file, [Decimal("1.50")] * 3, pa.decimal128(38, 2)))
    assert said.startswith(f"{file}, column BTC: The type is decimal128(38, 2), with 2 decimals")
    assert "--decimals BTC=2" in said


def test_a_decimal_with_more_places_than_the_asset(file):
    balances(file, [Decimal("1.500"), Decimal("0.001"), Decimal(0)], pa.decimal128(38, 3))
    said = refusal(file, decimals={"BTC": 2})
    assert said.startswith(f"{file}, row 2, column BTC: The amount “0.001” has more than the 2 decimals of BTC.")


@pytest.mark.parametrize(("scale", "decimals"), [(0, 0), (0, 8), (8, 8), (2, 8)])
def test_too_large(file, scale, decimals):
    units = decimals if scale else 0
    most = 2**127 // 10**units
    balances(file, [Decimal(1), Decimal(most), Decimal(most + 1)], pa.decimal256(76, scale))
    said = refusal(file, decimals={"BTC": decimals})
    row = 2 if units == 0 else 3
    assert said.startswith(f"{file}, row {row}, column BTC: The amount “")
    assert "is too large" in said


def test_the_row_is_that_of_the_file_in_every_row_group(tmp_path):
    file = parquet(tmp_path / "a.parquet", {"account": range(10), "BTC": [1] * 9 + [-1]}, row_group_size=3)
    assert "row 10, column BTC" in refusal(file)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"BTC": [1]}, "There is no column “account”."),
        ({"Account": ["a"], "BTC": [1]}, "Rename “Account” to “account”."),
        ({"user_id": ["a"], "BTC": [1]}, "Rename “user_id” to “account”."),
        ({"account": ["a"]}, "There is no column of amounts"),
        ({"account": ["a"], "B T C": [1]}, "The name “B T C” cannot be an asset"),
        ({"account": ["a"], "BTC": [1], "__index_level_0__": [1]}, "index=False"),
        ({"account": ["a"], "asset": ["BTC"], "amount": [1]}, "The long form"),
        ({"account": ["a"]} | {f"A{n}": [1] for n in range(1001)}, "There are 1001 columns of amounts"),
        ({"account": pa.array([], pa.string()), "BTC": pa.array([], pa.int64())}, "There are no rows."),
    ],
)
def test_columns_that_cannot_be_used(file, columns, said):
    assert refusal(parquet(file, columns)).startswith(f"{file}: ")
    assert said in refusal(file)


def test_a_name_twice(file):
    pq.write_table(pa.table([["a"], [1], [2]], names=["account", "BTC", "BTC"]), file)
    assert refusal(file).startswith(f"{file}: The column “BTC” is there twice.")


def test_1000_columns_are_read(file):
    parquet(file, {"account": ["a", "b"]} | {f"A{n}": [n, 2**63 - 1] for n in range(1000)})
    assert read(file)[0] == ("a", tuple(range(1000)))


def test_columns_with_a_point_in_their_name_are_themselves(file):
    parquet(file, {"account": ["a"], "USDC.e": [1], "USDC": [2]})
    assert read(file) == [("a", (1, 2))]


@pytest.mark.parametrize("keep", [3, 8, 100, -1, -20])
def test_a_file_that_was_cut_off(file, keep):
    balances(file, [1, 2, 3])
    file.write_bytes(file.read_bytes()[:keep])
    assert refusal(file).startswith(f"{file}: ")
    assert "again" in refusal(file)


def test_a_file_that_is_no_parquet(file):
    file.write_bytes(b"account,BTC\na,1\n")
    assert refusal(file).startswith(f"{file}: This is not a Parquet file")


def test_a_footer_that_is_damaged(file):
    balances(file, [1, 2, 3])
    content = bytearray(file.read_bytes())
    content[-60:-20] = bytes(40)
    file.write_bytes(content)
    assert refusal(file).startswith(f"{file}: ")


@pytest.mark.parametrize("checksum", [True, False])
def test_rule_4_a_page_that_is_damaged(file, checksum):
    content = bytearray(
        balances(file, [123, 456, 789], write_page_checksum=checksum, compression="snappy").read_bytes()
    )
    begin = pq.ParquetFile(file).metadata.row_group(0).column(1)
    at = (begin.dictionary_page_offset or begin.data_page_offset) + begin.total_compressed_size - 2
    content[at] ^= 0xFF
    file.write_bytes(content)
    if checksum:
        assert refusal(file).startswith(f"{file}: The file is damaged.")


class Keys(encryption.KmsClient):
    def __init__(self, _config=None):
        super().__init__()

    def wrap_key(self, key_bytes, _master):
        return key_bytes

    def unwrap_key(self, wrapped_key, _master):
        return wrapped_key


@pytest.mark.parametrize("plain_footer", [False, True])
def test_an_encrypted_file(file, plain_footer):
    wishes = encryption.EncryptionConfiguration(
        footer_key="f", column_keys={"k": ["account", "BTC"]}, plaintext_footer=plain_footer, double_wrapping=False
    )
    factory = encryption.CryptoFactory(Keys)
    properties = factory.file_encryption_properties(encryption.KmsConnectionConfig(), wishes)
    balances(file, [1, 2, 3], encryption_properties=properties)
    assert refusal(file).startswith(f"{file}: The file is ")


def test_parts_with_other_columns(tmp_path):
    one = parquet(tmp_path / "1.parquet", {"account": ["a"], "BTC": [1], "ETH": [1]})
    two = parquet(tmp_path / "2.parquet", {"account": ["b"], "BTC": [1]})
    three = parquet(tmp_path / "3.parquet", {"account": ["c"], "ETH": [1], "BTC": [2], "XRP": [3]})
    assert refusal([one, two]).startswith(f"{two}: The column “ETH” of {one} is missing here.")
    assert refusal([one, three]).startswith(f"{one}: The column “XRP” of {three} is missing here.")


def test_parts_may_differ_in_the_order_of_columns_and_in_types(tmp_path):
    parquet(tmp_path / "1.parquet", {"account": ["a"], "BTC": [1], "ETH": [2]})
    parquet(
        tmp_path / "2.parquet", {"ETH": pa.array(["4"]), "account": pa.array([7]), "BTC": pa.array([3], pa.uint8())}
    )
    assert read(tmp_path) == [("a", (1, 2)), ("7", (3, 4))]


def test_names_that_are_not_there(file):
    balances(file, [1, 2, 3])
    assert refusal(file, decimals={"BTG": 8}) == (
        f"{file}: --decimals names “BTG”, but the columns are BTC. Correct the name."
    )
    assert refusal(file, debt=["margin"]).startswith(f"{file}: --debt names “margin”")
    assert refusal(file, decimals={"BTC": 37}).startswith("--decimals BTC=37")


def test_the_debt_has_columns_of_its_own(file):
    parquet(file, {"account": ["a"], "BTC": [1], "BTC (debt)": [2], "USDT": [3]})
    columns = open_source(file, decimals={"BTC": 8}, debt=["USDT"]).columns
    assert [(column.name, column.decimals) for column in columns] == [("BTC", 8), ("BTC (debt)", 8), ("USDT (debt)", 0)]
    assert refusal(file, debt=["BTC"]).startswith(f"{file}: BTC (debt) is there twice.")
