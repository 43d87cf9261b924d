"""Changing the password while signed in."""

from datetime import timedelta

import pytest

from echt.accounts.actions.codes import change_code
from echt.accounts.models import Freeze, FreezeReason, Session, User
from tests.accounts.steps import HERE, Fresh, asks_for_proof, kinds_sent, prove, state_of, text_of, url
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

NEW = "seven grey geese over the marsh"


def change(browser, password):
    prove(browser, "password")
    return browser.post(url("password"), {"password": password})


def test_a_proof_comes_first(browser):
    assert asks_for_proof(browser.get(url("password")))


def test_it_changes_ends_other_sessions_freezes_money_and_is_told(browser, lena, client_of):
    other = client_of(lena)

    answer = change(browser, NEW)

    assert answer.url == url("security")
    assert User.objects.get(pk=lena.pk).check_password(NEW)
    assert browser.get(url("security")).status_code == 200
    assert other.get(url("security")).status_code == 302
    assert Session.objects.filter(owner=lena).count() == 1
    assert kinds_sent() == ["security.password_changed"]
    freeze = Freeze.objects.get()
    assert freeze.reason == FreezeReason.PASSWORD_CHANGED
    assert freeze.ends_at - freeze.begins_at == timedelta(hours=24)


def test_this_session_goes_on_under_a_new_key(browser):
    before = browser.session.session_key

    change(browser, NEW)

    assert browser.session.session_key != before


@pytest.mark.parametrize("password", ["", "short", "qwertyuiop[]", "my name is lena ok", "nordlicht is mine"])
def test_a_bad_one_is_refused_with_a_sentence_and_nothing_changes(browser, password):
    prove(browser, "password")
    before = state_of()

    answer = browser.post(url("password"), {"password": password})

    assert answer.status_code == 422
    assert 'class="error" id="id_password_error"' in answer.content.decode()
    assert state_of() == before


def test_one_that_holds_the_anti_phishing_code_is_refused(browser, lena):
    change_code(actor=lena, code="Fjord7", step_up=Fresh(), where=HERE)

    answer = change(browser, "over the fjord7 fly geese")

    assert "must not contain your anti-phishing code" in text_of(answer)


def test_the_old_one_no_longer_proves_anything(browser, lena):
    change(browser, NEW)

    browser.post(url("code"), {"code": "Fjord7", "proof_password": PASSWORD})

    assert lena.carried_code() is None
