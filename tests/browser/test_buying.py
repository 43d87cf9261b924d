"""Buying, converting and selling as a person does it: told before, paid at the sandbox, and looked at by axe-core."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import STILL, Examiner
from tests.many_processes import wait_until

pytestmark = pytest.mark.browser

PERSON = "anna@demo.example"
PRIMARY = "main form button.primary"


def test_the_pages_on_the_way(axe_script, cookies_of, product, visit):
    page = visit(storage_state=cookies_of(PERSON), language="de", **STILL)
    assert Examiner(axe_script, "de").faults_along(page, way(page, product)) == {}


def way(page: Page, product) -> Iterator[str]:
    page.goto(f"{product.origin}/wallets/buy/")
    page.click(PRIMARY)
    yield "buy, nothing typed"
    page.fill("#id_amount", "0,001")
    page.click(PRIMARY)
    expect(page.locator("main .notice.warning")).to_contain_text("Haltefrist: 72 Stunden")
    yield "buy, told before it is confirmed"
    page.click(PRIMARY)
    yield "sandbox, pay here"
    page.click(PRIMARY)
    wait_until(lambda: is_completed(page), within=60)
    yield "purchase, completed"
    page.click("main .back")
    yield "buy, with purchases"

    page.goto(f"{product.origin}/wallets/convert/")
    page.fill("#id_amount", "0,0001")
    page.select_option("#id_target", "NEAR")
    page.click(PRIMARY)
    yield "convert, told before it is confirmed"
    page.goto(f"{product.origin}/wallets/sell/")
    page.fill("#id_amount", "999")
    page.click(PRIMARY)
    yield "sell, refused"


def is_completed(page: Page) -> bool:
    page.reload()
    return page.locator("main .state.success").count() > 0
