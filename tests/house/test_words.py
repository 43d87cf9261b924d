"""Words that mean something: events, kinds of mail, permissions. Each has its grammar, its meaning and its label."""

import re

import pytest
from django.utils.functional import Promise
from django.utils.translation import override

from echt.mail import kinds
from echt.mail.recipient import Stranger
from tools.repository import ROOT
from tools.words import as_markdown, kinds_of_mail, labels_of, vocabularies

GRAMMAR = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
VOCABULARIES = vocabularies()
KINDS = kinds_of_mail()


@pytest.mark.parametrize("words", VOCABULARIES, ids=str)
def test_every_word_has_the_form_that_its_docstring_gives(words):
    assert words.__doc__, f"{words} says its grammar in its docstring"
    for word in words:
        assert GRAMMAR.fullmatch(word.value), word


def test_no_two_words_are_the_same():
    values = [word.value for words in VOCABULARIES for word in words]

    assert len(values) == len({*values})


@pytest.mark.parametrize("words", VOCABULARIES, ids=str)
def test_every_word_that_people_read_is_told_in_both_languages(words):
    labels = labels_of(words)

    assert {*labels} in ({*words}, set())
    assert all(isinstance(label, Promise) for label in labels.values())


def test_the_page_of_words_is_what_the_tool_writes():
    assert (ROOT / "docs" / "words.md").read_text() == as_markdown(), "Run make pages."


def test_there_are_kinds_of_mail():
    assert len(KINDS) > 5


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_every_kind_of_mail_speaks_both_languages(name, kind):
    assert GRAMMAR.fullmatch(name)
    assert isinstance(kind.label, Promise)
    assert in_language(kind, "de") != in_language(kind, "en")


def in_language(kind: type[kinds.Mail], language: str) -> tuple[str, str, str]:
    with override(language):
        mail = kind.example(Stranger(address="lena@example.org", language=language))
        return str(kind.label), mail.subject(), mail.preview()
