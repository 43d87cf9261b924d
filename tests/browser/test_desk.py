"""From an application to its decision: a customer, a reviewer with a second factor, and the mail. axe looks on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from echt.identity.documents import DocumentKind
from echt.identity.specimens import Document, document, draw, people
from echt.identity.vision.carriers import default_folder
from echt.identity.vision.readiness import lacking
from tests.browser.accessibility import STILL, Examiner
from tests.browser.conftest import Product, sign_in
from tests.browser.people import Person, newcomer
from tests.browser.test_second_factor import set_up_app
from tests.identity.browser.scenes import laid, table
from tests.many_processes import wait_until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(any(lacking(default_folder())), reason="Packages or models of the vision worker are missing."),
]

PATIENCE = 120_000
"""Milliseconds that the machines may take on a busy computer."""
LYING = [(0.1, 0.1), (0.9, 0.12), (0.89, 0.86), (0.11, 0.85)]
REVIEWER = "desk@demo.example"
VERIFIED = {"de": "Sie sind verifiziert", "en": "You are verified"}
PRIMARY = {"de": "Basis", "en": "Primary"}


@dataclass(frozen=True)
class Way:
    """In which language somebody applies, on what, and which of the made-up people they are."""

    language: str
    size: str
    seed: int

    @property
    def passport(self) -> Document:
        person = next(person for person in people(self.seed) if 1960 < person.born_on.year < 1995)
        return document(DocumentKind.PASSPORT, person, issued_on=date(2025, 3, 1), country="DEU")


@pytest.mark.parametrize("way", [Way("de", "narrow", 23), Way("en", "wide", 29)], ids=["de narrow", "en wide"])
def test_an_application_is_submitted_decided_and_its_result_arrives(
    way, axe_script, browser, product, visit, reviewer, tmp_path
):
    language = way.language
    person = newcomer(browser, product, f"applicant-{language}", language=language)
    applicant = visit(storage_state=person.cookies, size=way.size, language=language, **STILL)
    apply(applicant, product, photo_of(way.passport, tmp_path))

    page = visit(storage_state=reviewer.cookies, **STILL)
    examiner = Examiner(axe_script, "en")
    assert examiner.faults_along(page, review(page, product, way.passport)) == {}

    wait_until(lambda: product.mails_to(person.address)[-1].subject == VERIFIED[language])
    applicant.goto(f"{product.origin}/identification/")
    expect(applicant.locator("main .page-head")).to_contain_text(PRIMARY[language])


@pytest.fixture(scope="module")
def reviewer(browser, product) -> Person:
    """Staff of the demo, who set up the second factor without which they can do nothing."""
    with browser.new_context() as window:
        page = window.new_page()
        sign_in(page, product, REVIEWER)
        person = Person(REVIEWER, window.storage_state(), password=product.password)
        set_up_app(page, product, person)
        person.remember(page)
    return person


def photo_of(passport: Document, folder: Path) -> Path:
    path = folder / "passport.jpg"
    laid(table(2600, 1950), draw(passport), LYING).save(path)
    return path


def apply(page: Page, product: Product, photo: Path) -> None:
    """With a photo from the disk, as somebody does whose camera is elsewhere."""
    page.goto(f"{product.origin}/identification/")
    page.locator(".levels form button").first.click()
    page.wait_for_url("**/document/")
    page.select_option("#id_country", "DEU")
    page.check("input[value=passport]")
    page.click("main form button.primary")
    page.wait_for_url("**/photo/front/")
    page.set_input_files("#id_file", photo)
    page.wait_for_url("**/data/**", timeout=PATIENCE)
    expect(page.locator("#id_number")).not_to_have_value("", timeout=PATIENCE)
    page.click("main form button.primary")
    page.wait_for_url("**/submit/")
    page.click("main form button.primary")
    expect(page.locator(".countdown .left")).to_be_visible()


def review(page: Page, product: Product, passport: Document) -> Iterator[str]:
    """From the queue to the decision, with a look at each page of the desk."""
    page.goto(f"{product.origin}/desk/")
    while not page.locator("[data-line]:has-text('Passport') [data-claim]").count():
        page.wait_for_timeout(1000)
        page.reload()
    yield "queue"
    page.locator("[data-line] a").first.click()
    yield "case, before a reason to look is given"
    page.select_option("form.ask select", index=1)
    page.click("form.ask button.primary")
    expect(page.locator(".evidence .viewer img").first).to_be_visible()
    expect(page.locator(".evidence")).to_contain_text(passport.number)
    yield "case, with pictures and data"
    page.check("input[name=verdict][value=approve]")
    page.click("form.decide button.primary")
    expect(page.locator("form.decide")).to_be_hidden()
    yield "case, decided"
    for place in ("hits", "figures", "audit"):
        page.goto(f"{product.origin}/desk/{place}/")
        yield place
