"""What every page costs, and what it must fit into."""

from collections import Counter

import pytest
from playwright.sync_api import Page

from tools.pages import OPEN, SIGNED_IN

pytestmark = pytest.mark.browser

MOST = 120_000
"""Bytes of a page with all that it loads, uncompressed, without pictures."""
WIDE = {"width": 1440, "height": 1000}
NARROWEST = {"width": 360, "height": 740}
NEWS_OF_A_REFUSAL = "Failed to load resource: the server responded with a status of 4"
BUTTONS = "button, .button, .menu a, .tabbar a, .foot a, .bar a, .back, summary, select, .input"
TARGETS = f"{BUTTONS}, .subnav a, .tabs a, .pillars a, .choice"
TOO_SMALL = """([targets, least]) => [...document.querySelectorAll(targets)]
  .filter((target) => target.checkVisibility())
  .map((target) => [target.getBoundingClientRect(), target.outerHTML.slice(0, 120)])
  .filter(([{ width, height }]) => Math.min(width, height) > 1 && Math.min(width, height) < least - 0.5)
  .map(([{ width, height }, html]) => `${width} x ${height}: ${html}`)"""
LEADS_NOWHERE = """() => [...document.querySelectorAll("a, [popovertarget], [commandfor], [for], [aria-describedby]")]
  .filter((from) => {
    if (from.tagName === "A" && !from.getAttribute("href")) return true;
    const names = ["popovertarget", "commandfor", "for", "aria-describedby"].map((name) => from.getAttribute(name) ?? "");
    return names.join(" ").split(" ").filter(Boolean).some((id) => !document.getElementById(id));
  })
  .map((from) => from.outerHTML.slice(0, 120))"""


@pytest.fixture(params=["anybody", "customer"])
def pages(request, visit, cookies_of):
    """A window, and the addresses that its reader may open."""
    if request.param == "anybody":
        return visit(language="de"), OPEN
    return visit(storage_state=cookies_of("anna@demo.example")), SIGNED_IN


def test_no_page_is_heavy_and_none_complains(pages, product):
    page, paths = pages
    scales, complaints = Scales(page), []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    weights = {name: scales.weigh(product.origin + path) for name, path in paths.items()}
    assert {name: weight for name, weight in weights.items() if not 50_000 < weight <= MOST} == {}
    assert [told for told in complaints if not told.startswith(NEWS_OF_A_REFUSAL)] == []


class Scales:
    """What a window receives, told by the browser itself; nothing is kept from one page to the next."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.bytes: Counter[str] = Counter()
        self.kinds: dict[str, str] = {}
        browser = page.context.new_cdp_session(page)
        browser.on("Network.dataReceived", lambda told: self.bytes.update({told["requestId"]: told["dataLength"]}))
        browser.on("Network.responseReceived", self._answered)
        browser.send("Network.enable")
        browser.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def weigh(self, url: str) -> int:
        self.bytes.clear()
        self.page.goto(url)
        self.page.evaluate("document.fonts.ready.then(() => true)")
        return sum(size for which, size in self.bytes.items() if not self.kinds.get(which, "").startswith("image/"))

    def _answered(self, told: dict) -> None:
        self.kinds[told["requestId"]] = told["response"]["mimeType"]


def test_every_page_fits_the_narrowest_screen_and_its_targets_can_be_hit(pages, product):
    page, paths = pages
    faults = {}
    for name, path in paths.items():
        page.set_viewport_size(NARROWEST)
        page.goto(product.origin + path)
        open_menus(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        faults[name] = [f"{width} wide"] * (width > NARROWEST["width"])
        faults[name] += too_small(page, BUTTONS, 40)
        page.set_viewport_size(WIDE)
        faults[name] += too_small(page, TARGETS, 24)
        faults[name] += page.evaluate(LEADS_NOWHERE)
    assert {name: found for name, found in faults.items() if found} == {}


def open_menus(page: Page) -> None:
    page.eval_on_selector_all(".menu", "menus => menus.forEach(menu => menu.showPopover())")


def too_small(page: Page, targets: str, least: int) -> list[str]:
    """Those whose shorter side has fewer pixels."""
    return page.evaluate(TOO_SMALL, [targets, least])
