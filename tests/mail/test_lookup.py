"""What anybody may learn of a message by its number."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from echt.mail.lookup import OVERALL, PER_CLIENT, Verdict, answer, look_up
from echt.mail.models import Message
from echt.mail.number import new_number, parse
from echt.mail.recipient import Stranger
from echt.mail.targets import MASK
from echt.ui.rate_limits import TooMany
from echt.vault.shred import destroy_keys
from tests.mail import kinds


def ask(typed, reader=None):
    return answer(typed, client="192.0.2.1", reader=reader)


def shapes(queries):
    return [re.sub(r"'[^']*'|\b[0-9a-f]{32}\b|\d+", "?", query["sql"]) for query in queries]


def asked(number, reader=None):
    with CaptureQueriesContext(connection) as queries:
        finding = look_up(number, reader=reader)
    return finding, shapes(queries.captured_queries)


@pytest.fixture
def unsealed(monkeypatch):
    """How often the recipient's address was unsealed and masked."""
    from echt.mail import lookup

    calls = []
    masked = lookup.masked_address
    monkeypatch.setattr(lookup, "masked_address", lambda *args, **kwargs: calls.append(1) or masked(*args, **kwargs))
    return calls


@pytest.mark.parametrize("signed_in", [False, True])
def test_rule_1_found_and_not_found_ask_the_same_and_do_the_same(sent, customer, unsealed, signed_in):
    number = sent(to=customer).number
    reader = customer if signed_in else None
    look_up(number, reader=reader)
    seen = []
    for asked_for in (number, *(new_number() for _ in range(5))):
        unsealed.clear()
        finding, queries = asked(asked_for, reader)
        seen.append((finding is not None, queries, len(unsealed)))
    assert [found for found, _, _ in seen] == [True, *[False] * 5]
    assert all(cost == seen[0][1:] for cost in (one[1:] for one in seen))
    assert seen[0][2] == 1


def test_rule_1_a_number_after_the_last_one_has_a_stand_in_too(sent, unsealed):
    sent()
    assert look_up("ZZZZ-ZZZZ-ZZZ", reader=None) is None
    assert len(unsealed) == 1


def test_rule_1_nothing_of_the_stand_in_is_told(sent):
    message = sent()
    unknown = ask(new_number())
    assert (unknown.verdict, unknown.finding) == (Verdict.UNKNOWN, None)
    assert message.number not in repr(unknown)


def test_rule_2_questions_are_limited_for_each_client(sent, travel):
    number = sent().number
    for _ in range(PER_CLIENT.count):
        answer(number, client="192.0.2.1", reader=None)
    with pytest.raises(TooMany):
        answer(number, client="192.0.2.1", reader=None)
    assert answer(number, client="192.0.2.2", reader=None).verdict == Verdict.SENT
    travel.shift(timedelta(seconds=PER_CLIENT.seconds + 1))
    assert answer(number, client="192.0.2.1", reader=None).verdict == Verdict.SENT


def test_rule_2_questions_are_limited_for_all_together(sent, travel, monkeypatch):
    from echt.mail import lookup

    number = sent().number
    monkeypatch.setattr(lookup, "OVERALL", type(OVERALL)("test.all", count=3, seconds=600))
    for client in range(3):
        answer(number, client=f"192.0.2.{client}", reader=None)
    with pytest.raises(TooMany):
        answer(number, client="192.0.2.9", reader=None)


def test_rule_3_an_address_is_answered_the_same_whosever_it_is_and_without_the_ledger(sent, customer, client):
    sent(to=customer)
    pages = []
    for address in ("lena@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            pages.append(without(client.get("/check/", {"number": address}).content.decode(), address))
        assert not [query for query in queries.captured_queries if "mail_message" in query["sql"]]
    assert pages[0] == pages[1]
    assert "address proves nothing" in pages[0] or "Absenderadresse beweist nichts" in pages[0]


def without(page, typed):
    """The page without what was typed and without its CSRF token."""
    return re.sub(r'value="\w{64}"', "", page.replace(typed, "").replace(typed.replace("@", "%40"), ""))


@pytest.mark.parametrize("typed", ["", "nordlicht.example", "+49 40 123456", "x" * 5000, "K7QF-2M9X-TD", "\0"])
def test_rule_3_other_text_is_not_a_number(db, typed):
    assert ask(typed).verdict == Verdict.NOT_A_NUMBER


def test_rule_3_a_typing_mistake_is_told_apart_from_an_unknown_number(sent):
    number = sent().number
    wrong = ("2" if number[0] != "2" else "3") + number[1:]
    assert ask(wrong).verdict == Verdict.MISTYPED
    assert ask(number.lower().replace("-", " ")).verdict == Verdict.SENT


def test_rule_4_the_recipient_is_masked(sent):
    assert (
        ask(sent(to=Stranger(address="lena.wolff@posteo.example", language="de")).number).finding.recipient
        == "l•••••@p•••••.example"
    )


def test_rule_4_with_the_key_destroyed_nothing_of_the_recipient_is_left(sent, customer):
    message = sent(to=customer)
    destroy_keys(customer.pk)
    assert ask(message.number).finding.recipient == "•••••"


def test_rule_5_links_are_shown_with_their_secrets_masked(sent, client):
    message = sent()
    finding = ask(message.number).finding
    assert finding.links[1] == f"localhost:8000/lock/{MASK}"
    page = client.get(f"/check/{message.number}/").content.decode()
    assert f"/lock/{MASK}" in page
    assert kinds.TOKEN not in page


def test_rule_6_whoever_is_signed_in_learns_whether_it_went_to_them(sent, customer, stranger):
    message = sent(to=customer)
    assert ask(message.number, customer).verdict == Verdict.TO_YOU
    assert ask(message.number, stranger).verdict == Verdict.NOT_TO_YOU
    assert ask(message.number).verdict == Verdict.SENT
    assert ask(new_number(), customer).verdict == Verdict.UNKNOWN


def test_rule_6_a_message_from_before_there_was_an_account_is_theirs_by_its_address(sent, customer, stranger):
    message = sent(to=Stranger(address="LENA@example.org", language="de"))
    assert ask(message.number, customer).verdict == Verdict.TO_YOU
    assert ask(message.number, stranger).verdict == Verdict.NOT_TO_YOU


def test_rule_7_every_answer_says_what_the_number_does_not_prove(sent, customer, stranger, client, client_of):
    message = sent(to=customer)
    sentences = {
        client: ("A number can be copied.", "Eine Nummer lässt sich kopieren."),
        client_of(customer): ("Compare it with your mail", "Vergleichen Sie mit Ihrer E-Mail"),
        client_of(stranger): ("copied the number into a forged mail", "in eine gefälschte E-Mail kopiert"),
    }
    for browser, (english, german) in sentences.items():
        page = browser.get(f"/check/{message.number}/").content.decode()
        assert english in page or german in page


def test_a_number_says_when_and_what_kind(sent, travel):
    message = sent()
    finding = ask(message.number).finding
    assert (finding.at, finding.label, finding.number) == (
        message.created_at,
        "Test: every part",
        parse(message.number),
    )


def test_a_kind_that_is_gone_is_called_by_its_stored_name(sent):
    message = sent()
    Message.objects.update(kind="test.gone")
    assert ask(message.number).finding.label == "test.gone"


def test_an_empty_ledger_knows_nothing(db):
    assert ask(new_number()).verdict == Verdict.UNKNOWN
