"""People of their own for the tests that change something, and what they prove themselves with."""

import hmac
import time
from base64 import b32decode
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, StorageState

from tests.browser.conftest import LOCALES, Product
from tests.browser.test_first_customer import PASSWORD, sign_up
from tests.many_processes import wait_until

HALF_MINUTE = 30
ON_ITS_WAY = 6
"""Seconds that a code needs from the app to the server when much else runs."""


@dataclass
class Person:
    """A customer; `cookies` are those of the window that was used last: every proof gives the session a new key."""

    address: str
    cookies: StorageState
    password: str = PASSWORD

    def remember(self, page: Page) -> None:
        self.cookies = page.context.storage_state()


def newcomer(browser: Browser, product: Product, name: str, *, language: str = "en") -> Person:
    """Somebody who has just signed up."""
    address = f"{name}@posteo.example"
    with browser.new_context(locale=LOCALES[language]) as window:
        sign_up(window.new_page(), product, address)
        return Person(address, window.storage_state())


def type_password(page: Page, product: Product, person: Person) -> None:
    """The first step of a sign-in."""
    page.goto(f"{product.origin}/sign-in/")
    page.fill("#id_login", person.address)
    page.fill("#id_password", person.password)
    page.click("main form:has(#id_login) button.primary")


def type_code(page: Page, code: str) -> None:
    """On a page that asks for a code and nothing else."""
    page.fill("#id_code", code)
    page.click("main form:has(#id_code) button.primary")


def prove(page: Page, person: Person) -> None:
    """Answer the question for the password."""
    page.fill("#id_proof_password", person.password)
    page.click("main form:has(#id_proof_password) button[type=submit]")
    page.wait_for_selector("#id_proof_password", state="detached")
    person.remember(page)


@dataclass
class AuthenticatorApp:
    """What a phone does with a secret (RFC 6238): six digits, new every half minute, each given out once."""

    secret: str
    given: int = 0

    def code(self) -> str:
        """The code of now; waits for the next one where that was given out or is about to end."""
        wait_until(self._is_fresh)
        self.given = int(time.time()) // HALF_MINUTE
        digest = hmac.digest(b32decode(self.secret), self.given.to_bytes(8), "sha1")
        place = digest[-1] & 15
        number = int.from_bytes(digest[place : place + 4]) & 0x7FFFFFFF
        return f"{number % 10**6:06}"

    def _is_fresh(self) -> bool:
        now = time.time()
        return now // HALF_MINUTE > self.given and now % HALF_MINUTE <= HALF_MINUTE - ON_ITS_WAY


class PasskeyDevice:
    """A device that keeps passkeys for one window, and whose owner confirms at once."""

    OPTIONS = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }

    def __init__(self, page: Page) -> None:
        self._browser = page.context.new_cdp_session(page)
        self._browser.send("WebAuthn.enable")
        made = self._browser.send("WebAuthn.addVirtualAuthenticator", {"options": self.OPTIONS})
        self._which = {"authenticatorId": made["authenticatorId"]}

    @property
    def passkeys(self) -> list[dict[str, Any]]:
        return self._browser.send("WebAuthn.getCredentials", self._which)["credentials"]

    def copy_to(self, other: "PasskeyDevice") -> None:
        """As a phone and a laptop of one owner share them."""
        for passkey in self.passkeys:
            other._browser.send("WebAuthn.addCredential", other._which | {"credential": passkey})

    def refuse(self) -> None:
        """From now on the owner does not confirm."""
        self._browser.send("WebAuthn.setUserVerified", self._which | {"isUserVerified": False})

    def confirm(self) -> None:
        self._browser.send("WebAuthn.setUserVerified", self._which | {"isUserVerified": True})


def add_passkey(page: Page, product: Product, person: Person) -> PasskeyDevice:
    """From the page, with the password as proof."""
    device = PasskeyDevice(page)
    page.goto(f"{product.origin}/security/passkeys/add/")
    prove(page, person)
    page.click("main form[data-passkey=create] button.primary")
    page.wait_for_url("**/security/recovery-codes/")
    return device
