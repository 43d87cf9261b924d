"""Without a mouse, and without scripts."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import newcomer, prove, type_code, type_password

pytestmark = pytest.mark.browser

FOCUSED_AND_SEEN = """element => {
  const {outlineStyle, outlineWidth} = getComputedStyle(element);
  const {width, height, left, top} = element.getBoundingClientRect();
  const inside = left >= 0 && top >= 0 && left < innerWidth && top < innerHeight;
  return inside && width > 0 && height > 0 && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
}"""
WITHOUT_SCRIPTS = {"java_script_enabled": False}


@pytest.fixture(scope="module")
def person(browser, product):
    return newcomer(browser, product, "keyboard")


def test_sign_in_and_a_code_by_keyboard_alone(person, product, visit):
    page = visit()
    before = len(product.mails_to(person.address))
    page.goto(f"{product.origin}/sign-in/")
    type_into(page, "#id_login", person.address)
    type_into(page, "#id_password", person.password)
    enter(page, "**/sign-in/device/")
    type_into(page, "#id_code", product.wait_for_mail(person.address, after=before).one_time_code)
    enter(page, "**/security/")

    tab_to(page, "main a[href^='/security/code/']")
    enter(page, "**/security/code/")
    type_into(page, "#id_code", "Kb12")
    expect(page.locator("[data-code-echo]").first).to_have_text("Kb12")
    tab_to(page, "main form:has(#id_code) button.primary")
    page.keyboard.press("Enter")
    expect(page.locator("#id_proof_password")).to_be_visible()
    type_into(page, "#id_proof_password", person.password)
    tab_to(page, "main form:has(#id_proof_password) button[type=submit]")
    page.keyboard.press("Space")
    page.wait_for_url("**/security/")
    expect(page.locator("#toasts .toast").first).to_be_visible()


def test_the_first_stop_leads_past_the_bar(product, visit):
    page = visit()
    page.goto(f"{product.origin}/sign-in/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#id_login")).to_be_focused()


def test_the_qr_code_opens_under_the_focus_and_with_enter_and_goes_with_escape(product, visit):
    page = visit()
    page.goto(f"{product.origin}/sign-in/")
    opener, code = tab_to(page, "[popovertarget=qr]"), page.locator("#qr")
    expect(code).to_be_visible()
    page.keyboard.press("Escape")
    expect(code).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    expect(code).to_be_visible()
    page.keyboard.press("Escape")
    expect(code).to_be_hidden()
    expect(opener).to_be_focused()


def test_menus_open_with_enter_close_with_escape_and_lead_on(person, product, visit):
    page = visit(storage_state=person.cookies)
    page.goto(f"{product.origin}/security/history/")
    for menu, first in (("languages", "button[value=de]"), ("me", "a[href='/profile/']")):
        opener = tab_to(page, f"[popovertarget={menu}]")
        page.keyboard.press("Enter")
        expect(page.locator(f"#{menu}")).to_be_visible()
        tab_to(page, f"#{menu} {first}", most=1)
        page.keyboard.press("Escape")
        expect(page.locator(f"#{menu}")).to_be_hidden()
        expect(opener).to_be_focused()

    page.keyboard.press("Enter")
    tab_to(page, "#me a[href='/messages/']")
    enter(page, "**/messages/")


def test_a_dialog_holds_the_focus_and_gives_it_back(product, visit):
    page = visit()
    page.goto(f"{product.origin}/style/")
    opener = page.locator("[commandfor=sample][command=show-modal]")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#sample")).to_be_visible()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#sample')")
    page.keyboard.press("Escape")
    expect(page.locator("#sample")).to_be_hidden()
    expect(opener).to_be_focused()


def test_every_stop_of_a_page_is_seen(person, product, visit):
    page = visit(storage_state=person.cookies)
    for path in ("/security/", "/security/code/", "/profile/", "/messages/"):
        page.goto(product.origin + path)
        stops = 0
        while is_a_new_stop(page):
            stops += 1
            assert page.evaluate(f"({FOCUSED_AND_SEEN})(document.activeElement)"), focused(page)
        assert stops > 10, path


def is_a_new_stop(page: Page) -> bool:
    """One further; false where the page is through."""
    page.keyboard.press("Tab")
    return page.evaluate("""() => {
      const here = document.activeElement;
      if (here === document.body || here.dataset.seen) return false;
      here.dataset.seen = "yes";
      return true;
    }""")


def test_without_scripts_one_signs_in_sets_a_code_and_ends_a_session(browser, product, visit):
    person = newcomer(browser, product, "scriptless")
    first = visit(storage_state=person.cookies)
    page = visit(**WITHOUT_SCRIPTS)
    before = len(product.mails_to(person.address))
    type_password(page, product, person)
    type_code(page, product.wait_for_mail(person.address, after=before).one_time_code)
    page.wait_for_url("**/security/")
    expect(page.locator(".needs-script:visible")).to_have_count(0)

    page.click("main a[href^='/security/code/']")
    type_code(page, "No15")
    prove(page, person)
    expect(page.locator("#toasts .toast").first).to_be_visible()
    assert "No15" in product.wait_for_mails(person.address, count=before + 3)[-1].text.splitlines()[0]

    page.click("main form[action='/security/sessions/end/'] button")
    expect(page.locator("main form[action='/security/sessions/end/']")).to_have_count(0)
    first.goto(f"{product.origin}/security/")
    first.wait_for_url("**/sign-in/**")


def type_into(page: Page, field: str, text: str) -> None:
    tab_to(page, field)
    page.keyboard.type(text)


def enter(page: Page, url: str) -> None:
    page.keyboard.press("Enter")
    page.wait_for_url(url)


def tab_to(page: Page, target: str, *, most: int = 60) -> Locator:
    """Press Tab until the target has the focus; it must be seen to have it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("target => document.activeElement.matches(target)", target):
            assert page.evaluate(f"({FOCUSED_AND_SEEN})(document.activeElement)"), f"One does not see where {target} is"
            return page.locator(target).first
    raise AssertionError(f"Tab does not come to {target}")


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
