"""The verifiers that customers download."""

from hashlib import sha256

from echt.proofs.verifier_files import write_verifiers
from echt.site import cli


def test_all_are_there_with_their_hashes_and_everybody_may_read_them(tmp_path, capsys):
    folder = tmp_path / "new" / "tools"

    assert cli.main(["proofs", "verifier", "--out", str(folder)]) == 0
    assert capsys.readouterr().out == "".join(
        f"{folder / name}\n" for name in ("echt-verify.py", "echt-verify.html", "SHA256SUMS")
    )

    assert sorted(one.name for one in folder.iterdir()) == ["SHA256SUMS", "echt-verify.html", "echt-verify.py"]
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert sha256((folder / name).read_bytes()).hexdigest() == digest
    assert {one.stat().st_mode & 0o777 for one in folder.iterdir()} == {0o644}
    assert folder.stat().st_mode & 0o777 == 0o755


def test_twice_is_the_same(tmp_path):
    contents = [[path.read_bytes() for path in write_verifiers(tmp_path)] for _ in range(2)]

    assert contents[0] == contents[1]


def test_a_folder_that_is_a_file(tmp_path, capsys):
    (tmp_path / "file").write_text("mine")

    assert cli.main(["proofs", "verifier", "--out", str(tmp_path / "file")]) == 2

    assert "cannot be written to" in capsys.readouterr().err
    assert (tmp_path / "file").read_text() == "mine"
