"""Passkeys, with one made of software: adding, proving, removing."""

import json
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from echt.accounts.factors import passkeys_of
from echt.accounts.models import Freeze, FreezeReason
from echt.accounts.proofs import methods_of
from echt.accounts.step_up import Method
from tests.accounts.soft_authenticator import SoftAuthenticator
from tests.accounts.steps import (
    asks_for_proof,
    kinds_sent,
    passkey_request,
    prove,
    state_of,
    text_of,
    url,
    with_app,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


def open_page(browser):
    prove(browser, "passkey_add")
    return browser.get(url("passkey_add"))


def add(browser, key, name="Lena’s phone"):
    return browser.post(
        url("passkey_add"), {"name": name, "credential": key.create(passkey_request(open_page(browser)))}
    )


def remove(browser, passkey, key):
    where = url("passkey_remove", passkey.pk)
    asked = browser.post(where)
    return browser.post(where, {"proof_passkey": key.get(passkey_request(asked))})


def test_the_page_asks_for_a_proof_first(browser):
    assert asks_for_proof(browser.get(url("passkey_add")))


def test_the_request_wants_a_key_that_knows_its_owner_and_can_sign_in_alone(browser, lena):
    request = passkey_request(open_page(browser))

    assert request["authenticatorSelection"]["userVerification"] == "required"
    assert request["authenticatorSelection"]["residentKey"] == "required"
    assert request["user"]["name"] == "lena@example.org"
    assert request["rp"]["name"] == "Nordlicht Exchange"


def test_a_passkey_is_added_with_its_name(browser, lena):
    answer = add(browser, SoftAuthenticator())

    assert answer.url == url("recovery_codes")
    assert [passkey.wrap().name for passkey in passkeys_of(lena)] == ["Lena’s phone"]
    assert methods_of(lena) == [Method.PASSKEY, Method.CODE]
    assert kinds_sent() == ["security.passkey_added"]
    assert Freeze.objects.get().reason == FreezeReason.FACTOR_ADDED
    assert "Lena’s phone" in text_of(browser.get(url("passkeys")))


def test_with_a_passkey_another_one_is_added_by_proving_with_the_first(browser, lena):
    first, second = SoftAuthenticator(), SoftAuthenticator()
    add(browser, first)
    asked = browser.get(url("passkey_add"))
    assert browser.post(url("passkey_add"), {"proof_passkey": first.get(passkey_request(asked))}).url == url(
        "passkey_add"
    )

    credential = second.create(passkey_request(browser.get(url("passkey_add"))))
    browser.post(url("passkey_add"), {"name": "Key", "credential": credential})

    assert len(passkeys_of(lena)) == 2


@pytest.mark.parametrize("key", [SoftAuthenticator(verifies=False)], ids=["without verification of its owner"])
def test_an_answer_that_does_not_fit_is_refused_and_nothing_changes(browser, key):
    request = passkey_request(open_page(browser))
    before = state_of()

    answer = browser.post(url("passkey_add"), {"name": "Key", "credential": key.create(request)})

    assert answer.status_code == 422
    assert "Your browser did not answer" in text_of(answer)
    assert 'value="Key"' in answer.content.decode()
    assert state_of() == before


def test_an_answer_to_another_request_is_refused(browser):
    key = SoftAuthenticator()
    old = passkey_request(open_page(browser))
    browser.get(url("passkey_add"))

    answer = browser.post(url("passkey_add"), {"name": "Key", "credential": key.create(old)})

    assert answer.status_code == 422
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "nonsense", ["", "{", "[]", "null", "7", json.dumps({"id": "AA", "type": "public-key", "response": {}})]
)
def test_nonsense_is_refused_and_nothing_changes(browser, nonsense):
    open_page(browser)
    before = state_of()

    answer = browser.post(url("passkey_add"), {"name": "Key", "credential": nonsense})

    assert answer.status_code == 422
    assert "Your browser did not answer" in text_of(answer)
    assert state_of() == before


def test_a_name_is_wanted(browser):
    answer = add(browser, SoftAuthenticator(), name=" ")

    assert answer.status_code == 422
    assert not Authenticator.objects.exists()


def test_removing_one_names_it_wants_a_proof_and_freezes_money(browser, lena):
    key = SoftAuthenticator()
    add(browser, key)
    (passkey,) = passkeys_of(lena)
    assert "Lena’s phone" in text_of(browser.post(url("passkey_remove", passkey.pk)))

    answer = remove(browser, passkey, key)

    assert answer.url == url("security")
    assert passkeys_of(lena) == []
    removal = Freeze.objects.get(reason=FreezeReason.FACTOR_REMOVED)
    assert removal.ends_at - removal.begins_at == timedelta(hours=24)
    assert "security.passkey_removed" in kinds_sent()


def test_a_proof_for_removing_one_removes_no_other(browser, lena):
    first, second = SoftAuthenticator(), SoftAuthenticator()
    add(browser, first)
    prove(browser, "passkey_add", proof_passkey=first.get(passkey_request(browser.get(url("passkey_add")))))
    credential = second.create(passkey_request(browser.get(url("passkey_add"))))
    browser.post(url("passkey_add"), {"name": "Key", "credential": credential})
    one, other = passkeys_of(lena)

    proof = first.get(passkey_request(browser.post(url("passkey_remove", one.pk))))
    answer = browser.post(url("passkey_remove", other.pk), {"proof_passkey": proof})

    assert asks_for_proof(answer)
    assert passkeys_of(lena) == [one, other]


def test_somebody_elses_passkey_is_as_absent_as_none(browser, lena, stranger, client_of):
    add(client_of(stranger), SoftAuthenticator())
    (foreign,) = passkeys_of(stranger)
    with_app(lena)

    assert browser.post(url("passkey_remove", foreign.pk)).status_code == 404
    assert browser.post(url("passkey_remove", foreign.pk + 1000)).status_code == 404
    assert passkeys_of(stranger) == [foreign]


def test_the_list_without_any_says_what_to_do(browser):
    assert "No passkey yet" in text_of(browser.get(url("passkeys")))
