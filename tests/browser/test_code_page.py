"""The page of the anti-phishing code: advice while one types, refusals that change nothing, and what it hides."""

import re

import pytest
from django.utils import translation
from playwright.sync_api import Page, expect

from echt.accounts.codes import SENTENCES, Rule
from echt.accounts.settings import accounts_settings
from tests.browser.people import newcomer, prove, type_password
from tests.browser.test_first_customer import set_code

pytestmark = pytest.mark.browser

CODE = "Fj0rd7"
BAD = {
    "a+b": (Rule.CHARACTERS, "characters"),
    "zwölf": (Rule.CHARACTERS, "characters"),
    "Fj0rd78": (Rule.LENGTH, None),
    "7777": (Rule.REPEATED, "repeated"),
    "qwerty": (Rule.COMMON, None),
    "nord": (Rule.BRAND, "brand"),
    "Posteo": (Rule.OWN_NAME, "own_name"),
    "page": (Rule.OWN_NAME, "own_name"),
}
"""What is typed: the rule that it breaks, and the advice that the browser gives by itself."""


@pytest.fixture(scope="module")
def owner(browser, product):
    """Somebody who has a code."""
    person = newcomer(browser, product, "code.page")
    with browser.new_context(storage_state=person.cookies) as window:
        page = window.new_page()
        page.goto(f"{product.origin}/security/")
        set_code(page, "wide", CODE)
    return person


def test_the_example_follows_what_is_typed(owner, product, visit):
    page = open_page(owner, product, visit)
    chip = page.locator(".mail-window [data-code-echo]")
    expect(chip).not_to_contain_text(CODE)

    page.locator("#id_code").press_sequentially("Ab1")
    expect(chip).to_have_text("Ab1")
    expect(advice(page, "short")).to_be_visible()
    page.locator("#id_code").press_sequentially("2")
    expect(chip).to_have_text("Ab12")
    expect(advice(page, "good")).to_be_visible()
    expect(page.locator("[data-code-count]")).to_have_text("4 / 6")
    page.fill("#id_code", "")
    expect(chip).not_to_contain_text("Ab12")


def test_each_bad_code_gets_its_sentence_and_changes_nothing(owner, product, visit):
    page = open_page(owner, product, visit)
    numbers = numbers_of_messages(page, product)
    for typed, (rule, advised) in BAD.items():
        open_field(page, product)
        page.eval_on_selector("#id_code", "field => field.removeAttribute('maxlength')")
        page.fill("#id_code", typed)
        if advised:
            expect(advice(page, advised)).to_be_visible()
            expect(page.locator(".mail-window [data-code-echo]")).not_to_have_text(typed)
        assert_refused(page, typed, rule)

    assert numbers_of_messages(page, product) == numbers
    assert codes_in_the_ledger(page, product, owner) == [CODE]


def test_rule_7_a_part_of_the_password_is_refused_once_the_password_is_typed(owner, product, visit):
    page = open_page(owner, product, visit)
    page.fill("#id_code", "quiet")
    save(page)
    prove(page, owner)
    expect(page.locator("#id_code_error")).to_have_text(sentence(Rule.PASSWORD))
    expect(page.locator("#id_code")).to_have_value("quiet")
    assert "quiet" not in codes_in_the_ledger(page, product, owner)


def test_a_code_that_is_set_is_not_in_the_page_before_it_is_revealed(owner, product, visit):
    page = open_page(owner, product, visit)
    for path in ("/security/code/", "/security/", "/messages/", "/profile/"):
        assert CODE not in page.request.get(product.origin + path).text(), path

    page.click("#current button")
    expect(page.locator("#id_proof_password")).to_be_visible()
    assert CODE not in page.content()
    prove(page, owner)
    expect(page.locator("#current .code")).to_have_text(CODE)
    open_field(page, product)
    assert CODE not in page.content()


def open_page(owner, product, visit) -> Page:
    """In a session of its own, in which nothing was proved yet; the device is known."""
    page = visit(storage_state=owner.cookies)
    page.context.clear_cookies(name="session")
    type_password(page, product, owner)
    page.wait_for_url("**/security/")
    open_field(page, product)
    return page


def open_field(page: Page, product) -> None:
    page.goto(f"{product.origin}/security/code/")


def save(page: Page) -> None:
    page.click("main form:has(#id_code) button.primary")


def advice(page: Page, name: str):
    return page.locator(f"[data-code-when={name}]")


def assert_refused(page: Page, typed: str, rule: Rule) -> None:
    save(page)
    expect(page.locator("#id_code_error")).to_have_text(sentence(rule))
    expect(page.locator("#id_code")).to_have_value(typed)
    expect(page.locator("#id_code")).to_be_focused()


def sentence(rule: Rule) -> str:
    with translation.override("en"):
        return str(SENTENCES[rule]) % {"most": accounts_settings().code_length}


def numbers_of_messages(page: Page, product) -> list[str]:
    """From the ledger, which knows of a message before it has left."""
    page.goto(f"{product.origin}/messages/")
    return re.findall(r"\b\w{4}-\w{4}-\w{3}\b", page.inner_text("main table"))


def codes_in_the_ledger(page: Page, product, owner) -> list[str]:
    """Every code that the person ever had, as the page shows them after a proof."""
    open_field(page, product)
    page.click("#current button")
    prove(page, owner)
    return page.locator("section[aria-labelledby=codes] .code").all_inner_texts()
