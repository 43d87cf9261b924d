"""What holds for every kind of message that any room has registered, in each language, with a code and without."""

import dataclasses
import re

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from echt.mail import kinds
from echt.mail.envelope import envelope_of
from echt.mail.html_form import FILLING
from echt.mail.kinds import Stream, registry
from echt.mail.recipient import Stranger
from echt.mail.render import EXAMPLE_NUMBER, render
from echt.mail.targets import digest_of
from tests.mail import kinds as _own  # registers
from tests.mail.reading import Page, html_of, links_in_text, parsed, text_of

CODES = [None, "Zq7Xw2", "Möwe 42-Z"]
WORDS = {
    "en": ("Your anti-phishing code", "Number of this message", "none set yet"),
    "de": ("Ihr Anti-Phishing-Code", "Nummer dieser Nachricht", "noch keiner eingerichtet"),
}
every = pytest.mark.parametrize("kind", sorted(registry))
language = pytest.mark.parametrize("language", ["de", "en"])
code = pytest.mark.parametrize("code", CODES)


def recipient(language):
    return Stranger(address="lena@example.org", language=language, zone="Europe/Berlin", salutation="Lena")


def example(kind, language):
    with override(language):
        return registry[kind].example(recipient(language))


@pytest.fixture
def mail_of(sent):
    """The message of a kind as it leaves, and its ledger line."""

    def make(kind, language, code):
        line = sent(example(kind, language), carrying=code)
        return parsed(envelope_of(line).content), line

    return make


@every
@language
@code
def test_strip_comes_first_in_both_parts_in_the_same_words(kind, language, code, mail_of):
    mail, line = mail_of(kind, language, code)
    code_label, number_label, none = WORDS[language]
    assert text_of(mail).splitlines()[:2] == [f"{code_label}: {code or none}", f"{number_label}: {line.number}"]
    assert Page(html_of(mail)).words[:4] == [code_label, code or none, number_label, line.number]


@every
@language
def test_without_a_code_both_parts_say_how_to_set_one(kind, language, mail_of):
    mail, line = mail_of(kind, language, None)
    shown = line.links[0]["shown"]
    assert "code" in shown
    words = Page(html_of(mail)).words
    assert words[5] == shown
    text = text_of(mail)
    assert f"://{shown}" in text.partition("---")[0]
    assert " ".join(text.partition("---")[0].split()).count(words[4]) == 1


@every
@language
@code
def test_code_and_number_stand_in_no_header_subject_or_preview(kind, language, code, mail_of):
    mail, line = mail_of(kind, language, code)
    headers = "\n".join(f"{name}: {value}" for name, value in mail.items())
    beside = [headers, Page(html_of(mail)).preview]
    assert not any(line.number.replace("-", "") in place for place in beside)
    for secret in [line.number, *([code] if code else [])]:
        assert not any(secret in place for place in beside)
        assert text_of(mail).count(secret) == 1
        assert html_of(mail).count(secret) == 1


@every
@language
def test_preview_says_something_and_is_filled_so_that_the_strip_does_not_follow_it(kind, language, mail_of):
    mail, _line = mail_of(kind, language, "Zq7Xw2")
    preview = Page(html_of(mail)).preview
    assert preview.endswith(FILLING)
    assert len(preview.removesuffix(FILLING).strip()) > 10
    assert len(preview) > 200


@every
@language
@code
def test_text_is_wrapped_at_72_and_addresses_stand_whole_on_lines_of_their_own(kind, language, code, mail_of):
    mail, _line = mail_of(kind, language, code)
    for line in text_of(mail).splitlines():
        if "://" in line:
            assert re.fullmatch(r"https?://\S+", line)
        else:
            assert len(line) <= 72


@every
@language
@code
def test_mail_is_seven_bit_with_crlf(kind, language, code, sent):
    content = envelope_of(sent(example(kind, language), carrying=code)).content
    assert max(content) < 128
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 998


@every
@language
@code
def test_links_of_both_parts_are_those_of_the_ledger(kind, language, code, mail_of):
    mail, line = mail_of(kind, language, code)
    ledger = {link["digest"] for link in line.links}
    in_text = {digest_of(link) for link in links_in_text(text_of(mail))}
    in_html = {digest_of(link) for link in Page(html_of(mail)).links}
    named_without_link = set() if code else {line.links[0]["digest"]}
    assert in_text == ledger
    assert in_html | named_without_link == ledger
    assert len(line.links) == len(ledger)


@every
@language
def test_nothing_is_loaded_from_anywhere(kind, language, mail_of):
    mail, _line = mail_of(kind, language, "Zq7Xw2")
    html = html_of(mail)
    assert Page(html).loads == []
    assert "url(" not in html
    assert "@import" not in html
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]


@every
@language
def test_label_subject_and_preview_are_plain_words(kind, language):
    mail = example(kind, language)
    with override(language):
        words = [str(mail.label), mail.subject(), mail.preview()]
    assert all(word.strip() == word and len(word) > 5 and "%(" not in word for word in words)


@every
@language
def test_only_news_can_be_left(kind, language, mail_of):
    mail, _line = mail_of(kind, language, None)
    assert ("List-Unsubscribe" in mail) == (registry[kind].stream is Stream.NEWS)


@every
def test_both_languages_are_translated(kind):
    assert (
        render(example(kind, "de"), number=EXAMPLE_NUMBER, code=None).text
        != render(example(kind, "en"), number=EXAMPLE_NUMBER, code=None).text
    )


@every
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    code=st.text(st.sampled_from("abzABZ059 -äöüß&<>'\""), min_size=1, max_size=32).map(
        lambda text: f"q{text.strip()}q"
    )
)
def test_any_code_stands_unchanged_in_both_parts(kind, code):
    code = re.sub(r"\s+", " ", code)
    rendered = render(example(kind, "en"), number=EXAMPLE_NUMBER, code=code)
    assert rendered.text.splitlines()[0] == f"Your anti-phishing code: {code}"
    assert Page(rendered.html).words[1] == code


def test_two_kinds_of_one_name_are_refused():
    before = dict(registry)

    with pytest.raises(ValueError, match=r"test\.everything"):
        type("Other", (kinds.Mail,), {"kind": _own.Kind.EVERYTHING})

    assert registry == before


def test_news_without_a_way_to_leave_them_are_refused():
    class Endless(_own.News):
        def unsubscribe(self):
            return None

    with pytest.raises(ValueError, match="unsubscribe"):
        render(Endless(to=recipient("de")), number=EXAMPLE_NUMBER, code=None)


def test_kinds_are_frozen_and_addressed_anew_as_copies():
    mail = _own.Everything(to=recipient("de"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        mail.to = recipient("en")
    assert mail.addressed_to(recipient("en")).to.language == "en"
