"""The browser's report is Python's report: not only the verdict, every code, sentence and step."""

import ast
import re
from dataclasses import asdict

import pytest

from echt.proofs.browser import page
from echt.proofs.verify import Knowledge, verify
from echt.proofs.verify.reasons import SENTENCES
from tests.proofs.test_vectors import CASES, question

ONLY_WITH_A_FOLDER = [case for case in CASES if "log" in case["knowledge"]]
ALIKE = [case for case in CASES if case not in ONLY_WITH_A_FOLDER and "pad_to" not in case]
AT_A_PLACE = re.compile(r"(?:line|Zeile) \d+, (?:character|Zeichen) \d+")


@pytest.fixture(scope="module")
def reports(node):
    """Both for every golden vector; plain Python takes its time for signatures, so they are made once."""
    asked = [question(case) for case in ALIKE]
    return [(verify(one.content, Knowledge(**one.knowledge)), node.verify(one.content, one.knowledge)) for one in asked]


def test_the_reports_are_the_same(reports):
    assert [_told(theirs) for _, theirs in reports] == [_told(ours.as_json()) for ours, _ in reports]


def _told(report):
    names = ("format", "hashes", "numbers", "format_sound", "verdict", "amounts")
    reasons = [(one["code"], AT_A_PLACE.sub("there", one["text"])) for one in report["reasons"]]
    return {name: report[name] for name in names} | {"reasons": reasons}


def test_the_steps_are_the_same_in_both_languages(reports):
    ours = [[_placeless(asdict(step)) for step in report.steps] for report, _ in reports]
    assert [[_placeless(step) for step in report["steps"]] for _, report in reports] == ours


def _placeless(step):
    return {name: AT_A_PLACE.sub("there", text) if isinstance(text, str) else text for name, text in step.items()}


def test_the_sentences_are_the_same(node):
    """Sentences about a file on a disk and a log's folder too: one table, one comparison."""
    for code, sentences in SENTENCES.items():
        names = set(re.findall(r"\{(\w+)\}", "".join(sentences)))
        words = {name: f"<{name}>" for name in names}
        told = node.call("reasons.js reason", code, words)
        assert (told["text"], told["text_de"]) == tuple(sentence.format(**words) for sentence in sentences), code


def test_the_browser_has_no_other_codes():
    source = (page.MODULES / "reasons.js").read_text("utf-8")
    assert re.findall(r'^  "([\w.]+)": \[$', source, re.MULTILINE) == list(SENTENCES)


def test_steps_keep_their_names_where_nothing_was_read(node):
    """The page shows all seven before there is a file; their names stand in one list."""
    shown = [step["title"] for step in node.verify(*_good())["steps"]]
    listed = re.search(r"export const STEPS = (\[.*?\n\]);", (page.MODULES / "proof.js").read_text("utf-8"), re.DOTALL)
    assert shown == [english for english, _ in ast.literal_eval(listed[1])]


def _good():
    asked = question(CASES[0])
    return asked.content, asked.knowledge


def test_facts_are_what_the_file_says(node):
    facts = node.verify(*_good())["facts"]
    assert facts["log"]["entry"] == facts["log"]["size"] == "3"
    assert [column["name"] for column in facts["columns"]] == ["BTC", "USDT", "BTC (debt)"]
    assert (facts["height"], facts["pieces"], facts["operator"]) == (4, 2, "Demo Börse")


def test_what_is_too_large_need_not_be_opened(node):
    assert node.call("proof.js tooLarge")["reasons"][0]["code"] == "form.size"
