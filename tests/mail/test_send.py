"""Writing a message into the ledger."""

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from echt.mail.models import Message, State
from echt.mail.number import parse
from echt.mail.recipient import Stranger
from echt.mail.render import canonical_digest
from echt.mail.send import NoTransaction, send
from echt.mail.targets import MASK, Target, digest_of, page
from tests.mail import kinds
from tests.mail.conftest import LENA


def state():
    return (Message.objects.count(), DBTaskResult.objects.count())


def test_rule_1_row_and_job_are_written_together(sent):
    message = sent()
    assert state() == (1, 1)
    assert message.state == State.QUEUED
    assert DBTaskResult.objects.get().args_kwargs["kwargs"] == {"message": str(message.pk)}


def test_rule_1_a_transaction_that_fails_leaves_neither(db):
    def fail_afterwards():
        with transaction.atomic():
            send(kinds.Everything(to=LENA))
            raise RuntimeError("afterwards")

    with pytest.raises(RuntimeError, match="afterwards"):
        fail_afterwards()
    assert state() == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_rule_1_outside_a_transaction_nothing_is_sent():
    with pytest.raises(NoTransaction):
        send(kinds.Everything(to=LENA))
    assert state() == (0, 0)


def test_rule_2_each_message_has_a_number_and_a_message_id_of_its_own(sent):
    messages = [sent() for _ in range(5)]
    assert len({message.number for message in messages}) == 5
    assert all(parse(message.number) == message.number for message in messages)
    assert len({message.message_id for message in messages}) == 5
    assert all(message.message_id.endswith("@mail.nordlicht.example>") for message in messages)


def test_rule_2_a_taken_number_is_not_given_again(sent, monkeypatch):
    taken = sent().number
    offers = iter([taken, taken, "K7QF-2M9X-TDD"])
    monkeypatch.setattr("echt.mail.send.new_number", lambda: next(offers))
    assert sent().number == "K7QF-2M9X-TDD"


def test_rule_2_the_current_code_is_carried_unless_another_is_named(sent):
    class Known(Stranger):
        def carried_code(self):
            return "Fjord7"

    lena = Known(address="lena@example.org", language="en")
    assert sent(to=lena).carried_code == "Fjord7"
    old = sent(to=lena, carrying="Sund3")
    assert old.carried_code == "Sund3"
    assert "Sund3" in old.text
    assert "Fjord7" not in old.text + old.html
    assert sent(to=lena, carrying=None).carried_code is None


def test_rule_3_the_ledger_shows_links_without_their_secrets(sent):
    links = sent(carrying="Fjord7").links
    assert [link["shown"] for link in links] == [
        f"localhost:8000/lock/{MASK}",
        "help.example/mail?a=1&b=2",
        "localhost:8000/check",
    ]
    assert links[0]["digest"] == digest_of(f"http://localhost:8000/lock/{kinds.TOKEN}/")
    assert kinds.TOKEN not in str(links)


def test_the_line_keeps_what_recognises_the_message_later(sent):
    message = sent()
    assert message.digest == canonical_digest(message.subject_line, message.text, message.html)
    assert (
        canonical_digest("s", "a\nb", "c") == canonical_digest("s", "a\r\nb", "c") != canonical_digest("s", "a\nbc", "")
    )


def test_personal_data_is_not_in_the_table_in_clear(sent):
    from django.db import connection

    message = sent(carrying="Fjord7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mail_message")
        row = b"\0".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for value in cursor.fetchone()
        )
    for secret in ("lena", "example.org", "Fjord7", kinds.TOKEN, "hinzugefügt"):
        assert secret.encode() not in row
    assert message.number.encode() in row


def test_a_message_within_the_repeat_window_is_not_written_again(sent, travel):
    hour = timedelta(hours=1)
    first = sent(repeat_window=hour)
    travel.shift(timedelta(minutes=59))
    assert sent(to=Stranger(address=" LENA@example.org", language="en"), repeat_window=hour) == first
    assert sent(kinds.News(to=LENA), repeat_window=hour) != first
    assert sent(to=Stranger(address="ben@example.org", language="en"), repeat_window=hour) != first
    travel.shift(timedelta(minutes=2))
    assert sent(repeat_window=hour) != first


def test_the_message_speaks_the_recipients_language_whoever_causes_it(sent):
    from django.utils.translation import override

    with override("en"):
        assert sent().text.startswith("Ihr Anti-Phishing-Code")
    with override("de"):
        assert sent(to=Stranger(address="l@example.org", language="en")).text.startswith("Your anti-phishing code")


def test_line_breaks_in_a_name_or_subject_make_no_header(sent):
    class Broken(kinds.Everything):
        def subject(self):
            return "Hello\r\nBcc: everybody@example.org"

    message = sent(Broken(to=LENA))
    assert message.subject_line == "Hello Bcc: everybody@example.org"


def test_html_of_what_people_chose_is_escaped(sent):
    message = sent(carrying="<b>x</b>", to=Stranger(address="l@example.org", language="en", salutation="<script>"))
    assert "<b>x</b>" not in message.html
    assert "<script>" not in message.html
    assert "&lt;Söhne&gt;" in message.html


@pytest.mark.parametrize(("path", "secret"), [("/lock/", "token"), ("/t/t/", "t")])
def test_a_secret_must_stand_in_the_path_once(path, secret):
    with pytest.raises(ValueError, match="exactly once"):
        page(path, secret=secret)


def test_a_target_shows_no_scheme_and_no_secret():
    assert Target("https://a.example/x/", "secret", "/y").shown == f"a.example/x/{MASK}/y"
    assert Target("https://a.example/").shown == "a.example"
