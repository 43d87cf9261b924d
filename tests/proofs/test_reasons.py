"""One table of reasons: the same in Python and in the browser, complete in both languages, and every code in the documents."""

import re
from pathlib import Path

import pytest

from echt.proofs.verify.formats.reasons import FOREIGN_REASONS
from echt.proofs.verify.reasons import SENTENCES
from tests.proofs.browser.node import NodeVerifier

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "proofs.md"
VERIFY = ROOT / "src" / "echt" / "proofs" / "verify"
BROWSER = ROOT / "src" / "echt" / "proofs" / "browser"
CODE = re.compile(
    r"[\"'`]((?:file|form|given|statement|identity|path|totals|log|note|hashes|numbers|format)\.[a-z_]+)[\"'`]"
)


def test_the_browser_has_the_same_sentences():
    with NodeVerifier() as node:
        in_the_browser = node.value("reasons.js SENTENCES")

    assert in_the_browser == {code: list(texts) for code, texts in SENTENCES.items()}


@pytest.mark.parametrize("table", [SENTENCES, FOREIGN_REASONS], ids=["echt/1", "other formats"])
def test_every_sentence_is_there_in_english_and_german(table):
    for code, (english, german) in table.items():
        assert english.strip() != german.strip(), code
        assert _words_to_fill(english) == _words_to_fill(german), code


def _words_to_fill(sentence):
    return sorted(re.findall(r"\{\w+\}", sentence))


def test_no_code_is_in_both_tables():
    assert set(SENTENCES) & set(FOREIGN_REASONS) == set()


def test_the_document_names_every_code_and_no_other():
    in_formats = "".join(path.read_text("utf-8") for path in (VERIFY / "formats").glob("*.py"))

    assert set(CODE.findall(DOCUMENT.read_text("utf-8"))) == set(SENTENCES) | set(CODE.findall(in_formats))


def test_every_code_is_used_somewhere():
    source = "".join(path.read_text("utf-8") for path in VERIFY.rglob("*.py") if path.name != "reasons.py")

    assert [code for code in SENTENCES | FOREIGN_REASONS if f'"{code}"' not in source] == []


def test_every_code_of_the_verifiers_has_its_sentence():
    sources = [*VERIFY.rglob("*.py"), *BROWSER.glob("*.js"), ROOT / "src" / "echt" / "proofs" / "check.py"]
    used = {
        code
        for path in sources
        for code in re.findall(r"(?:reason|Unreadable)\(\s*\"([a-z]+\.[a-z_]+)\"", path.read_text("utf-8"))
    }

    assert used - set(SENTENCES) - set(FOREIGN_REASONS) == set()
