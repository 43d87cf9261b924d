"""Is it really us? What the look-up answers to a number, and to everything that is none."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import newcomer

pytestmark = pytest.mark.browser

GOOD, DOUBTFUL, BAD = (f".verdict .state.{kind}" for kind in ("success", "warning", "danger"))
ABSENT = "K7QF-2M9X-TDD"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
A_CLIENTS_SHARE = 30


@pytest.fixture(scope="module")
def recipient(browser, product):
    """Somebody who got a mail."""
    return newcomer(browser, product, "recipient")


@pytest.fixture
def number(product, recipient) -> str:
    return product.mails_to(recipient.address)[0].number


def test_anybody_learns_of_a_genuine_number_that_we_sent_it_but_not_to_whom(number, recipient, product, visit):
    page = visit(size="narrow")
    for typed in (number, number.lower().replace("-", " "), f"  {number} "):
        look_up(page, product, typed)
        expect(page.locator(GOOD)).to_have_count(1)
        expect(page.locator(".verdict")).to_contain_text(number)
        expect(page.locator(".verdict")).to_contain_text("r•••••@p•••••.example")
    assert recipient.address not in page.content()


def test_whoever_is_signed_in_learns_whether_it_went_to_them(number, recipient, cookies_of, product, visit):
    theirs = visit(storage_state=recipient.cookies)
    look_up(theirs, product, number)
    expect(theirs.locator(GOOD)).to_have_count(1)
    expect(theirs.locator(BAD)).to_have_count(0)

    somebody_else = visit(storage_state=cookies_of("ben@demo.example"))
    look_up(somebody_else, product, number)
    expect(somebody_else.locator(BAD)).to_have_count(1)
    expect(somebody_else.locator(GOOD)).to_have_count(0)


def test_what_is_no_number_of_ours_gets_a_sentence(number, recipient, product, visit):
    page = visit()
    answers = {
        ABSENT: BAD,
        mistyped(number): DOUBTFUL,
        recipient.address: DOUBTFUL,
        "nobody@posteo.example": DOUBTFUL,
        "¿…?": DOUBTFUL,
        "' OR 1=1 --": DOUBTFUL,
    }
    told = {typed: answer(page, product, typed, kind) for typed, kind in answers.items()}
    assert told[recipient.address] == told["nobody@posteo.example"] == told["¿…?"]
    assert len(set(told.values())) == 3


def mistyped(number: str) -> str:
    """With another character at its end."""
    return number[:-1] + ALPHABET[(ALPHABET.index(number[-1]) + 1) % len(ALPHABET)]


def answer(page: Page, product, typed: str, kind: str) -> str:
    look_up(page, product, typed)
    expect(page.locator(kind)).to_have_count(1)
    expect(page.locator("#number")).to_have_value(typed)
    return page.inner_text(".verdict")


def test_script_stays_text(product, visit):
    page = visit()
    page.on("dialog", lambda dialog: pytest.fail(f"A script ran: {dialog.message}"))
    typed = """"><script>alert(1)</script><img src=x onerror=alert(2)>"""
    assert answer(page, product, typed, DOUBTFUL)
    assert page.locator("main script, main img").count() == 0


def test_ten_thousand_characters_are_cut_by_the_field_and_answered(product, visit):
    page = visit()
    look_up(page, product, "K7QF" * 2_500)
    expect(page.locator(DOUBTFUL)).to_have_count(1)
    assert len(page.input_value("#number")) == 200
    assert page.request.get(f"{product.origin}/check/{'K' * 10_000}/").status in {404, 414}


def test_after_so_many_questions_a_client_waits_and_is_told_how_long(number, product, visit):
    page = visit()
    for _ in range(A_CLIENTS_SHARE):
        assert page.request.get(f"{product.origin}/?number={ABSENT}").status == 200
    refused = page.goto(f"{product.origin}/?number={number}")
    assert refused.status == 429
    assert 0 < int(refused.headers["retry-after"]) <= 600
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("main .lead")).to_contain_text(re.compile(r"\d+ min"))
    expect(page.locator("main")).not_to_contain_text(number)
    assert page.goto(product.origin).status == 200


def look_up(page: Page, product, typed: str) -> None:
    page.goto(product.origin)
    page.fill("#number", typed)
    page.click("main form[role=search] button")
    page.wait_for_selector(".verdict")
