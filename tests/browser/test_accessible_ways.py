"""Law 10 on the way: forms with errors, codes from the mailbox, proofs, dialogs and menus, and what goes wrong.

Each way through the product stops where there is something to see; axe-core looks at every stop.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import STILL, Examiner
from tests.browser.people import AuthenticatorApp, PasskeyDevice, newcomer, prove, type_code, type_password

pytestmark = pytest.mark.browser

PASSKEY = "main form[data-passkey=get] button"
PRIMARY = "main form:not([data-passkey]) button.primary"


@pytest.fixture(scope="module")
def person(browser, product):
    """Somebody who has a password and nothing else."""
    return newcomer(browser, product, "plain")


def test_the_entrance(axe_script, person, product, visit):
    page = visit(language="en", **STILL)
    assert Examiner(axe_script, "en").faults_along(page, entrance(page, product, person)) == {}


def entrance(page: Page, product, person) -> Iterator[str]:
    page.goto(f"{product.origin}/sign-in/")
    page.click(PRIMARY)
    yield "sign-in, nothing typed"
    type_password(page, product, person)
    page.wait_for_url("**/sign-in/device/")
    type_code(page, "12345678")
    yield "device, wrong code"

    page.goto(f"{product.origin}/sign-up/")
    page.fill("#id_email", "nobody")
    page.fill("#id_password1", "short")
    page.click(PRIMARY)
    yield "sign-up, refused"
    page.fill("#id_email", "somebody.new@posteo.example")
    page.fill("#id_password1", "four quiet herons walk")
    page.click(PRIMARY)
    page.wait_for_url("**/sign-up/code/")
    yield "address, code asked for"
    type_code(page, "12345678")
    yield "address, wrong code"

    yield from reset(page, product, person)


def reset(page: Page, product, person) -> Iterator[str]:
    before = len(product.mails_to(person.address))
    page.goto(f"{product.origin}/password/")
    page.fill("#id_email", person.address)
    page.click(PRIMARY)
    page.wait_for_url("**/password/code/")
    yield "reset, code asked for"
    mails = product.wait_for_mails(person.address, count=before + 1)
    type_code(page, mails[-1].one_time_code)
    page.wait_for_url("**/password/new/")
    page.fill("#id_password1", "short")
    page.click(PRIMARY)
    yield "reset, new password refused"


def test_what_goes_wrong(axe_script, person, product, visit):
    page = visit(language="en", **STILL)
    number = product.mails_to(person.address)[0].number
    assert Examiner(axe_script, "en").faults_along(page, mistakes(page, product, number)) == {}


def mistakes(page: Page, product, number: str) -> Iterator[str]:
    page.goto(f"{product.origin}/check/{number}/")
    yield "look-up, found"
    page.goto(f"{product.origin}/check/{number[:-1]}*/")
    yield "look-up, mistyped"
    page.goto(f"{product.origin}/security/sessions/end/")
    yield "405"
    page.goto(f"{product.origin}/sign-in/")
    page.eval_on_selector("main [name=csrfmiddlewaretoken]", "field => field.remove()")
    page.click(PRIMARY)
    yield "403, without our token"
    page.goto(f"{product.origin}/sign-in/")
    page.eval_on_selector(
        "main [name=login]", "field => { for (let n = 0; n < 250; n++) field.after(field.cloneNode()) }"
    )
    page.click(PRIMARY)
    yield "400, with more fields than we take"
    while page.request.get(f"{product.origin}/?number=nonsense").ok:
        pass
    assert page.goto(f"{product.origin}/?number=nonsense").status == 429
    yield "429"


def test_the_account(axe_script, browser, product, visit):
    person = newcomer(browser, product, "barrierefrei", language="de")
    page = visit(storage_state=person.cookies, **STILL)
    device = PasskeyDevice(page)
    examiner = Examiner(axe_script, "de")
    for way in (code, passkey, app, floating, messages, other_forms):
        assert examiner.faults_along(page, way(page, product, person, device)) == {}
    other = visit(language="de", **STILL)
    assert examiner.faults_along(other, second_factor(other, product, person)) == {}
    assert examiner.faults_along(other, mails(other, product, person)) == {}


def test_an_application(axe_script, browser, product, visit):
    person = newcomer(browser, product, "antrag", language="de")
    page = visit(storage_state=person.cookies, **STILL)
    assert Examiner(axe_script, "de").faults_along(page, application(page, product)) == {}


def application(page: Page, product) -> Iterator[str]:
    page.goto(f"{product.origin}/identification/")
    page.locator(".levels form button").last.click()
    page.wait_for_url("**/document/")
    page.click("main form button.primary")
    yield "document, nothing chosen"
    page.select_option("#id_country", "DEU")
    page.check("input[value=passport]")
    page.click("main form button.primary")
    page.wait_for_url("**/photo/front/")
    yield "photo"
    case = page.url.removesuffix("photo/front/")
    for name in ("data", "residence", "consent"):
        page.goto(f"{case}{name}/")
        yield name
    page.check("main [name=agreed]")
    page.click("main form:has([name=agreed]) button")
    page.wait_for_url(re.compile("/(?!consent)[a-z]+/$"))
    for name in ("", "face/", "submit/", "withdraw/"):
        page.goto(f"{case}{name}")
        yield name or "where the application stands"


def code(page: Page, product, person, _device) -> Iterator[str]:
    page.goto(f"{product.origin}/security/code/?step=field")
    page.fill("#id_code", "a+b")
    page.click(PRIMARY)
    yield "code, refused"
    page.fill("#id_code", "Ab12")
    page.click(PRIMARY)
    page.fill("#id_proof_password", "not mine")
    page.click("main form:has(#id_proof_password) button[type=submit]")
    yield "proof by password, wrong"
    prove(page, person)
    expect(page.locator("#toasts .toast").first).to_be_visible()
    yield "security, with a toast"
    page.goto(f"{product.origin}/security/code/?step=field")
    yield "code, set"
    page.click("#current button")
    prove(page, person)
    yield "code, revealed"


def passkey(page: Page, product, person, device: PasskeyDevice) -> Iterator[str]:
    page.goto(f"{product.origin}/security/passkeys/add/")
    prove(page, person)
    yield "passkey, to be added"
    device.refuse()
    page.click("main form[data-passkey=create] button.primary")
    page.wait_for_selector("[data-passkey-problem]:visible")
    yield "passkey, none was made"
    device.confirm()
    page.click("main form[data-passkey=create] button.primary")
    page.wait_for_url("**/security/recovery-codes/")
    yield "recovery codes, none yet"
    page.click(PRIMARY)
    yield "proof by passkey"
    page.click(PASSKEY)
    page.wait_for_selector("ul.recovery-codes")
    yield "recovery codes, just made"
    page.goto(f"{product.origin}/security/passkeys/")
    yield "passkeys, one"
    page.click("main .row button")
    yield "passkeys, about to remove the only one"


def app(page: Page, product, _person, _device) -> Iterator[str]:
    page.goto(f"{product.origin}/security/authenticator/add/")
    page.click(PASSKEY)
    page.wait_for_url("**/security/authenticator/add/")
    secret = page.inner_text("main .hash").replace(" ", "")
    type_code(page, "000000")
    yield "app, wrong code"
    type_code(page, AuthenticatorApp(secret).code())
    page.wait_for_url("**/security/")
    yield "security, with everything"
    page.goto(f"{product.origin}/security/authenticator/")
    yield "app, there"
    page.click("main button[command=show-modal]")
    yield "app, about to remove it"


def floating(page: Page, product, *_) -> Iterator[str]:
    page.goto(f"{product.origin}/style/")
    for floats in ("me", "languages", "qr"):
        page.eval_on_selector(f"#{floats}", "pop => pop.showPopover()")
        yield f"open: {floats}"
    page.eval_on_selector("#sample", "dialog => dialog.showModal()")
    yield "open: a dialog"


def messages(page: Page, product, *_) -> Iterator[str]:
    page.goto(f"{product.origin}/messages/")
    page.click("main table a >> nth=0")
    yield "message"
    page.goto(f"{product.origin}/outbox/")
    page.click("main table a >> nth=0")
    yield "outbox, a mail"


def other_forms(page: Page, product, *_) -> Iterator[str]:
    page.goto(f"{product.origin}/security/password/")
    page.click(PASSKEY)
    page.wait_for_selector("#id_password")
    page.fill("#id_password", "short")
    page.click(PRIMARY)
    yield "password, refused"
    page.goto(f"{product.origin}/security/data/")
    page.click(PASSKEY)
    page.wait_for_selector("form[data-download]")
    yield "data, ready"
    page.goto(f"{product.origin}/profile/")
    page.eval_on_selector("#id_nickname", "field => { field.maxLength = 99; field.value = 'Lena '.repeat(9) }")
    page.click(PRIMARY)
    yield "profile, refused"
    page.goto(f"{product.origin}/security/lock/")
    page.fill("#id_days", "99")
    page.click(PRIMARY)
    yield "lock, refused"
    page.fill("#id_days", "1")
    page.check("#id_known")
    page.click(PRIMARY)
    yield "lock, proof asked for"
    page.click(PASSKEY)
    page.wait_for_url("**/security/")
    page.goto(f"{product.origin}/security/password/")
    yield "locked settings"


def second_factor(page: Page, product, person) -> Iterator[str]:
    PasskeyDevice(page)
    type_password(page, product, person)
    page.wait_for_url("**/sign-in/second-factor/")
    yield "second factor"
    type_code(page, "000000")
    yield "second factor, wrong code"
    page.click(PASSKEY)
    page.wait_for_selector("main [role=alert]:visible")
    yield "second factor, no passkey here"


def mails(page: Page, product, person) -> Iterator[str]:
    kinds = {mail.subject: mail for mail in product.mails_to(person.address)}
    page.goto(next(link for mail in kinds.values() for link in re.findall(r"https?://\S+/lock/\S+", mail.text)))
    yield "lock the account"
    page.goto("about:blank")
    for subject, mail in kinds.items():
        page.set_content(mail.html)
        yield f"mail: {subject}"
