"""From an application to its decision: a customer, a reviewer with a second factor, and the mail. axe looks on the way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from echt.identity.specimens import Document
from tests.browser import desk_steps as steps
from tests.browser.accessibility import STILL, Examiner
from tests.browser.desk_steps import NEEDS_VISION, VERIFIED, Desk, Way, desk
from tests.browser.people import newcomer
from tests.many_processes import wait_until

pytestmark = [pytest.mark.browser, NEEDS_VISION]

PRIMARY = {"de": "Basis", "en": "Primary"}


@pytest.mark.parametrize("way", [Way("de", "narrow", 23), Way("en", "wide", 29)], ids=["de narrow", "en wide"])
def test_an_application_is_submitted_decided_and_its_result_arrives(way, axe_script, browser, product, visit, tmp_path):
    language = way.language
    person = newcomer(browser, product, f"applicant-{language}", language=language)
    applicant = visit(storage_state=person.cookies, size=way.size, language=language, **STILL)
    steps.begin(applicant, product)
    steps.choose(applicant, way.passport.kind)
    steps.send(applicant, steps.photo_of(way.passport, tmp_path))
    steps.confirm(applicant)
    steps.submit(applicant)
    expect(applicant.locator(".countdown .left")).to_be_visible()

    reviewer = desk(visit, browser, product)
    examiner = Examiner(axe_script, "en")
    assert examiner.faults_along(reviewer.page, review(reviewer, person.address, way.passport)) == {}

    wait_until(lambda: product.mails_to(person.address)[-1].subject == VERIFIED[language])
    applicant.goto(f"{product.origin}/identification/")
    expect(applicant.locator("main .page-head")).to_contain_text(PRIMARY[language])


def review(reviewer: Desk, address: str, passport: Document) -> Iterator[str]:
    """From the queue to the decision, with a look at each page of the desk."""
    page, origin = reviewer.page, reviewer.product.origin
    reviewer.find(address)
    page.goto(f"{origin}/desk/")
    yield "queue"
    reviewer.find(address)
    yield "case, before a reason to look is given"
    reviewer.look()
    expect(page.locator(".evidence")).to_contain_text(passport.number)
    yield "case, with pictures and data"
    reviewer.decide("approve")
    yield "case, decided"
    for place in ("hits", "figures", "audit"):
        page.goto(f"{origin}/desk/{place}/")
        yield place
