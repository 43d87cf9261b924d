"""The three verifiers behind one question: what do you say to this file, for somebody who knows this?"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from unittest.mock import patch

from echt.proofs.check import verify_many
from echt.proofs.verify import Knowledge, note
from echt.proofs.verify import verify as verify_in_python
from tests.proofs.browser.node import NodeVerifier


@dataclass(frozen=True)
class Question:
    """A file, and the fields of `Knowledge` that are there."""

    content: bytes
    knowledge: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What all must agree about; `reason` is the first one that is no remark."""

    verdict: str
    reason: str | None
    amounts: dict | None = None
    hashes: str | None = None
    numbers: str | None = None


def _answer(report):
    codes = [one["code"] for one in report["reasons"] if not one["code"].startswith("note.")]
    first = codes[0] if codes else None
    return Answer(report["verdict"], first, dict(report["amounts"]), report["hashes"], report["numbers"])


class InPython:
    """`echt.proofs.verify`; a signature that was checked once is remembered, since plain Python takes its time for it."""

    name = "python"

    def ask(self, questions):
        with patch.object(note, "signature_is_valid", _remembered):
            return [_answer(verify_in_python(one.content, Knowledge(**one.knowledge)).as_json()) for one in questions]


_remembered = cache(note.signature_is_valid)


class InTheBrowser:
    """The browser's modules, run by Node. They have no folder with a log's tiles, so they are not given one."""

    name = "browser"

    def __init__(self, node):
        self.node = node

    def ask(self, questions):
        return [_answer(self.node.verify(one.content, _without_log(one.knowledge))) for one in questions]


def _without_log(knowledge):
    return {name: value for name, value in knowledge.items() if name != "log"}


class OfTheEngine:
    """`echt.proofs.check`."""

    name = "engine"

    def ask(self, questions):
        groups = {}
        for place, one in enumerate(questions):
            known = Knowledge(**one.knowledge)
            groups.setdefault(known, []).append((place, one.content))
        answers = [None] * len(questions)
        for known, asked in groups.items():
            reports = verify_many([content for _, content in asked], known)
            for (place, _), report in zip(asked, reports, strict=True):
                answers[place] = _answer(report.as_json())
        return answers


@contextmanager
def all_verifiers():
    with NodeVerifier() as node:
        yield [InPython(), InTheBrowser(node), OfTheEngine()]
