"""The pages of the mail room."""

import re

import pytest
from django.conf import settings
from django.test import Client

from echt.mail.models import Message, State
from echt.mail.number import new_number
from echt.mail.tasks import deliver
from tests.mail import kinds


@pytest.fixture
def demo(monkeypatch):
    def switch(on):
        monkeypatch.setattr(
            settings,
            "ECHT",
            settings.ECHT.model_copy(update={"demo": settings.ECHT.demo.model_copy(update={"on": on})}),
        )

    return switch


def test_the_landing_page_answers_and_keeps_what_was_typed(sent, client):
    message = sent()
    page = client.get("/", {"number": message.number.lower()}, headers={"Accept-Language": "en"}).content.decode()
    assert "We sent this message" in page
    assert f'value="{message.number.lower()}"' in page
    assert "l•••••@e•••••.org" in page
    assert "We sent" not in client.get("/", headers={"Accept-Language": "en"}).content.decode()


def test_a_page_of_its_own_answers_in_both_languages(sent, client):
    message = sent()
    for language, words in (("en", "We sent this message"), ("de", "Diese Nachricht haben wir geschickt")):
        assert words in client.get(f"/check/{message.number}/", headers={"Accept-Language": language}).content.decode()


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", '" onfocus="x'])
def test_what_was_typed_is_escaped(db, client, typed):
    page = client.get("/check/", {"number": typed}).content.decode()
    assert typed not in page


def test_too_many_questions_get_a_page_that_says_so(sent, client):
    from echt.mail.lookup import PER_CLIENT

    number = sent().number
    answers = [client.get(f"/check/{number}/").status_code for _ in range(PER_CLIENT.count + 1)]
    assert answers == [200] * PER_CLIENT.count + [429]


def test_the_list_holds_every_message_to_the_reader_and_nobody_elses(sent, customer, stranger, client_of):
    mine = [sent(to=customer), sent(to=customer, carrying="Fjord7")]
    other = sent(to=stranger)
    page = client_of(customer).get("/messages/").content.decode()
    assert all(message.number in page for message in mine)
    assert other.number not in page
    assert "Fjord7" not in page


def test_the_list_is_cut_into_pages(sent, customer, client_of):
    for _ in range(27):
        sent(to=customer)
    browser = client_of(customer)
    first, second = browser.get("/messages/"), browser.get("/messages/?page=2")
    assert (first.content.decode().count("/messages/"), len(second.context["lines"])) > (25, 1)
    assert len(first.context["lines"]) == 25
    assert len(second.context["lines"]) == 2
    assert browser.get("/messages/?page=nonsense").status_code == 200


def test_an_empty_list_says_what_will_be_here(customer, client_of):
    page = client_of(customer).get("/messages/").content.decode()
    assert "Noch keine Nachrichten" in page


@pytest.mark.parametrize("state", list(State))
def test_the_detail_tells_number_links_code_and_delivery_without_body_or_code(sent, customer, client_of, state):
    message = sent(to=customer, carrying="Fjord7")
    Message.objects.update(state=state, sent_at=message.created_at if state is State.SENT else None)
    page = client_of(customer).get(f"/messages/{message.number}/").content.decode()
    assert message.number in page
    assert "/lock/••••" in page
    assert "Ein früherer Code von Ihnen" in page
    assert ("nicht erreicht" in page) == (state in {State.FAILED, State.BOUNCED})
    for secret in ("Fjord7", kinds.TOKEN, "493 027"):
        assert secret not in page


def test_a_message_to_somebody_else_and_none_at_all_are_the_same_404(sent, customer, stranger, client_of):
    browser = client_of(customer)
    other = sent(to=stranger).number
    numbers = (other, new_number(), "nonsense")
    answers = [browser.get(f"/messages/{number}/") for number in numbers]
    assert [answer.status_code for answer in answers] == [404] * 3
    texts = [answer.content.decode().replace(number, "") for answer, number in zip(answers, numbers, strict=True)]
    assert len({re.sub(r'value="\w{64}"', "", text) for text in texts}) == 1


@pytest.mark.parametrize("path", ["/messages/", "/messages/K7QF-2M9X-TDD/"])
def test_messages_want_somebody_signed_in(db, path):
    answer = Client().get(path)
    assert answer.status_code == 302
    assert f"next={path}" in answer["Location"]


@pytest.mark.parametrize("path", ["/outbox/", "/outbox/{key}/", "/outbox/{key}/html/"])
def test_the_outbox_exists_in_the_demo_only(sent, outbox, demo, client, path):
    message = sent()
    deliver.func(message=str(message.pk))
    path = path.format(key=message.pk.hex)
    demo(False)
    assert client.get(path).status_code == 404
    demo(True)
    assert client.get(path).status_code == 200


def test_the_outbox_shows_text_headers_and_a_frame(sent, outbox, demo, client):
    demo(True)
    message = sent(carrying="Fjord7")
    deliver.func(message=str(message.pk))
    assert message.subject_line in client.get("/outbox/?to=lena@example.org").content.decode()
    assert message.subject_line not in client.get("/outbox/?to=ben@example.org").content.decode()
    page = client.get(f"/outbox/{message.pk.hex}/").content.decode()
    assert "Fjord7" in page
    assert message.message_id.strip("<>") in page
    assert f"/outbox/{message.pk.hex}/html/" in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page


def test_rule_1_the_frame_has_no_rights(sent, outbox, demo, client):
    demo(True)
    message = sent()
    deliver.func(message=str(message.pk))
    answer = client.get(f"/outbox/{message.pk.hex}/html/")
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups")
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("key", ["..%2f..%2fecht", "x" * 32, "0" * 32, ".hidden"])
def test_rule_2_no_other_file_is_read(outbox, demo, client, db, key):
    demo(True)
    outbox.mkdir()
    (outbox.parent / "echt.eml").write_text("Subject: secret\n\n")
    (outbox / ".hidden.eml").write_text("Subject: secret\n\n")
    assert client.get(f"/outbox/{key}/").status_code == 404


def test_an_empty_outbox_says_what_to_do(outbox, demo, client, db):
    demo(True)
    assert "Sign up" in client.get("/outbox/", headers={"Accept-Language": "en"}).content.decode()
