"""What applicants and reviewers do, step by step, for the tests that lead an application through several hands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from echt.desk.identity.words import STATES
from echt.identity.documents import DocumentKind, Side
from echt.identity.specimens import Document, document, draw, people
from echt.identity.specimens import Person as Specimen
from echt.identity.states import State
from echt.identity.vision.carriers import default_folder
from echt.identity.vision.readiness import lacking
from tests.browser.accessibility import STILL
from tests.browser.conftest import Product, Visit, sign_in
from tests.browser.people import Person
from tests.browser.test_second_factor import set_up_app
from tests.identity.browser.scenes import laid, table
from tests.many_processes import wait_until

NEEDS_VISION = pytest.mark.skipif(
    any(lacking(default_folder())), reason="Packages or models of the vision worker are missing."
)
PATIENCE = 120_000
"""Milliseconds that the machines may take on a busy computer."""
TABLE = (1600, 1200)
LYING = [(0.1, 0.1), (0.9, 0.12), (0.89, 0.86), (0.11, 0.85)]
REVIEWER, SECOND = "desk@demo.example", "second@demo.example"
VERIFIED = {"de": "Sie sind verifiziert", "en": "You are verified"}
"""What the mail says in its first line."""
_staff: dict[tuple[str, str], Person] = {}


@dataclass(frozen=True)
class Way:
    """In which language and size somebody applies, and which of the made-up people they are."""

    language: str
    size: str
    seed: int

    @cached_property
    def holder(self) -> Specimen:
        return next(person for person in people(self.seed) if 1960 < person.born_on.year < 1995)

    @cached_property
    def passport(self) -> Document:
        return document(DocumentKind.PASSPORT, self.holder, issued_on=date(2025, 3, 1), country="DEU")


def staff(browser: Browser, product: Product, address: str = REVIEWER) -> Person:
    """Somebody of the demo's desk, with the second factor without which they can do nothing; set up once."""
    key = (product.origin, address)
    if key not in _staff:
        with browser.new_context() as window:
            page = window.new_page()
            sign_in(page, product, address)
            person = Person(address, window.storage_state(), password=product.password)
            set_up_app(page, product, person)
            person.remember(page)
        _staff[key] = person
    return _staff[key]


def photo_of(paper: Document, folder: Path, side: Side = Side.FRONT) -> Path:
    """A side of it on a table; the same side gets another name each time, as on a telephone."""
    path = folder / f"{side}-{len([*folder.iterdir()])}.jpg"
    laid(table(*TABLE), draw(paper, side), LYING).save(path)
    return path


# The applicant


def begin(page: Page, product: Product, *, level: int = 0) -> None:
    """The lowest level that is to be had, or the one so far above it."""
    page.goto(f"{product.origin}/identification/")
    page.locator(".levels form button").nth(level).click()
    page.wait_for_url("**/document/")


def choose(page: Page, kind: DocumentKind, country: str = "DEU") -> None:
    page.wait_for_url("**/document/")
    page.select_option("#id_country", country)
    page.check(f"input[value={kind}]")
    page.click("main form:has(#id_country) button[type=submit]")


def send(page: Page, photo: Path, side: Side = Side.FRONT) -> None:
    """A photo from the disk, as somebody does whose camera is elsewhere; the page goes on once it is good."""
    page.wait_for_url(f"**/photo/{side}/")
    page.set_input_files("#id_file", photo)
    page.wait_for_url(lambda url: f"/photo/{side}/" not in url, timeout=PATIENCE)


def confirm(page: Page, **corrected: str) -> None:
    """What was read, with what somebody types instead."""
    page.wait_for_url("**/data/**")
    expect(page.locator("#id_number")).not_to_have_value("", timeout=PATIENCE)
    for name, value in corrected.items():
        page.fill(f"#id_{name}", value)
    page.click("main form:has(#id_number) button.primary")


def submit(page: Page) -> None:
    page.wait_for_url("**/submit/")
    page.click("main form button.primary")
    expect(page.locator(".case-run .steps")).to_be_visible()


# The reviewer


@dataclass
class Desk:
    """The window of somebody at the desk."""

    page: Page
    product: Product

    def find(self, address: str, state: State = State.IN_REVIEW) -> None:
        """Open the case of an applicant, once it stands there."""
        line = self.page.locator("[data-line]").filter(has_text=str(STATES[state]))
        self.page.goto(f"{self.product.origin}/desk/?search={address}")
        wait_until(lambda: line.count() or self._again())
        line.locator("a").first.click()
        self.page.wait_for_url("**/desk/cases/**")

    def _again(self) -> bool:
        self.page.wait_for_timeout(300)
        self.page.reload()
        return False

    def look(self) -> None:
        """Say why, where it was not said before."""
        if self.page.locator("form.ask").count():
            self.page.select_option("form.ask select", index=1)
            self.page.click("form.ask button.primary")
        expect(self.page.locator(".evidence .part img:visible").first).to_be_visible(timeout=PATIENCE)

    def decide(self, verdict: str, reasons: Sequence[str] = (), *, message: str = "", note: str = "") -> None:
        """`reasons`: as `reason:item`."""
        form = self.page.locator("form.decide")
        form.locator(f"input[name=verdict][value={verdict}]").check()
        for reason in reasons:
            box = self.page.locator(f"input[name=reasons][value='{reason}']")
            if not box.is_visible():
                form.locator("details").filter(has=box).locator("summary").click()
            box.check()
        for name, words in {"message": message, "note": note}.items():
            if words:
                form.locator(f"textarea[name={name}]").fill(words)
        form.locator("button.primary").click()
        expect(form).to_be_hidden()

    def confirm(self, address: str) -> None:
        """What a colleague proposed."""
        self.find(address, State.PROPOSED)
        self.look()
        self.page.click("form[action$='/confirm/'] button")
        expect(self.page.locator(".pending")).to_be_hidden()

    def confirm_hit(self) -> None:
        """The applicant is the person on the list."""
        form = self.page.locator(".hit form")
        form.locator("input[value=yes]").check()
        form.locator("textarea").fill("Name and day of birth are the same.")
        form.locator("button").click()
        expect(form).to_be_hidden()

    def take_off_hold(self) -> None:
        self.page.click("form[action$='/resume/'] button")
        expect(self.page.locator("form[action$='/resume/']")).to_be_hidden()


def desk(visit: Visit, browser: Browser, product: Product, address: str = REVIEWER) -> Desk:
    return Desk(visit(storage_state=staff(browser, product, address).cookies, **STILL), product)
