"""Pictures of every page: wide and narrow, light and dark, German and English.

    python -m tools.screens http://localhost:8000 PASSWORD shots/

Signs in as the demo's Anna (German) and Ben (English), in a browser of its own for each width, and reads the code for
a new device from the demo's outbox. Look at the pictures one by one.
"""

import re
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools.browser import FLAGS, chromium
from tools.pages import OPEN, SIGNED_IN

SIZES = {"wide": (1440, 1000), "narrow": (390, 844)}
LANGUAGES = {"de": "de-DE", "en": "en-GB"}
PEOPLE = {"de": "anna@demo.example", "en": "ben@demo.example"}
THEMES = ("light", "dark")


def main(origin: str, password: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for size, language in product(SIZES, LANGUAGES):
            with _context(browser, size, language) as context:
                for name in _visit(
                    context.new_page(), origin, (PEOPLE[language], password), folder, f"{size}-{{}}-{language}"
                ):
                    print(name)


def _context(browser: Browser, size: str, language: str) -> BrowserContext:
    width, height = SIZES[size]
    return browser.new_context(viewport={"width": width, "height": height}, locale=LANGUAGES[language])


def _visit(page: Page, origin: str, person: tuple[str, str], folder: Path, variant: str) -> Iterator[str]:
    for pages in (OPEN, SIGNED_IN):
        if pages is SIGNED_IN:
            _sign_in(page, origin, person)
        for (title, address), theme in product(pages.items(), THEMES):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            page.goto(origin + address)
            name = f"{title}-{variant.format(theme)}.png"
            page.screenshot(path=folder / name, full_page=True)
            yield name


def _sign_in(page: Page, origin: str, person: tuple[str, str]) -> None:
    page.goto(f"{origin}/sign-in/")
    page.fill("#id_login", person[0])
    page.fill("#id_password", person[1])
    page.click("main form button.primary")
    if "/device/" in page.url:
        page.fill("#id_code", _newest_code(page.context.new_page(), origin))
        page.click("main form button.primary")


def _newest_code(page: Page, origin: str) -> str:
    """The code in the newest message of the outbox."""
    for _ in range(20):
        page.goto(f"{origin}/outbox/")
        page.click("main table a >> nth=0")
        found = re.search(r"\b\d{4} ?\d{4}\b", page.inner_text("main"))
        if found:
            return found.group()
        page.wait_for_timeout(500)
    raise SystemExit("No code came.")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
