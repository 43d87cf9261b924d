"""Passkeys in a browser that has them: Chromium's own authenticator, to which a test lends its finger."""

import pytest
from django.utils import translation
from playwright.sync_api import expect

from echt.accounts.adapter import FactorAdapter
from tests.browser.people import PasskeyDevice, add_passkey, newcomer, type_password

pytestmark = pytest.mark.browser

REQUEST = "main form[data-passkey=get]"


@pytest.fixture(scope="module")
def owner(browser, product):
    """Somebody with one passkey, and the device that holds it."""
    person = newcomer(browser, product, "passkey")
    with browser.new_context(storage_state=person.cookies) as window:
        yield person, add_passkey(window.new_page(), product, person)


def test_a_passkey_signs_in_alone_and_a_new_device_needs_no_code(owner, product, visit):
    person, device = owner
    before = len(product.mails_to(person.address))
    page = visit()
    device.copy_to(PasskeyDevice(page))

    page.goto(f"{product.origin}/sign-in/")
    page.click(f"{REQUEST} button")
    page.wait_for_url("**/security/")
    assert not product.wait_for_mail(person.address, after=before).has_one_time_code


def test_a_step_up_by_passkey_is_good_for_that_step_alone(owner, product, visit):
    person, device = owner
    page = visit(storage_state=person.cookies)
    device.copy_to(PasskeyDevice(page))

    ask_for_code(page, product, "Pk12")
    expect(page.locator("#id_proof_password")).to_have_count(0)
    page.eval_on_selector(f"{REQUEST} [name=code]", "field => field.value = 'Evil9'")
    page.click(f"{REQUEST} button")
    expect(page.locator("main .code")).to_have_text("Evil9")
    page.goto(f"{product.origin}/security/code/")
    expect(page.locator("#current")).to_have_count(0)

    ask_for_code(page, product, "Pk12")
    page.click(f"{REQUEST} button")
    page.wait_for_url("**/security/")
    page.goto(f"{product.origin}/security/code/")
    expect(page.locator("#current")).to_be_visible()
    person.remember(page)


def test_a_device_that_does_not_confirm_leaves_a_sentence(owner, product, visit):
    person, device = owner
    page = visit(storage_state=person.cookies)
    mine = PasskeyDevice(page)
    device.copy_to(mine)
    mine.refuse()

    ask_for_code(page, product, "Pk34")
    page.click(f"{REQUEST} button")
    expect(page.locator("[data-passkey-problem]")).to_be_visible()
    expect(page.locator(f"{REQUEST} button")).not_to_have_attribute("aria-busy", "true")


def ask_for_code(page, product, code: str) -> None:
    """Everything up to the question for a proof."""
    page.goto(f"{product.origin}/security/code/")
    page.fill("#id_code", code)
    page.click("main form:has(#id_code) button.primary")


def test_trap_1_removing_a_passkey_asks_for_the_second_factor_never_for_the_password(browser, product, visit):
    person = newcomer(browser, product, "trap-1")
    page = visit(storage_state=person.cookies)
    device = add_passkey(page, product, person)

    ask_for_removal(page, product)
    expect(page.locator(f"{REQUEST} button")).to_be_visible()
    expect(page.locator("[name=proof_password]")).to_have_count(0)
    page.eval_on_selector("#id_proof_code", "field => field.name = 'proof_password'")
    page.fill("#id_proof_code", person.password)
    page.click("main form:has(#id_proof_code) button[type=submit]")
    expect(page.locator("[name=proof_password]")).to_have_count(0)
    expect(page.locator("#id_proof_code")).to_be_visible()
    page.goto(f"{product.origin}/security/passkeys/")
    expect(page.locator("main .row")).to_have_count(1)

    ask_for_removal(page, product)
    page.click(f"{REQUEST} button")
    page.wait_for_url("**/security/")
    page.goto(f"{product.origin}/security/passkeys/")
    expect(page.locator("main .row")).to_have_count(0)
    assert_opens_nothing(device, product, visit)


def ask_for_removal(page, product) -> None:
    page.goto(f"{product.origin}/security/passkeys/")
    page.click("main .row button")
    page.click("dialog[open] button[type=submit]")


def assert_opens_nothing(device: PasskeyDevice, product, visit) -> None:
    """The device still has the passkey, but it is no longer taken."""
    page = visit()
    device.copy_to(PasskeyDevice(page))
    page.goto(f"{product.origin}/sign-in/")
    page.click(f"{REQUEST} button")
    with translation.override("en"):
        refusal = str(FactorAdapter.error_messages["incorrect_code"])
    expect(page.locator("main .notice.danger")).to_contain_text(refusal)
    page.goto(f"{product.origin}/security/")
    page.wait_for_url("**/sign-in/**")


def test_an_answer_that_no_passkey_gave_leaves_a_sentence_at_the_second_factor(owner, product, visit):
    person, _device = owner
    page = visit()
    type_password(page, product, person)
    page.wait_for_url("**/sign-in/second-factor/")
    expect(page.locator(f"{REQUEST} [role=alert]")).to_be_hidden()
    page.eval_on_selector(REQUEST, "form => { form.elements.credential.value = '{}'; form.submit(); }")
    expect(page.locator(f"{REQUEST} [role=alert]")).to_be_visible()
    page.goto(f"{product.origin}/security/")
    page.wait_for_url("**/sign-in/**")
