"""From where somebody acts: the device in words and the network address, for mails and history."""

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from echt.ui.client import client_address

BROWSERS = [
    ("Edge", r"\bEdg(?:e|A|iOS)?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(?:Firefox|FxiOS)/"),
    ("Chrome", r"\b(?:Chrome|CriOS|HeadlessChrome)/"),
    ("Safari", r"\bSafari/"),
]
SYSTEMS = [
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows\b"),
    ("macOS", r"\bMac OS X\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Linux", r"\bLinux\b"),
]


@dataclass(frozen=True)
class Where:
    """A browser and a system (`""` where unknown), and the network address of the client."""

    browser: str = ""
    system: str = ""
    address: str = ""

    @property
    def device(self) -> str:
        """Like "Firefox on Linux", in the reader's language."""
        if self.browser and self.system:
            return _("%(browser)s on %(system)s") % {"browser": self.browser, "system": self.system}
        return self.browser or self.system or _("An unknown device")

    @property
    def is_phone(self) -> bool:
        return self.system in {"iPhone", "Android"}

    def details(self) -> dict[str, str]:
        """For the record of what happened."""
        return {"browser": self.browser, "system": self.system, "ip": self.address}


def where(request: HttpRequest) -> Where:
    """From where this request comes, as far as it says."""
    agent = request.headers.get("User-Agent", "")
    return Where(browser=_first(BROWSERS, agent), system=_first(SYSTEMS, agent), address=client_address(request))


def _first(known: list[tuple[str, str]], agent: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, agent)), "")
