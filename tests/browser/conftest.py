"""A real installation and a real browser: `product` runs `echt serve --demo`, `visit` opens its pages as a person would."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache, cached_property
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from tests.installation import Installation
from tests.many_processes import wait_until
from tools.browser import FLAGS, axe, chromium

PASSWORD = "harbour lamp seven quiet"
SIZES = {
    "wide": {"viewport": {"width": 1440, "height": 1000}},
    "narrow": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
LOCALES = {"de": "de-DE", "en": "en-GB"}
ONE_TIME_CODE = re.compile(r"^\s*(\d{8}|\d{4} \d{4})\s*$", re.MULTILINE)
NETWORKS = count(1)
Visit = Callable[..., Page]


@dataclass(frozen=True)
class Mail:
    """A message as it left us."""

    raw: bytes = field(repr=False)

    @cached_property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        return self.message.get_body(("plain",)).get_content()

    @property
    def html(self) -> str:
        return self.message.get_body(("html",)).get_content()

    @property
    def number(self) -> str:
        return re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}\b", self.text).group()

    @property
    def has_one_time_code(self) -> bool:
        return ONE_TIME_CODE.search(self.text) is not None

    @property
    def one_time_code(self) -> str:
        return ONE_TIME_CODE.search(self.text).group(1)


@dataclass
class Product(Installation):
    """A running installation, and its mail."""

    password: str = PASSWORD

    def mails_to(self, address: str) -> list[Mail]:
        """What has left to an address, oldest first."""
        files = sorted((self.data / "outbox").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [mail for mail in map(_kept, files) if address in mail.to]

    def wait_for_mails(self, address: str, *, count: int) -> list[Mail]:
        wait_until(lambda: len(self.mails_to(address)) >= count)
        return self.mails_to(address)

    def wait_for_mail(self, address: str, *, after: int = 0) -> Mail:
        """The next message to an address, when so many were there before."""
        return self.wait_for_mails(address, count=after + 1)[after]


@cache
def _kept(path: Path) -> Mail:
    return Mail(path.read_bytes())


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    data = tmp_path_factory.mktemp("product") / "data"
    made = Product(data, environment(ECHT_DEMO_PASSWORD=PASSWORD, ECHT_WEB_PROXIES="1"))
    made.start("--demo")
    yield made
    made.stop()


def environment(**settings: str) -> dict[str, str]:
    """The environment of a product that knows nothing of this one's tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ECHT_", "DJANGO_"))}
    return kept | {"PYTHONPATH": "src", "ECHT_DEMO_CASES": "false"} | settings


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, product: Product) -> Iterator[Visit]:
    """Open a window: `visit(size="narrow", language="de", theme="dark")`, or with more of Playwright's options.

    A request to another origin fails the test. Each test comes from a network address of its own, as behind a proxy, so
    that no test uses up the tries of another.
    """
    windows = []
    strays: list[str] = []
    told = {"X-Forwarded-For": f"2001:db8:{next(NETWORKS):x}::1"}

    def open_window(*, size: str = "wide", language: str = "en", theme: str = "light", **more: Any) -> Page:
        options = {"locale": LOCALES[language], "color_scheme": theme, "extra_http_headers": told, **SIZES[size]}
        window = browser.new_context(**options, **more)
        windows.append(window)
        window.on("request", lambda request: strays.extend(_stray(request.url, product.origin)))
        page = window.new_page()
        page.set_default_timeout(15_000)
        return page

    yield open_window
    for window in windows:
        window.close()
    assert strays == []


def _stray(url: str, origin: str) -> list[str]:
    parts = urlsplit(url)
    is_ours = f"{parts.scheme}://{parts.netloc}" == origin or parts.scheme in {"data", "blob", "about"}
    return [] if is_ours else [url]


@pytest.fixture(scope="session")
def cookies_of(browser: Browser, product: Product) -> Callable[[str], StorageState]:
    """What a window of somebody of the demo holds who is signed in: one sign-in serves all tests that only look."""

    @cache
    def cookies(address: str) -> StorageState:
        with browser.new_context() as window:
            sign_in(window.new_page(), product, address)
            return window.storage_state()

    return cookies


@pytest.fixture(scope="session")
def axe_script() -> Path:
    return axe()


def sign_in(page: Page, product: Product, address: str) -> None:
    """As a person of the demo, with the code from the mailbox where the device is new."""
    before = len(product.mails_to(address))
    page.goto(f"{product.origin}/sign-in/")
    page.fill("#id_login", address)
    page.fill("#id_password", product.password)
    page.click("main form button.primary")
    if "/device/" in page.url:
        page.fill("#id_code", product.wait_for_mail(address, after=before).one_time_code)
        page.click("main form button.primary")
    page.wait_for_url("**/security/")
