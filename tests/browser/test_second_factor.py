"""A second factor from its set-up to its use: the authenticator app, and the recovery codes that stand in for it."""

import re

import pytest
from django.utils import translation
from playwright.sync_api import Page, expect

from echt.accounts.factors import WRONG_CODE
from tests.browser.people import AuthenticatorApp, add_passkey, newcomer, prove, type_code, type_password

pytestmark = pytest.mark.browser

WRONG_APP = "000000"
WRONG_RECOVERY = "22222-22222"
REQUEST = "main form[data-passkey=get]"


def test_an_app_is_set_up_from_the_page_and_asked_for_in_another_window(browser, product, visit):
    person = newcomer(browser, product, "app")
    page = visit(storage_state=person.cookies)
    app = set_up_app(page, product, person)
    expect(page.locator("#toasts .toast")).to_be_visible()
    told = product.wait_for_mail(person.address, after=1)

    other = visit(size="narrow")
    type_password(other, product, person)
    assert_refused(other, WRONG_APP)
    with translation.override("en"):
        expect(other.locator("#id_code_error")).to_have_text(str(WRONG_CODE))
    before = len(product.mails_to(person.address))
    type_code(other, app.code())
    other.wait_for_url("**/sign-in/device/")
    assert_refused(other, "12345678")
    type_code(other, product.wait_for_mail(person.address, after=before).one_time_code)
    other.wait_for_url("**/security/")
    assert app.secret not in told.text


def set_up_app(page: Page, product, person) -> AuthenticatorApp:
    page.goto(f"{product.origin}/security/authenticator/")
    prove(page, person)
    app = AuthenticatorApp(page.inner_text("main .hash").replace(" ", ""))
    assert_refused(page, WRONG_APP)
    assert app.secret == page.inner_text("main .hash").replace(" ", "")
    type_code(page, app.code())
    page.wait_for_url("**/security/recovery-codes/")
    return app


def assert_refused(page: Page, code: str) -> None:
    """A wrong code keeps the page and gets a sentence, joined to the field; the field holds what was typed."""
    before = page.url
    type_code(page, code)
    expect(page.locator("#id_code_error")).to_contain_text(".")
    expect(page.locator("#id_code")).to_have_attribute("aria-describedby", "id_code_error")
    expect(page.locator("#id_code")).to_have_value(code)
    assert page.url == before


def test_recovery_codes_are_shown_once_and_each_is_good_once(browser, product, visit):
    person = newcomer(browser, product, "recovery")
    page = visit(storage_state=person.cookies)
    add_passkey(page, product, person)
    codes = make_recovery_codes(page)
    assert len(codes) == len(set(codes)) == 10
    page.goto(page.url)
    assert not any(code in page.content() for code in codes)

    without_the_passkey = visit()
    sign_in_with(without_the_passkey, product, person, codes[0])
    expect(without_the_passkey.locator("main")).to_contain_text(re.compile(r"\b9\b\D+\b10\b"))

    again = visit()
    type_password(again, product, person)
    assert_refused(again, codes[0])
    assert_refused(again, WRONG_RECOVERY)
    again.goto(f"{product.origin}/security/")
    again.wait_for_url("**/sign-in/**")


def make_recovery_codes(page: Page) -> list[str]:
    """From the page where the set-up of a factor ends; the passkey proves."""
    page.click("main form button.primary")
    page.click(f"{REQUEST} button")
    expect(page.locator("ul.recovery-codes li")).to_have_count(10)
    return page.locator("ul.recovery-codes li").all_inner_texts()


def sign_in_with(page: Page, product, person, recovery_code: str) -> None:
    type_password(page, product, person)
    before = len(product.mails_to(person.address))
    type_code(page, recovery_code.upper().replace("-", " "))
    page.wait_for_url("**/sign-in/device/")
    mails = product.wait_for_mails(person.address, count=before + 2)[before:]
    code = next(mail for mail in mails if mail.has_one_time_code)
    type_code(page, code.one_time_code)
    page.wait_for_url("**/security/")
