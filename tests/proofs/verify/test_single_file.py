"""The numbered rules of `single_file`, and that the file answers as the package does."""

import ast
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from echt.proofs import single_file
from echt.proofs.single_file import Module, NotJoinable
from echt.proofs.verify import Knowledge, verify
from tests.proofs.test_vectors import CASES, FOLDER, question

SAMPLES = Path(__file__).parents[1] / "samples"
SECOND_FILES = {one["needs"] for one in json.loads((SAMPLES / "expected.json").read_text()).values() if "needs" in one}
NEWER_THAN_PYTHON_3_9 = {
    "StrEnum",
    "Self",
    "UTC",
    "TypeAlias",
    "assert_never",
    "ExceptionGroup",
    "pairwise",
    "batched",
    "slots",
    "kw_only",
}


@pytest.fixture(scope="module")
def text():
    return single_file.build()


@pytest.fixture(scope="module")
def path(text, tmp_path_factory):
    path = tmp_path_factory.mktemp("tools") / "echt-verify.py"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture(scope="module")
def joined(path):
    """The file as a module, without running it as a program."""
    spec = importlib.util.spec_from_file_location("echt_verify_joined", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_rule_1_every_module_stands_there_with_its_own_text(text):
    for module in single_file.in_order():
        assert f"# {module.name}\n" in text
        for one in module.definitions:
            assert ast.get_source_segment(module.source, one) in text


def test_rule_1_nothing_is_packed_or_coded(text):
    assert max(map(len, text.splitlines())) <= 122
    for word in (
        "exec(",
        "eval(",
        "compile(",
        "zlib",
        "marshal",
        "pickle",
        "__import__",
        "importlib",
        "urllib",
        "socket",
        "subprocess",
    ):
        assert word not in text.replace("re.compile(", "")


def test_rule_1_no_module_of_the_package_is_left_out():
    modules = {module.name for module in single_file.in_order()}
    files = {
        one
        for one in single_file.FOLDER.rglob("*.py")
        if one.name != "__main__.py" and one != single_file.FOLDER / "__init__.py"
    }

    assert modules == {_name(one) for one in files}


def _name(path):
    parts = path.relative_to(single_file.FOLDER).with_suffix("").parts
    return ".".join([single_file.PACKAGE, *(part for part in parts if part != "__init__")])


def test_rule_2_it_imports_the_standard_library_once_and_nothing_else(text):
    imports = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Import | ast.ImportFrom)]
    names = [one.module if isinstance(one, ast.ImportFrom) else one.names[0].name for one in imports]

    assert len(set(map(ast.unparse, imports))) == len(imports)
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
    assert text.index("\nfrom typing") < text.index("\nclass ")


def test_rule_3_no_top_level_name_is_there_twice_or_hides_a_builtin(text):
    names = []
    for one in ast.parse(text).body:
        if isinstance(one, ast.ClassDef | ast.FunctionDef):
            names.append(one.name)
        elif isinstance(one, ast.Assign | ast.AnnAssign):
            names += [
                part.id for part in ast.walk(one) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            ]
        elif isinstance(one, ast.Import | ast.ImportFrom):
            names += [alias.asname or alias.name for alias in one.names]

    assert sorted(set(names)) == sorted(names)
    assert not set(names) & set(dir(__builtins__))


class Written(Module):
    """A module that a test has written."""

    def __init__(self, name, source):
        super().__init__(f"{single_file.PACKAGE}.{name}")
        self.__dict__["source"] = f'"""About."""\n{source}\n'


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a = 1", "def a(): pass"),
        ("_a = 1", "class _a: pass"),
        ("a, b = 1, 2", "b: int = 3"),
        ("import json", "json = 1"),
        ("from x import a", "from y import a"),
        ("from x import a as b", "b = 1"),
        ("sum = 1", ""),
        ("print(1)", ""),
        ("if 1:\n    a = 1", ""),
    ],
)
def test_rule_3_clashes_and_running_code_are_refused(one, other):
    with pytest.raises(NotJoinable):
        single_file._refuse_clashes([Written("one", one), Written("other", other)])


@pytest.mark.parametrize(
    "line",
    [
        "import echt.site",
        "from echt.proofs import verify",
        "from . import log",
        "from echt.proofs.verify.log import a as b",
        "from echt.site.cli import main",
    ],
)
def test_imports_that_cannot_be_joined_are_refused(line):
    with pytest.raises(NotJoinable):
        Written("one", line).needed  # noqa: B018


def test_an_import_below_a_definition_is_refused():
    with pytest.raises(NotJoinable):
        Written("one", "a = 1\nimport json").section  # noqa: B018


def test_a_circle_is_refused(monkeypatch):
    monkeypatch.setattr(Module, "needed", ["echt.proofs.verify.log"])

    with pytest.raises(NotJoinable, match="imports itself"):
        single_file._follow("echt.proofs.verify.log", (), {})


def test_rule_4_the_same_bytes(text):
    assert single_file.build() == text


class WithoutAnnotations(ast.NodeTransformer):
    """What is left is computed when it runs."""

    def visit_arg(self, node):
        node.annotation = None
        return node

    def visit_FunctionDef(self, node):
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node):
        return ast.Expr(node.value) if node.value else None


TYPES = {"str", "int", "bytes", "dict", "list", "tuple", "bool", "Decimal", "Path", "None"}


def test_python_3_9_can_read_it(text):
    nodes = list(ast.walk(WithoutAnnotations().visit(ast.parse(text, feature_version=(3, 9)))))
    names = {one.id for one in nodes if isinstance(one, ast.Name)} | {
        one.arg for one in nodes if isinstance(one, ast.keyword)
    }
    strict_zips = [
        one for one in nodes if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "zip" and one.keywords
    ]
    unions = [one for one in nodes if isinstance(one, ast.BinOp) and isinstance(one.op, ast.BitOr)]

    assert not names & NEWER_THAN_PYTHON_3_9
    assert not strict_zips
    assert not [ast.unparse(one) for one in unions if {ast.unparse(one.left), ast.unparse(one.right)} & TYPES]


@pytest.mark.parametrize("case", [case for case in CASES if "pad_to" not in case], ids=lambda case: case["name"])
def test_it_answers_every_vector_as_the_package_does(joined, case):
    asked = question(case)

    assert _answer(joined, asked) == verify(asked.content, Knowledge(**asked.knowledge)).as_json()


def _answer(joined, asked):
    return joined.verify(asked.content, joined.Knowledge(**asked.knowledge)).as_json()


@pytest.mark.parametrize("sample", sorted(one.name for one in SAMPLES.iterdir()))
@pytest.mark.parametrize("second", [None, *sorted(SECOND_FILES)])
def test_it_answers_every_sample_as_the_package_does(joined, sample, second):
    known = {
        "statement": (SAMPLES / second).read_bytes() if second else None,
        "credential": "20000f995b5305144c082ad3443bf4db",
        "account": "2",
        "nonce": "ae19dd74295fa076b2677ec3a1b1709102ffd0dc678e85ecf617be13116f4005",
    }
    raw = (SAMPLES / sample).read_bytes()

    assert joined.verify(raw, joined.Knowledge(**known)).as_json() == verify(raw, Knowledge(**known)).as_json()


def test_it_runs_alone(path):
    case = next(case for case in CASES if case["name"] == "good")
    statement, key = FOLDER / case["knowledge"]["statement"], case["knowledge"]["operator_key"]
    words = [sys.executable, "-I", "-S", path, FOLDER / case["file"], "--statement", statement, "--operator-key", key]
    done = subprocess.run(
        words, capture_output=True, check=False, env={"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}, timeout=60
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Result: verified" in done.stdout
