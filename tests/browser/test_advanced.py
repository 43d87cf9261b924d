"""The whole way to the level Advanced: sign-up, passport, face before a camera or the way without, the desk, the mail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from echt.identity.documents import DocumentKind
from echt.identity.findings import Movement
from echt.identity.specimens import draw, face, portrait
from tests.browser import desk_steps as steps
from tests.browser.accessibility import STILL
from tests.browser.conftest import LOCALES, SIZES, Product
from tests.browser.desk_steps import NEEDS_VISION, PATIENCE, SECOND, VERIFIED, Desk, desk
from tests.browser.people import Person, newcomer
from tests.identity.browser.films import FRAME, Film, Sitter
from tests.identity.browser.scenes import laid, table
from tests.many_processes import wait_until
from tools.browser import FLAGS, chromium

pytestmark = [pytest.mark.browser, NEEDS_VISION]

LYING = [(0.14, 0.07), (0.86, 0.09), (0.85, 0.94), (0.15, 0.92)]
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
A_DEVICE = "Object.defineProperty(MediaStreamTrack.prototype, 'label', { get: () => 'FaceTime HD Camera' })"
"""Chromium names its camera after the film that it plays, and echt knows such names."""
ASKED = """() => {
  const { state } = document.querySelector("#camera").dataset;
  return [state, state === "move" ? document.querySelector("[data-movement]:not([hidden])").dataset.movement : null];
}"""
OFTEN = 50
"""Milliseconds between two looks at what is asked for."""
BEFORE_THE_CAMERA = {"open", "position", "ready", "move"}
ADVANCED = {"de": "Erweitert", "en": "Advanced"}


@dataclass(frozen=True)
class Way(steps.Way):
    """Of somebody who sits before a camera."""

    @cached_property
    def sitter(self) -> Sitter:
        """The face of the passport, in another light."""
        number, woman = self.holder.face, self.holder.sex == "F"
        return Sitter(portrait(face(number, woman=woman), seed=number + 1))


@dataclass
class Applicant:
    """Somebody at their window, and what its camera shows."""

    way: Way
    person: Person
    page: Page
    film: Film

    def photograph(self) -> None:
        """The passport lies under the camera."""
        self.page.wait_for_url("**/photo/front/")
        self.page.click("[data-open]")
        self.page.wait_for_url("**/data/**", timeout=PATIENCE)

    def sit_down(self) -> None:
        """Where the passport lay, and do what the page asks for."""
        self.film.show(self.way.sitter.seen())
        self.page.click("[data-open]")
        expect(self.page.locator("#camera")).to_be_visible()
        self.follow()

    def follow(self) -> None:
        """Move as the page asks for it, until it has its pictures."""
        sitter = self.way.sitter
        with self.film.plays(sitter.seen):
            while (asked := self.page.evaluate(ASKED))[0] in BEFORE_THE_CAMERA:
                sitter.do(Movement(asked[1]) if asked[1] else None)
                self.page.wait_for_timeout(OFTEN)

    def submit(self) -> None:
        """Once the machines have seen the movements."""
        self.page.wait_for_url("**/submit/", timeout=PATIENCE)
        steps.submit(self.page)


@pytest.fixture
def arrive(browser: Browser, product: Product, tmp_path: Path) -> Iterator[Callable[[Way], Applicant]]:
    """`arrive(way)`: a newcomer with a passport under the camera."""
    opened: list[Browser | Film] = []

    def open_window(way: Way) -> Applicant:
        film = Film(tmp_path / "film.y4m", laid(table(*FRAME), draw(way.passport), LYING))
        person = newcomer(browser, product, f"advanced-{way.language}", language=way.language)
        flags = [*FLAGS, *CAMERA, f"--use-file-for-fake-video-capture={film.path}"]
        started = browser.browser_type.launch(executable_path=chromium(), args=flags)
        opened.extend((started, film))
        options = {"storage_state": person.cookies, "locale": LOCALES[way.language], **SIZES[way.size], **STILL}
        page = started.new_context(**options).new_page()
        page.set_default_timeout(30_000)
        return Applicant(way, person, page, film)

    yield open_window
    for one in opened:
        one.close()


def test_who_shows_passport_and_face_is_verified_by_one_person(arrive, browser, product, visit):
    applicant = arrive(Way("de", "narrow", 131))
    applicant.page.add_init_script(A_DEVICE)
    begin(applicant.page, product, applicant.photograph)
    agree(applicant.page)
    applicant.sit_down()
    applicant.submit()

    reviewer = desk(visit, browser, product)
    assert_face_holds(reviewer, applicant.person)
    approve(reviewer.page)

    assert_verified(applicant.page, product, applicant.person, "de")


def test_a_camera_that_is_a_program_is_told_and_with_a_real_one_it_goes_on(arrive, browser, product, visit):
    applicant = arrive(Way("en", "wide", 157))
    page = applicant.page
    begin(page, product, applicant.photograph)
    agree(page)
    applicant.sit_down()
    expect(page.locator("#camera")).to_have_attribute("data-state", "failed", timeout=PATIENCE)
    expect(page.locator("[data-problem-text]")).to_contain_text("the picture of a program, not of a camera")

    page.add_init_script(A_DEVICE)
    page.reload()
    expect(page.locator("main .notice.warning:visible")).to_contain_text("the picture of a program, not of a camera")
    applicant.sit_down()
    applicant.submit()

    reviewer = desk(visit, browser, product)
    assert_face_holds(reviewer, applicant.person)
    approve(reviewer.page)
    assert_verified(page, product, applicant.person, "en")


def test_who_goes_without_the_face_is_verified_by_two_people(browser, product, visit, tmp_path):
    person = newcomer(browser, product, "advanced-without")
    page = visit(storage_state=person.cookies, size="narrow", theme="dark", **STILL)
    photo = steps.photo_of(Way("en", "narrow", 89).passport, tmp_path)
    begin(page, product, lambda: steps.send(page, photo))
    page.click("main form:has([name=without]) button")
    steps.submit(page)

    first = desk(visit, browser, product)
    look(first, person)
    expect(first.page.locator("#part-face")).to_contain_text("no machine has compared anything")
    approve(first.page)
    page.goto(f"{product.origin}/identification/")
    expect(page.locator("main .page-head")).not_to_contain_text(ADVANCED["en"])
    desk(visit, browser, product, SECOND).confirm(person.address)

    assert_verified(page, product, person, "en")


def begin(page: Page, product: Product, photograph: Callable[[], None]) -> None:
    """Up to the question about the face."""
    steps.begin(page, product, level=1)
    steps.choose(page, DocumentKind.PASSPORT)
    photograph()
    steps.confirm(page)
    page.wait_for_url("**/residence/")
    page.select_option("#id_country", "AUT")
    page.click("main form:has(#id_country) button.primary")
    page.wait_for_url("**/consent/")


def agree(page: Page) -> None:
    page.check("main [name=agreed]")
    page.click("main form:has([name=agreed]) button")
    page.wait_for_url("**/face/")


def look(reviewer: Desk, person: Person) -> None:
    """Find the case in the queue, and say why."""
    reviewer.find(person.address)
    reviewer.page.select_option("form.ask select", index=1)
    reviewer.page.click("form.ask button.primary")
    expect(reviewer.page.locator("form.decide")).to_be_visible()


def assert_face_holds(reviewer: Desk, person: Person) -> None:
    """What the machines say of face and movements, beside both pictures."""
    look(reviewer, person)
    expect(reviewer.page.locator(".evidence .pair img")).to_have_count(2)
    held = reviewer.page.locator(".checks li.success")
    expect(held.filter(has_text="Face matches")).to_contain_text("Similarity")
    expect(held.filter(has_text="in front of the camera")).to_contain_text("3 of 3 movements seen")


def approve(page: Page) -> None:
    page.check("input[name=verdict][value=approve]")
    page.click("form.decide button.primary")
    page.wait_for_url("**/desk/")


def assert_verified(page: Page, product: Product, person: Person, language: str) -> None:
    """The mail is there, in the applicant's language, and the page says the same."""
    wait_until(lambda: product.mails_to(person.address)[-1].subject == VERIFIED[language])
    assert ADVANCED[language] in product.mails_to(person.address)[-1].text
    page.goto(f"{product.origin}/identification/")
    expect(page.locator("main .page-head")).to_contain_text(ADVANCED[language])
