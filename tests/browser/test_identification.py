"""Somebody identifies with a passport: in a real browser, with a camera that plays a film of a drawn one."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from echt.identity.documents import DocumentKind
from echt.identity.specimens import Document, document, draw, people
from echt.identity.vision.carriers import default_folder
from echt.identity.vision.readiness import lacking
from tests.browser.conftest import LOCALES, SIZES, Product
from tests.browser.people import newcomer
from tests.identity.browser.scenes import laid, table, write_y4m
from tools.browser import FLAGS, chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(any(lacking(default_folder())), reason="Packages or models of the vision worker are missing."),
]

FRAME = (1280, 720)
WHOLE = [(0.14, 0.07), (0.86, 0.09), (0.85, 0.94), (0.15, 0.92)]
CUT = [(0.08, 0.12), (0.78, 0.22), (0.73, 0.97), (-0.04, 0.9)]
WIDE_AS_A_PHOTO = (2600, 1950)
PATIENCE = 120_000
"""Milliseconds that the machines may take on a busy computer."""
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
NUMBERS = count(1)
Play = Callable[..., Page]


@pytest.fixture(scope="module")
def passport() -> Document:
    person = next(person for person in people(11) if 1960 < person.born_on.year < 1995)
    return document(DocumentKind.PASSPORT, person, issued_on=date(2025, 3, 1), country="DEU")


@pytest.fixture(scope="module")
def films(passport: Document, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The passport on a table: whole, and with its lower left corner outside; and a photo of it."""
    folder, drawn = tmp_path_factory.mktemp("films"), draw(passport)
    for name, corners in (("whole", WHOLE), ("cut", CUT)):
        scene = laid(table(*FRAME), drawn, corners)
        write_y4m(folder / f"{name}.y4m", [scene, scene])
    laid(table(*WIDE_AS_A_PHOTO), drawn, [(0.1, 0.1), (0.9, 0.12), (0.89, 0.86), (0.11, 0.85)]).save(
        folder / "photo.jpg"
    )
    return {path.stem: path for path in folder.iterdir()}


@pytest.fixture
def play(browser: Browser, product: Product, films: dict[str, Path]) -> Iterator[Play]:
    """A newcomer's window whose camera plays a film: `play("whole", size="narrow", language="de")`."""
    started: list[Browser] = []

    def open_window(film: str, *, size: str = "narrow", language: str = "de", **more: object) -> Page:
        cookies = newcomer(browser, product, f"identified-{next(NUMBERS)}", language=language).cookies
        flags = [*FLAGS, *CAMERA, f"--use-file-for-fake-video-capture={films[film]}"]
        started.append(browser.browser_type.launch(executable_path=chromium(), args=flags))
        options = {"storage_state": cookies, "locale": LOCALES[language], "reduced_motion": "reduce", **SIZES[size]}
        page = started[-1].new_context(**options, **more).new_page()
        page.set_default_timeout(30_000)
        begin(page, product)
        return page

    yield open_window
    for window in started:
        window.close()


def test_a_passport_is_photographed_read_confirmed_and_submitted(play, passport, product):
    page = play("whole")
    choose_passport(page)

    page.click("[data-open]")
    page.wait_for_url("**/data/**", timeout=PATIENCE)

    expect(page.locator("#id_number")).to_have_value(passport.number, timeout=PATIENCE)
    expect(page.locator("#id_born_on")).to_have_value(passport.person.born_on.isoformat())
    expect(page.locator("#id_expires_on")).to_have_value(passport.expires_on.isoformat())
    expect(page.locator("main")).to_contain_text("die Prüfziffer stimmt")
    page.click("main form button.primary")

    page.wait_for_url("**/submit/")
    expect(page.locator("main")).to_contain_text("Reisepass, Deutschland")
    page.click("main form button.primary")
    expect(page.locator(".countdown .left")).to_contain_text("noch 23 h")
    page.goto(f"{product.origin}/identification/")
    expect(page.locator(".case-run")).to_contain_text("Eingereicht")


def test_a_corner_outside_is_named_while_one_aims_and_again_by_the_server(play):
    page = play("cut", size="wide", language="en")
    choose_passport(page)
    camera = page.locator("#camera")

    page.click("[data-open]")
    expect(camera.locator("[data-hint]")).to_have_text("The lower left corner is outside. Move back a little.")
    page.wait_for_timeout(1500)
    expect(camera).to_have_attribute("data-state", "aim")

    page.click("[data-shutter]")
    expect(camera).to_have_attribute("data-state", "refused", timeout=PATIENCE)
    expect(camera.locator("[data-faults]")).to_contain_text("lower left corner")
    page.click("[data-again]")
    expect(camera).to_have_attribute("data-state", "aim")
    page.keyboard.press("Escape")
    expect(camera).to_be_hidden()
    assert page.evaluate("document.querySelector('#camera video').srcObject") is None


def test_without_a_camera_the_page_says_so_and_takes_a_file(play, films):
    page = play("whole", language="en")
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'))"
    )
    choose_passport(page)

    page.click("[data-open]")
    expect(page.locator("[data-problem=absent]")).to_be_visible()
    expect(page.locator("#camera")).to_be_hidden()
    page.set_input_files("#id_file", films["photo"])
    page.wait_for_url("**/data/**", timeout=PATIENCE)


def test_without_scripts_a_file_takes_the_same_way(play, films):
    page = play("whole", size="wide", language="en", java_script_enabled=False)
    expect(page.locator("[data-kind]")).to_have_count(4)
    page.select_option("#id_country", "GBR")
    page.check("input[value=id_card]")
    page.click("main form button.primary")
    expect(page.locator("main")).to_contain_text("Of United Kingdom we accept: Passport, Driving licence")

    page.check("input[value=passport]")
    page.click("main form button.primary")
    page.set_input_files("#id_file", films["photo"])
    page.click("main form[enctype] button[type=submit]")
    expect(page.locator(".id-picture img")).to_be_visible()


def begin(page: Page, product: Product) -> None:
    page.goto(f"{product.origin}/identification/")
    page.locator(".levels form button").first.click()
    page.wait_for_url("**/document/")


def choose_passport(page: Page) -> None:
    """The kinds follow the country, without the page being loaded again."""
    page.select_option("#id_country", "GBR")
    expect(page.locator("[data-kind]:visible")).to_have_count(2)
    page.select_option("#id_country", "DEU")
    expect(page.locator("[data-kind]:visible")).to_have_count(4)
    page.check("input[value=passport]")
    page.click("main form button.primary")
    page.wait_for_url("**/photo/front/")
