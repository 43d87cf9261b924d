"""The norm in `docs/proofs.md`: what it tells people to do by hand works, and what it promises in figures is so."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from echt.proofs.verify import Verdict
from tests.proofs.make_vectors import FOLDER

DOCUMENT = (Path(__file__).parents[2] / "docs" / "proofs.md").read_text("utf-8")
CASES = json.loads((FOLDER / "expected.json").read_text("utf-8"))


@pytest.fixture
def by_hand(tmp_path):
    """The program of the section *By hand*."""
    (code,) = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    program = tmp_path / "by_hand.py"
    program.write_text(code, encoding="utf-8")
    return lambda file: subprocess.run(
        [sys.executable, "-I", program, file], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", ["good", "good.three_pieces", "good.one_leaf", "good.forty_columns_height_30"])
def test_a_proof_can_be_verified_by_hand(by_hand, name):
    file = FOLDER / "proofs" / f"{name}.json"
    said = by_hand(file)

    assert said.returncode == 0, said.stderr
    assert said.stdout.split()[0] in file.read_text("utf-8")


@pytest.mark.parametrize("name", ["identity.bucket", "path.sum", "path.root", "path.root.sibling_sum", "totals.differ"])
def test_a_false_proof_does_not_pass_by_hand(by_hand, name):
    said = by_hand(FOLDER / "proofs" / f"{name}.json")

    assert said.returncode == 1
    assert "AssertionError" in said.stderr


def test_the_verdicts_and_exit_codes_are_those_of_the_document():
    rows = re.findall(r"^\| `([a-z ]+)`[^|]*\| (\d) \|$", DOCUMENT, re.MULTILINE)

    assert {name: int(code) for name, code in rows} == {one.value: one.exit_code for one in Verdict}


def test_four_customers_of_the_common_flaw():
    """21 is owed, and each proof adds up to 7, in the sum tree that commits to sums alone."""
    held, shown_total = [5, 7, 3, 6], 7
    pairs = [max(held[:2]), max(held[2:])]

    assert sum(held) == 21
    assert max(pairs) == shown_total
    assert all(shown_total - pair >= 0 for pair in pairs)


def test_three_hundred_who_verify():
    assert round(100 * (1 - 0.99**300)) == 95
