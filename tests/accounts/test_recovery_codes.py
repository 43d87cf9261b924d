"""Recovery codes: hashed, shown once, taken once."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest

from echt.accounts.actions.recovery_codes import NoSecondFactor, make_recovery_codes
from echt.accounts.actions.second_factor import take_code
from echt.accounts.factors import LENGTH, RECOVERY_CODES, recovery_codes_left
from echt.accounts.models import RecoveryCode
from echt.mail.models import Message
from tests.accounts.steps import (
    HERE,
    Fresh,
    app_code,
    asks_for_proof,
    kinds_sent,
    state_of,
    text_of,
    url,
    with_app,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


@pytest.fixture
def lena(customer):
    customer.language = "en"
    customer.save()
    return with_app(customer)


@pytest.fixture
def codes(lena):
    return make_recovery_codes(actor=lena, step_up=Fresh(), where=HERE)


def take(user, code):
    return take_code(actor=user, code=code, where=HERE)


def test_there_are_ten_different_ones_without_letters_that_look_alike(codes):
    assert len(set(codes)) == RECOVERY_CODES
    assert all(re.fullmatch(r"[2-9a-hjkmnp-z]{5}-[2-9a-hjkmnp-z]{5}", code) for code in codes)


def test_rule_2_only_hashes_are_stored(codes, database_text):
    assert all(kept.digest.startswith("argon2") for kept in RecoveryCode.objects.all())
    text = database_text()
    assert not any(code in text or code.replace("-", "") in text for code in codes)


def test_rule_2_each_is_taken_once_however_it_is_typed(lena, codes):
    assert take(lena, f" {codes[0].upper().replace('-', ' ')} ")
    assert not take(lena, codes[0])
    assert take(lena, codes[1])
    assert recovery_codes_left(lena) == RECOVERY_CODES - 2


def test_its_use_is_told_with_how_many_are_left(lena, codes):
    take(lena, codes[0])

    message = Message.objects.get(kind="security.recovery_code_used")
    assert re.search(r"Codes left:?\s+9", message.text)


@pytest.mark.parametrize("wrong", ["", "22222-22222", "2" * (LENGTH - 1), "a" * 200])
def test_others_are_refused_and_nothing_changes(lena, codes, wrong):
    before = state_of()

    assert not take(lena, wrong)
    assert state_of() == before


def test_somebody_elses_code_is_refused(codes, stranger):
    with_app(stranger)

    assert not take(stranger, codes[0])


def test_new_ones_replace_the_old_ones(lena, codes):
    make_recovery_codes(actor=lena, step_up=Fresh(), where=HERE)

    assert not take(lena, codes[0])
    assert recovery_codes_left(lena) == RECOVERY_CODES


def test_without_a_second_factor_there_are_none(stranger):
    before = state_of()

    with pytest.raises(NoSecondFactor):
        make_recovery_codes(actor=stranger, step_up=Fresh(), where=HERE)
    assert state_of() == before


# the page -----------------------------------------------------------------------------------------------------


def test_the_page_says_what_will_happen_asks_for_a_proof_and_shows_the_codes_once(lena, client_of, travel):
    browser = client_of(lena)
    assert "You see the codes once" in text_of(browser.get(url("recovery_codes")))
    assert asks_for_proof(browser.post(url("recovery_codes")))

    shown = browser.post(url("recovery_codes"), {"proof_code": app_code()})
    found = re.findall(r'<li class="mono">([^<]+)</li>', shown.content.decode())

    assert len(found) == RECOVERY_CODES
    assert not any(code in text_of(browser.get(url("recovery_codes"))) for code in found)
    assert kinds_sent() == ["security.recovery_codes_made"]
    travel.shift(timedelta(minutes=1))
    assert take(lena, found[0])


def test_the_file_to_save_holds_the_same_codes(lena, client_of):
    shown = client_of(lena).post(url("recovery_codes"), {"proof_code": app_code()}).content.decode()

    file = unquote(re.search(r'href="data:text/plain;charset=utf-8,([^"]+)" download', shown)[1])
    assert re.findall(r'<li class="mono">([^<]+)</li>', shown) == file.split("\n")[2:-1]


def test_renewing_warns_that_the_old_ones_stop_working(lena, codes, client_of):
    page = text_of(client_of(lena).get(url("recovery_codes")))

    assert "10 of 10 codes are left" in page
    assert "the old ones stop working at once" in page


def test_who_has_no_second_factor_is_led_to_one(stranger, client_of):
    browser = client_of(stranger)

    assert "First a second factor" in text_of(browser.get(url("recovery_codes")))
    assert browser.post(url("recovery_codes")).url == url("recovery_codes")
