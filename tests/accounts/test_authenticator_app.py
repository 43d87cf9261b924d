"""The authenticator app: adding it, removing it, what follows."""

import base64
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from echt.accounts.actions.recovery_codes import make_recovery_codes
from echt.accounts.factors import recovery_codes_left
from echt.accounts.models import Freeze, FreezeReason
from tests.accounts.steps import (
    HERE,
    SECRET,
    Fresh,
    app_code,
    asks_for_proof,
    has_app,
    kinds_sent,
    prove,
    state_of,
    text_of,
    url,
    with_app,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


def secret_on(page):
    return re.search(r'data-copy="([A-Z2-7]+)"', page.content.decode())[1]


@pytest.fixture
def secret(browser):
    """The secret that the page offers to Lena's app."""
    prove(browser, "authenticator_add")
    return secret_on(browser.get(url("authenticator_add")))


def test_the_page_asks_for_a_proof_before_it_shows_the_secret(browser):
    answer = browser.get(url("authenticator_add"))

    assert asks_for_proof(answer)
    assert "data-copy" not in answer.content.decode()


def test_the_picture_is_black_on_white_and_the_secret_stands_beside_it(browser, secret):
    page = browser.get(url("authenticator_add")).content.decode()

    picture = re.search(r'src="data:image/svg\+xml;charset=utf-8,([^"]+)"', page)[1]
    assert "%23fff" in picture
    assert "%23000" in picture
    assert " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)) in page


def test_the_app_is_added_with_the_code_that_it_shows(browser, lena, secret):
    answer = browser.post(url("authenticator_add"), {"code": app_code(secret)})

    assert answer.url == url("recovery_codes")
    assert has_app(lena)
    assert kinds_sent() == ["security.app_added"]
    assert Freeze.objects.get().reason == FreezeReason.FACTOR_ADDED


def test_a_wrong_code_adds_nothing_and_the_picture_stays_the_same(browser, secret):
    before = state_of()

    answer = browser.post(url("authenticator_add"), {"code": "000000" if app_code(secret) != "000000" else "000001"})

    assert answer.status_code == 422
    assert "That code does not fit" in text_of(answer)
    assert secret_on(answer) == secret
    assert state_of() == before


def test_the_code_that_added_the_app_proves_nothing_more(browser, lena, secret):
    browser.post(url("authenticator_add"), {"code": app_code(secret)})

    browser.post(url("code"), {"code": "Fjord7", "proof_code": app_code(secret)})

    assert lena.carried_code() is None


def test_the_secret_leaves_the_session_when_the_app_is_added(browser, secret):
    browser.post(url("authenticator_add"), {"code": app_code(secret)})

    assert secret not in str(dict(browser.session.items()))


def test_rule_3_the_secret_is_sealed(browser, secret, database_text):
    browser.post(url("authenticator_add"), {"code": app_code(secret)})

    assert Authenticator.objects.get().wrap().instance.data["secret"] != secret
    assert secret not in database_text()
    assert base64.b32decode(secret).hex() not in database_text()


def test_who_has_an_app_is_led_to_it(browser, lena):
    with_app(lena)

    assert "Authenticator app" in text_of(browser.get(url("authenticator")))
    assert browser.post(url("authenticator_remove"), {"proof_code": app_code()}).url == url("security")
    assert browser.get(url("authenticator")).url == url("authenticator_add")


def test_removing_it_freezes_money_drops_the_recovery_codes_and_is_told(browser, lena):
    with_app(lena)
    make_recovery_codes(actor=lena, step_up=Fresh(), where=HERE)

    browser.post(url("authenticator_remove"), {"proof_code": app_code()})

    assert not has_app(lena)
    assert recovery_codes_left(lena) == 0
    freeze = Freeze.objects.get()
    assert freeze.reason == FreezeReason.FACTOR_REMOVED
    assert freeze.ends_at - freeze.begins_at == timedelta(hours=24)
    assert "security.app_removed" in kinds_sent()


def test_before_it_is_removed_the_page_says_what_follows(browser, lena):
    with_app(lena)

    page = text_of(browser.get(url("authenticator")))

    assert "It is your only second factor" in page
    assert "Payments out pause for 24 hours" in page


def test_nobody_removes_somebody_elses_app(browser, lena, stranger):
    with_app(stranger)
    with_app(lena, SECRET)

    browser.post(url("authenticator_remove"), {"proof_code": app_code()})

    assert has_app(stranger)
