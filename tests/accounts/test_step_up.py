"""The rules of `step_up`, asked of the pages; and the traps of the libraries that they avoid."""

from datetime import timedelta

import pytest
from django.test import Client

from echt.accounts.actions.authenticator_app import remove_app
from echt.accounts.actions.codes import change_code
from echt.accounts.factors import recovery_codes_left
from echt.accounts.models import User
from echt.accounts.proofs import WRONG_PROOFS
from echt.accounts.step_up import FRESH, Grants, Sensitive, StepUpRequired, binding
from tests.accounts.soft_authenticator import SoftAuthenticator
from tests.accounts.steps import (
    HERE,
    Fresh,
    app_code,
    asks_for_proof,
    has_app,
    passkey_request,
    prove,
    state_of,
    text_of,
    url,
    with_app,
    wrong_app_code,
)
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

NEW_PASSWORD = "seven grey geese over the marsh"


@pytest.fixture
def passkey(lena, browser):
    """A passkey of Lena's, added through the page."""
    prove(browser, "passkey_add")
    key = SoftAuthenticator()
    credential = key.create(passkey_request(browser.get(url("passkey_add"))))
    browser.post(url("passkey_add"), {"name": "Key", "credential": credential})
    return key


def reload(user):
    return User.objects.get(pk=user.pk)


# rule 1 -------------------------------------------------------------------------------------------------------


def test_rule_1_a_proof_is_fresh_for_five_minutes_to_the_instant(browser, travel):
    prove(browser, "password")
    travel.shift(timedelta(seconds=FRESH))

    assert not asks_for_proof(browser.get(url("password")))


def test_rule_1_an_instant_later_it_is_asked_for_again(browser, travel):
    prove(browser, "password")
    travel.shift(timedelta(seconds=FRESH, microseconds=1))

    assert asks_for_proof(browser.get(url("password")))


def test_rule_1_a_form_that_took_too_long_changes_nothing_and_writes_no_password_into_the_page(browser, lena, travel):
    prove(browser, "password")
    travel.shift(timedelta(seconds=FRESH + 1))
    before = state_of()

    answer = browser.post(url("password"), {"password": NEW_PASSWORD})

    assert asks_for_proof(answer)
    assert NEW_PASSWORD not in answer.content.decode()
    assert state_of() == before


# rule 2 -------------------------------------------------------------------------------------------------------


def test_rule_2_with_a_second_factor_the_right_password_is_not_enough(browser, lena):
    with_app(lena)

    answer = browser.post(url("code"), {"code": "Fjord7", "proof_password": PASSWORD})

    assert answer.status_code == 422
    assert asks_for_proof(answer)
    assert 'name="proof_password"' not in answer.content.decode()
    assert 'name="proof_code"' in answer.content.decode()
    assert lena.carried_code() is None


def test_trap_1_the_password_alone_does_not_remove_the_second_factor(browser, lena):
    with_app(lena)
    before = state_of()

    answer = browser.post(url("authenticator_remove"), {"proof_password": PASSWORD})

    assert asks_for_proof(answer)
    assert has_app(lena)
    assert state_of() == before


@pytest.mark.parametrize(
    "path", ["/reauthenticate/", "/2fa/", "/2fa/totp/deactivate/", "/2fa/reauthenticate/", "/email/"]
)
def test_trap_1_the_library_s_own_pages_for_it_do_not_exist(browser, path):
    assert browser.get(path).status_code == 404
    assert browser.post(path).status_code == 404


# rule 3 -------------------------------------------------------------------------------------------------------


def test_rule_3_a_proof_for_one_step_is_none_for_another(browser):
    prove(browser, "password")

    assert asks_for_proof(browser.get(url("authenticator_add")))


def test_rule_3_a_proof_is_used_up_by_its_step(browser, lena):
    prove(browser, "password")
    assert browser.post(url("password"), {"password": NEW_PASSWORD}).url == url("security")

    assert asks_for_proof(browser.get(url("password")))


def test_rule_3_a_passkey_s_proof_for_one_code_does_not_set_another(browser, lena, passkey):
    asked = browser.post(url("code"), {"code": "Fjord7"})
    proof = passkey.get(passkey_request(asked))

    answer = browser.post(url("code"), {"code": "Forged", "proof_passkey": proof})

    assert asks_for_proof(answer)
    assert lena.carried_code() is None


def test_rule_3_a_passkey_s_proof_for_this_code_sets_it(browser, lena, passkey):
    asked = browser.post(url("code"), {"code": "Fjord7"})

    browser.post(url("code"), {"code": "Fjord7", "proof_passkey": passkey.get(passkey_request(asked))})

    assert lena.carried_code() == "Fjord7"


def test_rule_3_a_passkey_s_answer_is_taken_once(browser, lena, passkey):
    asked = browser.post(url("code"), {"code": "Fjord7"})
    proof = passkey.get(passkey_request(asked))
    browser.post(url("code"), {"code": "Fjord7", "proof_passkey": proof})
    change_code(actor=lena, code="Elbe42", step_up=Fresh(), where=HERE)

    answer = browser.post(url("code"), {"code": "Fjord7", "proof_passkey": proof})

    assert answer.status_code == 422
    assert lena.carried_code() == "Elbe42"


def test_rule_3_the_page_shows_the_parameters_that_the_proof_is_bound_to(browser):
    asked = browser.post(url("lock_settings"), {"days": "9", "known": "on"})

    assert "9 days" in text_of(asked)


def test_rule_3_the_binding_names_person_action_and_parameters(lena, stranger):
    bound = binding(lena, Sensitive.CHANGE_CODE, {"code": "Fjord7"})

    assert bound == binding(lena, Sensitive.CHANGE_CODE, {"code": "Fjord7"})
    assert bound != binding(stranger, Sensitive.CHANGE_CODE, {"code": "Fjord7"})
    assert bound != binding(lena, Sensitive.REVEAL_CODE, {"code": "Fjord7"})
    assert bound != binding(lena, Sensitive.CHANGE_CODE, {"code": "Fjord8"})


def test_rule_3_an_action_of_the_house_asks_before_it_writes(lena):
    class Never:
        password = None

        def require(self, sensitive, **params):
            raise StepUpRequired(sensitive, params)

    with_app(lena)
    before = state_of()
    with pytest.raises(StepUpRequired) as required:
        remove_app(actor=lena, step_up=Never(), where=HERE)

    assert required.value.sensitive is Sensitive.REMOVE_APP
    assert state_of() == before


# rule 4 -------------------------------------------------------------------------------------------------------


def test_rule_4_a_revealing_step_is_content_with_any_fresh_proof_of_the_session(browser, lena):
    change_code(actor=lena, code="Fjord7", step_up=Fresh(), where=HERE)
    prove(browser, "password")

    assert "Fjord7" in text_of(browser.post(url("code_reveal")))


def test_rule_4_but_not_with_one_of_another_session(browser, lena, client_of):
    change_code(actor=lena, code="Fjord7", step_up=Fresh(), where=HERE)
    prove(browser, "password")

    assert asks_for_proof(client_of(lena).post(url("code_reveal")))


def test_rule_4_nor_with_an_old_one(browser, lena, travel):
    change_code(actor=lena, code="Fjord7", step_up=Fresh(), where=HERE)
    prove(browser, "password")
    travel.shift(timedelta(seconds=FRESH + 1))

    assert asks_for_proof(browser.post(url("code_reveal")))


def test_rule_4_a_proof_for_revealing_is_none_for_a_binding_step(browser, lena):
    browser.post(url("code_reveal"), {"proof_password": PASSWORD})

    assert asks_for_proof(browser.post(url("code"), {"code": "Fjord7"}))
    assert lena.carried_code() is None


# rule 5 -------------------------------------------------------------------------------------------------------


def wrong_tries(browser, count):
    return [browser.post(url("code"), {"code": "Fjord7", "proof_password": "wrong"}) for _ in range(count)]


def test_rule_5_a_wrong_proof_says_so_and_changes_nothing(browser):
    before = state_of()

    (answer,) = wrong_tries(browser, 1)

    assert answer.status_code == 422
    assert "That is not your password." in text_of(answer)
    assert 'aria-invalid="true"' in answer.content.decode()
    assert state_of() == before


def test_rule_5_wrong_proofs_count_although_the_step_is_rolled_back(browser, lena):
    wrong_tries(browser, WRONG_PROOFS.count)

    answer = browser.post(url("code"), {"code": "Fjord7", "proof_password": PASSWORD})

    assert "Too many wrong attempts" in text_of(answer)
    assert lena.carried_code() is None


def test_rule_5_they_count_for_the_person_whatever_the_browser(browser, lena, client_of):
    wrong_tries(browser, WRONG_PROOFS.count)

    answer = client_of(lena).post(url("code"), {"code": "Fjord7", "proof_password": PASSWORD})

    assert "Too many wrong attempts" in text_of(answer)


def test_rule_5_the_limit_ends_by_itself(browser, lena, travel):
    wrong_tries(browser, WRONG_PROOFS.count)
    travel.shift(timedelta(seconds=WRONG_PROOFS.seconds))

    browser.post(url("code"), {"code": "Fjord7", "proof_password": PASSWORD})

    assert lena.carried_code() == "Fjord7"


def test_rule_5_a_right_proof_clears_the_count(browser, lena):
    wrong_tries(browser, WRONG_PROOFS.count - 1)
    browser.post(url("code"), {"code": "Fjord7", "proof_password": PASSWORD})
    wrong_tries(browser, WRONG_PROOFS.count - 1)

    browser.post(url("code"), {"code": "Elbe42", "proof_password": PASSWORD})

    assert lena.carried_code() == "Elbe42"


def test_rule_5_nobody_elses_tries_count(browser, stranger, client_of):
    wrong_tries(browser, WRONG_PROOFS.count)

    client_of(stranger).post(url("code"), {"code": "Fjord7", "proof_password": PASSWORD})

    assert stranger.carried_code() == "Fjord7"


def test_rule_5_wrong_codes_of_the_app_count_too(browser, lena):
    with_app(lena)
    for _ in range(WRONG_PROOFS.count):
        browser.post(url("code"), {"code": "Fjord7", "proof_code": wrong_app_code()})

    browser.post(url("code"), {"code": "Fjord7", "proof_code": app_code()})

    assert lena.carried_code() is None


# rule 6 -------------------------------------------------------------------------------------------------------


@pytest.fixture
def locked(lena, browser):
    browser.post(url("lock_settings"), {"days": "3", "known": "on", "proof_password": PASSWORD})
    return reload(lena)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("code", {"code": "Fjord7"}),
        ("password", {}),
        ("authenticator_add", {}),
        ("passkey_add", {}),
        ("lock_settings", {"days": "1", "known": "on"}),
        ("close", {}),
    ],
)
def test_rule_6_while_the_settings_are_locked_a_binding_step_is_refused_whatever_the_proof(
    locked, browser, name, fields
):
    before = state_of()

    answer = browser.post(url(name), {**fields, "proof_password": PASSWORD})

    assert answer.status_code == 403
    assert "Your security settings are locked" in text_of(answer)
    assert state_of() == before


def test_rule_6_a_revealing_step_still_works(locked, browser):
    assert browser.post(url("data"), {"proof_password": PASSWORD}).url == url("data")


def test_rule_6_the_lock_ends_at_its_instant(locked, browser, travel):
    travel.move_to(locked.settings_locked_until - timedelta(microseconds=1))
    assert reload(locked).settings_locked
    travel.move_to(locked.settings_locked_until)
    assert not reload(locked).settings_locked


# rule 7 -------------------------------------------------------------------------------------------------------


def test_rule_7_a_proof_gives_the_session_a_new_key_and_the_old_one_is_worth_nothing(browser):
    old = browser.cookies["session"].value

    prove(browser, "password")
    thief = Client()
    thief.cookies["session"] = old

    assert browser.cookies["session"].value != old
    assert thief.get(url("security")).status_code == 302


def test_rule_7_a_wrong_proof_leaves_the_key(browser):
    old = browser.cookies["session"].value

    browser.post(url("password"), {"proof_password": "wrong wrong wrong"})

    assert browser.cookies["session"].value == old


# trap 3 and codes ---------------------------------------------------------------------------------------------


def test_trap_3_a_code_of_the_app_is_taken_once(browser, lena, travel):
    with_app(lena)
    code = app_code()
    browser.post(url("code"), {"code": "Fjord7", "proof_code": code})
    assert lena.carried_code() == "Fjord7"

    travel.shift(timedelta(seconds=20))
    again = browser.post(url("code"), {"code": "Elbe42", "proof_code": code})
    travel.shift(timedelta(seconds=25))
    later = browser.post(url("code"), {"code": "Elbe42", "proof_code": code})

    assert (again.status_code, later.status_code) == (422, 422)
    assert lena.carried_code() == "Fjord7"


def test_trap_3_a_code_of_the_half_minute_before_is_not_taken(browser, lena, travel):
    with_app(lena)
    code = app_code()
    travel.shift(timedelta(seconds=30))

    browser.post(url("code"), {"code": "Fjord7", "proof_code": code})

    assert lena.carried_code() is None


def test_a_passkey_without_verification_of_its_owner_is_no_proof(browser, lena, passkey):
    asked = browser.post(url("code"), {"code": "Fjord7"})
    passkey.flags &= ~0x04

    answer = browser.post(url("code"), {"code": "Fjord7", "proof_passkey": passkey.get(passkey_request(asked))})

    assert "The passkey could not be verified" in text_of(answer)
    assert lena.carried_code() is None


@pytest.mark.parametrize(
    "nonsense", ["{", "[]", "null", '{"id": 1}', '{"id":"AA","rawId":"AA","type":"public-key","response":{}}']
)
def test_nonsense_in_place_of_a_passkey_is_a_wrong_proof(browser, passkey, nonsense):
    browser.post(url("code"), {"code": "Fjord7"})

    assert browser.post(url("code"), {"code": "Fjord7", "proof_passkey": nonsense}).status_code == 422


def test_a_passkey_s_answer_without_a_request_is_a_wrong_proof(browser, lena, passkey):
    asked = browser.post(url("code"), {"code": "Fjord7"})
    proof = passkey.get(passkey_request(asked))

    other = Client()
    other.force_login(lena, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert other.post(url("code"), {"code": "Fjord7", "proof_passkey": proof}).status_code == 422
    assert lena.carried_code() is None


def test_a_recovery_code_proves_in_place_of_the_app(browser, lena):
    from echt.accounts.actions.recovery_codes import make_recovery_codes

    with_app(lena)
    first, *_rest = make_recovery_codes(actor=lena, step_up=Fresh(), where=HERE)

    browser.post(url("code"), {"code": "Fjord7", "proof_code": first.upper()})

    assert lena.carried_code() == "Fjord7"
    assert recovery_codes_left(lena) == 9


def test_old_grants_are_forgotten(travel):
    session = {}
    Grants(session).add("one")
    travel.shift(timedelta(seconds=FRESH + 1))
    Grants(session).add("two")

    assert set(session["step_up"]) == {"two"}
