"""Taking one's data along, and closing the account."""

import json

import pytest

from echt.accounts.actions.closing import CannotClose, close_account, objections
from echt.accounts.actions.codes import change_code
from echt.accounts.models import Session, User
from tests.accounts.steps import HERE, Fresh, asks_for_proof, kinds_sent, prove, state_of, text_of, url
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


@pytest.fixture
def _against():
    """A room above that objects to closing."""
    objections.append(lambda _user: "First pay out 0.1 BTC.")
    yield
    objections.pop()


def test_a_proof_comes_before_the_page_and_the_page_before_the_file(browser):
    assert asks_for_proof(browser.get(url("data")))
    assert prove(browser, "data").url == url("data")
    assert "Keep the file safe" in text_of(browser.get(url("data")))


def test_the_file_holds_what_every_room_keeps(browser, lena):
    change_code(actor=lena, code="Fjord7", step_up=Fresh(), where=HERE)
    prove(browser, "data")

    answer = browser.post(url("data"), {"format": "json"})
    told = json.loads(answer.content)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data-2026-11-22.json"'
    assert told["account"]["address"] == "lena@example.org"
    assert told["account"]["anti_phishing_codes"][0]["code"] == "Fjord7"
    assert told["messages"][0]["kind"] == "security.code_test"
    assert "code.set" in {event["event"] for event in told["history"]}
    assert told["sign_in"]["recovery_codes_left"] == 0


def test_it_holds_nobody_elses_and_no_secret(browser, lena, stranger):
    change_code(actor=stranger, code="Elbe42", step_up=Fresh(), where=HERE)
    prove(browser, "data")

    told = browser.post(url("data"), {"format": "json"}).content.decode()

    assert "stranger" not in told
    assert "Elbe42" not in told
    assert "argon2" not in told


def test_without_a_fresh_proof_there_is_no_file(browser):
    assert asks_for_proof(browser.post(url("data"), {"format": "json"}))


# closing ------------------------------------------------------------------------------------------------------


def test_the_page_says_what_will_happen_and_the_proof_closes(browser, lena):
    assert "It cannot be undone" in text_of(browser.get(url("close")))
    assert asks_for_proof(browser.post(url("close")))
    assert User.objects.get(pk=lena.pk).is_active

    answer = browser.post(url("close"), {"proof_password": PASSWORD})

    assert answer.url == "/"
    assert not User.objects.get(pk=lena.pk).is_active
    assert not Session.objects.filter(owner=lena).exists()
    assert "_auth_user_id" not in browser.session
    assert kinds_sent() == ["account.closed"]
    assert "Your account is closed." in text_of(browser.get(answer.url))


@pytest.mark.usefixtures("_against")
def test_what_stands_against_it_is_said_and_nothing_changes(browser):
    assert "First pay out 0.1 BTC." in text_of(browser.get(url("close")))
    before = state_of()

    answer = browser.post(url("close"), {"proof_password": PASSWORD})

    assert "First pay out 0.1 BTC." in text_of(answer)
    assert state_of() == before


@pytest.mark.usefixtures("_against")
def test_the_action_itself_refuses(lena):
    with pytest.raises(CannotClose) as refusal:
        close_account(actor=lena, step_up=Fresh(), where=HERE)

    assert refusal.value.sentences == ["First pay out 0.1 BTC."]
