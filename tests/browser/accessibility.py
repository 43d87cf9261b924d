"""What axe-core finds on a page as somebody sees it: in this size, in this appearance; and whether the page fits."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"wide": {"width": 1440, "height": 1000}, "narrow": {"width": 360, "height": 740}}
LOOKS = {
    "de": (("wide", "light"), ("narrow", "dark")),
    "en": (("narrow", "light"), ("wide", "dark")),
}
"""How a page is looked at in each language: in both sizes and both appearances."""
STILL = {"reduced_motion": "reduce"}
"""A window in which nothing moves, so that no colour is caught on its way."""
RUN = """rules => axe.run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(
    ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.replace(/\\s+/g, " ")}`)))"""
TOO_WIDE = """() => document.documentElement.scrollWidth > innerWidth ? ["One must scroll sideways."] : []"""


class Examiner:
    """Runs the rules in a window; `script` is axe-core's own."""

    def __init__(self, script: Path, language: str) -> None:
        self.script = script.read_text()
        self.looks = LOOKS[language]

    def faults(self, page: Page) -> list[str]:
        """What is wrong with the page as it stands there, in every look."""
        page.evaluate(self.script)
        return [f"{' '.join(look)}: {fault}" for look in self.looks for fault in self._faults(page, *look)]

    def faults_along(self, page: Page, stops: Iterator[str]) -> dict[str, list[str]]:
        """What is wrong at the stops of a way through the product, by the stop's name."""
        return {stop: found for stop in stops if (found := self.faults(page))}

    def faults_of(self, page: Page, pages: dict[str, str]) -> dict[str, list[str]]:
        """The same for pages that an address is enough for."""
        return self.faults_along(page, (name for name, address in pages.items() if page.goto(address)))

    def _faults(self, page: Page, size: str, theme: str) -> list[str]:
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme=theme)
        return page.evaluate(RUN, RULES) + page.evaluate(TOO_WIDE)
