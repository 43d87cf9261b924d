"""A stranger becomes a customer who recognises genuine mail: the whole story in a real browser, with real messages."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PASSWORD = "four quiet herons walk"
WORDS = {
    "de": {
        "code": "Ihr Anti-Phishing-Code",
        "number": "Nummer dieser Nachricht",
        "none": "noch keiner eingerichtet",
        "hello": "Guten Tag",
        "sent": "Diese Nachricht haben wir Ihnen geschickt",
    },
    "en": {
        "code": "Your anti-phishing code",
        "number": "Number of this message",
        "none": "none set yet",
        "hello": "Hello",
        "sent": "We sent this message to you",
    },
}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_stranger_signs_up_sets_a_code_and_receives_mail_that_carries_it(product, visit, size, language):
    address = f"stranger-{size}-{language}@posteo.example"
    page = visit(size=size, language=language)
    words = WORDS[language]

    sign_up(page, product, address)
    confirmation = product.mails_to(address)[-1]
    assert_strip(confirmation, words, code=words["none"])

    set_code(page, size, "Ab12")
    test_mail = product.wait_for_mail(address, after=1)
    assert_strip(test_mail, words, code="Ab12")

    change_code(page, size, "Zx98")
    notice, second_test = product.wait_for_mails(address, count=4)[-2:]
    assert_strip(notice, words, code="Ab12")
    assert_strip(second_test, words, code="Zx98")
    assert "Zx98" not in notice.text

    for mail in product.mails_to(address):
        assert not any(code in mail.subject for code in ("Ab12", "Zx98", mail.number))
    look_up(page, product, second_test.number, words)


def sign_up(page: Page, product, address: str) -> None:
    page.goto(f"{product.origin}/sign-up/")
    page.fill("#id_email", address)
    page.fill("#id_password1", PASSWORD)
    page.click("main form button.primary")
    page.fill("#id_code", product.wait_for_mail(address).one_time_code)
    page.click("main form button.primary")
    page.wait_for_url("**/security/")


def set_code(page: Page, size: str, code: str) -> None:
    """From the security page, as a person goes: row, on narrow the reminder, field, proof."""
    page.goto(re.sub(r"/security/.*", "/security/", page.url))
    page.click("main a[href^='/security/code/']")
    if size == "narrow":
        expect(page.locator("#id_code")).to_be_hidden()
        page.click("main .button.primary:visible")
    page.fill("#id_code", code)
    expect(page.locator("[data-code-echo]").first).to_have_text(code)
    page.click("main form:has(#id_code) button.primary")
    page.fill("#id_proof_password", PASSWORD)
    page.click("main form:has(#id_proof_password) button[type=submit]")
    expect(page.locator("#id_proof_password")).to_have_count(0)


change_code = set_code


def look_up(page: Page, product, number: str, words: dict[str, str]) -> None:
    page.goto(product.origin)
    page.fill("#number", number.lower())
    page.click("main form button.primary")
    expect(page.locator("main")).to_contain_text(words["sent"])
    expect(page.locator("main")).to_contain_text("s•••••@p•••••.example")


def assert_strip(mail, words: dict[str, str], *, code: str) -> None:
    """Code and number stand first, in both parts, in the words that never change."""
    text = mail.text.splitlines()
    assert text[0].startswith(words["code"])
    assert code in text[0]
    assert text[1].startswith(words["number"])
    assert mail.number in text[1]
    told = re.sub(r"<[^>]+>", " ", re.sub(r"<(style|title|head).*?</\1>", " ", mail.html, flags=re.DOTALL))
    positions = [told.index(piece) for piece in (words["code"], code, words["number"], mail.number, words["hello"])]
    assert positions == sorted(positions)
