"""What is said of an item, from the reviewer who says it to the applicant who reads it, mends it and keeps the rest."""

from dataclasses import dataclass
from urllib.parse import urljoin

from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from echt.identity.items import LABELS, Item
from echt.identity.reasons import TEXTS, Reason
from tests.browser import desk_steps as steps
from tests.browser.conftest import Product
from tests.browser.desk_steps import PATIENCE, Desk
from tests.browser.people import Person


@dataclass(frozen=True)
class Return:
    """What a reviewer says at once about an item."""

    item: Item
    reasons: tuple[Reason, ...]
    message: str = ""

    @property
    def values(self) -> list[str]:
        return [f"{reason}:{self.item}" for reason in self.reasons]


# The reviewer


def send_back(reviewer: Desk, person: Person, told: Return) -> None:
    reviewer.find(person.address)
    reviewer.look()
    reviewer.decide("return", told.values, message=told.message)


def refuse(reviewer: Desk, second: Desk, person: Person, told: Return) -> None:
    reviewer.find(person.address)
    reviewer.look()
    reviewer.decide("refuse", told.values, note="Two of us have seen it.")
    second.confirm(person.address)


def approve(reviewer: Desk, person: Person) -> None:
    reviewer.find(person.address)
    reviewer.look()
    reviewer.decide("approve")


# The applicant reads


def read_and_open(page: Page, product: Product, told: Return, language: str) -> None:
    """The reasons stand on the page of identification and, behind its button, on that of the item."""
    page.goto(f"{product.origin}/identification/")
    with translation.override(language):
        expect(page.locator(".id-reasons h3")).to_have_text([str(LABELS[told.item])])
    reads(page.locator(".case-run"), told, language)
    page.click(".case-run .buttons a.primary")
    reads(page.locator(".id-asked"), told, language)


def stay_closed(page: Page, *places: str) -> None:
    """The pages of what is kept, by their addresses within the application, lead back to this one."""
    here = page.url
    application = "/".join(here.split("/")[:5])
    for place in places:
        page.goto(f"{application}/{place}/")
        expect(page).to_have_url(here)


def reads(place: Locator, told: Return, language: str) -> None:
    with translation.override(language):
        for text in (TEXTS[reason] for reason in told.reasons):
            expect(place).to_contain_text(str(text.sentence))
            expect(place).to_contain_text(str(text.remedy))
    expect(place).to_contain_text(told.message)


def expect_level(page: Page, product: Product, level: str) -> None:
    page.goto(f"{product.origin}/identification/")
    expect(page.locator("main .page-head")).to_contain_text(level)


def expect_closed(page: Page, product: Product, result: str, anew: str) -> None:
    """It is over, has no step any more, and a new one may be begun."""
    page.goto(f"{product.origin}/identification/")
    expect(page.locator(".case-run h2")).to_contain_text(result)
    expect(page.locator("section:has(#history) tbody")).to_contain_text(result)
    expect(page.locator(".levels form button").first).to_have_text(anew)
    expect(page.locator(".case-run .buttons")).to_have_count(0)


# The applicant mends


def hand_in(page: Page) -> dict[str, str]:
    """Submit what the summary shows: values by their names, addresses of pictures by theirs. Each picture is there."""
    page.wait_for_url("**/submit/")
    values = page.locator(".id-part .facts > div").all()
    shown = {value.locator("dt").inner_text(): value.locator("dd").inner_text() for value in values}
    pictures = {image.get_attribute("alt"): image.get_attribute("src") for image in page.locator(".id-part img").all()}
    assert all(page.request.get(urljoin(page.url, picture)).ok for picture in pictures.values())
    steps.submit(page)
    return shown | pictures


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def live_in_germany(page: Page) -> None:
    page.wait_for_url("**/residence/")
    page.select_option("#id_country", "DEU")
    page.click("main form button.primary")


def agree(page: Page) -> None:
    page.wait_for_url("**/consent/")
    page.check("#id_agreed")
    page.click("main form:has(#id_agreed) button")


def show_face(page: Page) -> None:
    page.wait_for_url("**/face/")
    page.click("[data-open]")
    page.wait_for_url("**/submit/", timeout=PATIENCE)
