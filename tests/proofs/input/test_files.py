"""Which files are read, and that none is left out unnoticed."""

import gzip
import os

import pytest

from echt.proofs.input import open_source
from echt.proofs.refusals import Refused
from tests.proofs.input.balances import lines, parquet, read, refusal


def part(path, account="a"):
    return parquet(path, {"account": [account], "BTC": [1]})


def test_a_folder_is_one_input_in_the_order_of_names(tmp_path):
    for name in ("c", "a", "b"):
        part(tmp_path / f"part-{name}.parquet", name)
    (tmp_path / "_SUCCESS").touch()
    (tmp_path / ".part-a.parquet.crc").write_bytes(b"x")
    source = open_source(tmp_path)
    assert [portion.name for portion in source.portions] == ["0000", "0001", "0002"]
    assert [name for name, _ in read(tmp_path)] == ["a", "b", "c"]
    assert source.rows == 3


def test_a_file_that_is_not_there(tmp_path):
    file = tmp_path / "nowhere.csv"
    assert refusal(file) == f"{file}: There is no such file. Check the name and the folder."


@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.csv.gz"])
def test_an_empty_file(tmp_path, name):
    (tmp_path / name).touch()
    assert refusal(tmp_path / name) == f"{tmp_path / name}: The file is empty."


@pytest.mark.parametrize("name", ["a", "a.txt", "a.xlsx", "a.parquet.gz", ".csv"])
def test_a_name_that_says_nothing(tmp_path, name):
    (tmp_path / name).write_bytes(b"account,BTC\na,1\n")
    assert "The name does not say what the file is." in refusal(tmp_path / name)


def test_a_folder_without_parts(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "_SUCCESS").touch()
    assert refusal(folder) == f"{folder}: The folder holds no file with balances."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("notes.txt", "The name does not say"),
        ("b.csv", "holds Parquet and CSV"),
        ("more/b.parquet", "Folders inside a folder"),
        ("_temporary/b.parquet", "has not finished"),
    ],
)
def test_a_folder_with_something_else_in_it(tmp_path, name, said):
    part(tmp_path / "a.parquet")
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"account,BTC\nb,1\n")
    assert said in refusal(tmp_path)


def test_a_file_given_twice(tmp_path):
    file = part(tmp_path / "a.parquet")
    (tmp_path / "link.parquet").symlink_to(file)
    assert "was given twice" in refusal([file, file])
    assert "was given twice" in refusal([file, tmp_path / "link.parquet"])
    assert "was given twice" in refusal([tmp_path, file])


def test_no_file():
    with pytest.raises(Refused, match="No file with balances was given"):
        open_source([])


def test_what_cannot_be_read_twice(tmp_path):
    os.mkfifo(tmp_path / "a.csv")
    assert "not a file that can be read twice" in refusal(tmp_path / "a.csv")


def test_the_fingerprint_names_this_input(tmp_path):
    file = lines(tmp_path / "a.csv", "account,BTC", "a,1")
    first = open_source(file).fingerprint
    assert first == open_source(file).fingerprint
    assert len(first) == 64
    facts = file.stat()
    lines(file, "account,BTC", "a,2")
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert open_source(file).fingerprint != first
    lines(file, "account,BTC", "a,1")
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert open_source(file).fingerprint == first
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1))
    assert open_source(file).fingerprint != first


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.parquet"])
@pytest.mark.parametrize("during", [False, True])
def test_a_file_that_changes_while_it_is_read(tmp_path, name, during):
    file = written(tmp_path / name)
    source = open_source(file)
    batches = source.portions[0].batches()
    if during and name != "a.csv":
        next(batches)
    os.utime(file, ns=(1, 1))
    with pytest.raises(Refused, match="The file changed while it was read"):
        list(batches)
    file.unlink()
    with pytest.raises(Refused, match="There is no such file"):
        list(source.portions[0].batches())


def written(file):
    if file.suffix == ".parquet":
        return part(file)
    text = b"account,BTC\na,1\n"
    file.write_bytes(gzip.compress(text) if file.suffix == ".gz" else text)
    return file
