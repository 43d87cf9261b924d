"""The golden vectors: made again from the reference alone, the same bytes; and every verifier agrees with them."""

import json
from pathlib import Path

import pytest

from echt.proofs.verify import Verdict
from echt.proofs.verify.reasons import SENTENCES
from tests.proofs import make_vectors
from tests.proofs.verifiers import Question, all_verifiers

FOLDER = make_vectors.FOLDER
CASES = json.loads((FOLDER / "expected.json").read_text("utf-8"))


def test_the_generator_makes_what_is_committed_byte_for_byte():
    committed = {str(one.relative_to(FOLDER)): one.read_bytes() for one in _files()}

    assert committed == make_vectors.files()


def _files() -> list[Path]:
    return [one for one in FOLDER.rglob("*") if one.is_file() and one.name != "README.md"]


def question(case) -> Question:
    content = (FOLDER / case["file"]).read_bytes()
    brought = dict(case["knowledge"])
    if "statement" in brought:
        brought["statement"] = (FOLDER / brought["statement"]).read_bytes()
    if "older_checkpoint" in brought:
        brought["older_checkpoint"] = brought["older_checkpoint"].encode()
    if "log" in brought:
        brought["log"] = FOLDER / brought["log"]
    return Question(content.ljust(case.get("pad_to", 0)), brought)


@pytest.fixture(scope="module")
def verifiers():
    with all_verifiers() as every:
        yield {one.name: one for one in every}


@pytest.mark.parametrize("name", ["python", "browser", "engine"])
def test_every_verifier_says_what_is_expected(name, verifiers):
    verifier, cases = verifiers[name], [case for case in CASES if name != "browser" or _is_for_browsers(case)]
    answers = verifier.ask([question(case) for case in cases])

    wrong = [
        (case["name"], answer)
        for case, answer in zip(cases, answers, strict=True)
        if (answer.verdict, answer.reason) != (case["verdict"], case["reason"])
        or answer.amounts != case.get("amounts", answer.amounts)
    ]
    assert wrong == []


def _is_for_browsers(case):
    """A page has no folder with a log, and looks at a file's size before it opens it (`tests/proofs/browser`)."""
    return case["reason"] not in ("log.consistency", "form.size")


def test_exit_codes_are_those_of_the_verdicts():
    assert {(case["verdict"], case["exit"]) for case in CASES} == {(one.value, one.exit_code) for one in Verdict}


def test_there_is_a_file_for_every_reason():
    steps = {"form", "statement", "identity", "path", "totals", "log"}
    shown = {case["reason"] for case in CASES if case["reason"]}

    assert shown == {code for code in SENTENCES if code.partition(".")[0] in steps}
