"""CSV that cannot be used is refused with file, row, line and column."""

import gzip

import pyarrow as pa
import pytest

from echt.proofs.input import lines as csv_lines
from echt.proofs.input import open_source
from tests.proofs.input.balances import everything, lines, read, refusal


@pytest.fixture
def file(tmp_path):
    return tmp_path / "a.csv"


@pytest.mark.parametrize("form", [("account,BTC,ETH", "{},1,2"), ("account,asset,amount", "{},BTC,2")])
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("b", "fewer fields"),
        ("b,1", "fewer fields"),
        ("b,1,2,3", "more fields"),
        ("b,1,2,", "more fields"),
        ("", "The line is empty."),
        ("\r", "The line is empty."),
        ('"b,1,2', "not closed"),
        ('b,1,"2', "not closed"),
        ('"b\nc",1,2', "not closed"),
        ('b"c,1,2', "inside a field"),
        ('"b"c,1,2', "inside a field"),
        ('"b" ,1,2', "inside a field"),
    ],
)
def test_lines_that_are_no_rows(file, form, line, said):
    head, good = form
    lines(file, head, good.format("a"), line, good.format("c"))
    assert refusal(file).startswith(f"{file}, row 2 (line 3): ")
    assert said in refusal(file)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("account;BTC", "separated by semicolons"),
        ("account\tBTC", "separated by tabs"),
        ("Account,BTC", "Rename “Account” to “account”."),
        ("account", "no column of amounts"),
        ("account,BTC,BTC", "“BTC” is there twice"),
        (",account,BTC", "index=False"),
        ("account, BTC", "“ BTC” cannot be an asset"),
        ('account,"BTC', "not closed"),
        ("", "There is no column “account”."),
        ("account,BTC\ra,1", "end with CR alone"),
        ("account," + ",".join(f"A{number}" for number in range(1001)), "1001 columns"),
        ("account,BTC", "There are no rows."),
        ("account,asset,amount", "There are no rows."),
    ],
)
def test_heads_that_cannot_be_used(file, head, said):
    lines(file, head)
    assert refusal(file).startswith(f"{file}: ")
    assert said in refusal(file)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16(file, encoding):
    assert "is UTF-16" in refusal(lines(file, "account,BTC", "a,1", encoding=encoding))


def test_latin_1_is_refused_with_its_row(file):
    said = refusal(lines(file, "account,BTC", "Meier,1", "Müller,2", encoding="latin-1"))
    assert said.startswith(f"{file}, row 2 (line 3), column account: The account “M\\xfcller” is not UTF-8.")
    assert "not UTF-8" in refusal(lines(file, "account,Münze", "a,1", encoding="latin-1"))


def test_lines_in_quotation_marks_are_read(file):
    lines(file, '"account","BTC"', '"a ""b"", c","1"', 'd,"2"', end="\r\n")
    assert read(file) == [('a "b", c', (1,)), ("d", (2,))]


def test_the_last_line_needs_no_end_and_empty_lines_may_follow(file):
    for ending in (b"", b"\n", b"\r\n", b"\n\n\r\n\n"):
        file.write_bytes(b"account,BTC\na,1\nb,2" + ending)
        source = open_source(file)
        assert everything(source) == [("a", (1,)), ("b", (2,))]
        assert source.rows == 2


@pytest.mark.parametrize("block", [12, 16, 17, 64, 100])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("packed", [False, True])
def test_blocks_of_any_size_hold_the_same_rows(tmp_path, monkeypatch, block, end, packed):
    monkeypatch.setattr(csv_lines, "BLOCK", block)
    text = end.join(["account,X", *(f"a{n},{n * n}" for n in range(100))]) + end * 3
    file = tmp_path / ("a.csv.gz" if packed else "a.csv")
    file.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    source = open_source(file)
    assert everything(source) == [(f"a{n}", (n * n,)) for n in range(100)]
    assert [row for _, row, _ in source.locate([b"a0", b"a57", b"a99"])] == [1, 58, 100]
    assert source.rows == (None if packed else 100)


@pytest.mark.parametrize("block", [16, 40])
@pytest.mark.parametrize("packed", [False, True])
def test_the_row_is_that_of_the_file_in_every_block(tmp_path, monkeypatch, block, packed):
    monkeypatch.setattr(csv_lines, "BLOCK", block)
    text = "account,X\n" + "".join(f"a{n},{n}\n" for n in range(50)) + "b\n" + "c,1\n"
    file = tmp_path / ("a.csv.gz" if packed else "a.csv")
    file.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    assert refusal(file).startswith(f"{file}, row 51 (line 52): The line has fewer fields")


@pytest.mark.parametrize("block", [16, 40])
def test_an_empty_line_at_the_edge_of_a_block(file, monkeypatch, block):
    monkeypatch.setattr(csv_lines, "BLOCK", block)
    for rows in range(1, 30):
        lines(file, "account,X", *(f"a{n},{n}" for n in range(rows)), "", "b,1")
        assert refusal(file).startswith(f"{file}, row {rows + 1} (line {rows + 2}): The line is empty.")


@pytest.mark.parametrize("ending", ["csv.gz", "csv.zst"])
def test_packed_files(tmp_path, ending):
    file = tmp_path / f"a.{ending}"
    with pa.CompressedOutputStream(str(file), "gzip" if ending == "csv.gz" else "zstd") as packed:
        packed.write(b"account,BTC\na,1\nb,2\n")
    assert read(file) == [("a", (1,)), ("b", (2,))]
    file.write_bytes(file.read_bytes()[:-10])
    assert refusal(file).startswith(f"{file}: The file is damaged.")
    file.write_bytes(b"account,BTC\na,1\n")
    assert refusal(file).startswith(f"{file}: The file is damaged.")


def test_a_packed_file_without_rows(tmp_path):
    file = tmp_path / "a.csv.gz"
    file.write_bytes(gzip.compress(b"account,BTC\n"))
    assert "There are no rows." in refusal(file)


def test_files_with_other_columns(tmp_path):
    one = lines(tmp_path / "1.csv", "account,BTC,ETH", "a,1,2")
    two = lines(tmp_path / "2.csv", "BTC,account", "3,b")
    three = lines(tmp_path / "3.csv", "ETH,BTC,account", "5,4,c")
    long = lines(tmp_path / "4.csv", "account,asset,amount", "d,BTC,1")
    assert refusal([one, two]).startswith(f"{two}: The column “ETH” of {one} is missing here.")
    assert read([one, three]) == [("a", (1, 2)), ("c", (4, 5))]
    assert refusal([long, one]).startswith(f"{one}: {long} is in the long form and this file is not.")
    assert refusal([one, long]).startswith(f"{long}: The column “BTC”")
