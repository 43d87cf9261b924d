"""Light and dark, German and English: what one chooses stays chosen."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import newcomer
from tests.browser.test_first_customer import set_code

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def person(browser, product):
    return newcomer(browser, product, "appearance")


def test_light_dark_or_the_systems_is_remembered(person, product, visit):
    page = visit(storage_state=person.cookies, theme="light")
    page.goto(f"{product.origin}/security/history/")
    light = ground(page)

    choose(page, "dark")
    dark = ground(page)
    assert dark != light
    page.goto(f"{product.origin}/messages/")
    assert ground(page) == dark
    expect(page.locator("#me [data-set=theme][value=dark]")).to_have_attribute("aria-pressed", "true")

    choose(page, "light")
    page.emulate_media(color_scheme="dark")
    page.reload()
    assert ground(page) == light

    choose(page, "auto")
    page.reload()
    assert ground(page) == dark
    page.emulate_media(color_scheme="light")
    assert ground(page) == light


def ground(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def choose(page: Page, theme: str) -> None:
    page.click("[popovertarget=me]")
    page.click(f"#me [data-set=theme][value={theme}]")
    page.keyboard.press("Escape")


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_stranger_stays_on_the_page_and_keeps_the_language(product, visit, size):
    page = visit(size=size, language="en")
    page.goto(f"{product.origin}/?number=nonsense")
    speak(page, "de")
    assert page.url == f"{product.origin}/?number=nonsense"
    page.goto(f"{product.origin}/sign-up/")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    speak(page, "en")
    assert page.url == f"{product.origin}/sign-up/"


def test_a_customers_language_holds_for_mails_and_for_every_window(person, product, visit):
    page = visit(storage_state=person.cookies, language="en")
    page.goto(f"{product.origin}/security/code/?step=field")
    speak(page, "de")
    assert page.url == f"{product.origin}/security/code/?step=field"

    before = len(product.mails_to(person.address))
    page.goto(f"{product.origin}/security/")
    set_code(page, "wide", "De12")
    person.remember(page)
    assert product.wait_for_mail(person.address, after=before).text.startswith("Ihr Anti-Phishing-Code: De12")

    other = visit(storage_state=person.cookies, language="en")
    other.context.clear_cookies(name="language")
    other.goto(f"{product.origin}/profile/")
    expect(other.locator("html")).to_have_attribute("lang", "de")
    expect(other.locator("#id_language")).to_have_value("de")


def speak(page: Page, language: str) -> None:
    page.click("[popovertarget=languages]")
    page.click(f"#languages button[value={language}]")
    expect(page.locator("html")).to_have_attribute("lang", language)
