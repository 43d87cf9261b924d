"""Where a link in a message leads.

1. A link to something that only the recipient may open marks its secret piece.
2. Outside the message a link is shown with its secret piece masked; a digest of the exact link stands beside it in
   the ledger.
3. Every link of a message is a `Target`; a bare address as text cannot be one.

A secret piece must come from `vault.ids.random_token` or be as hard to guess: the digest would give away anything
weaker.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import TypedDict

from echt.ui.settings import web_settings

MASK = "••••"


class LedgerLink(TypedDict):
    """A link as the ledger keeps it and as the look-up shows it."""

    shown: str
    digest: str


@dataclass(frozen=True)
class Target:
    """An address in up to three pieces; `secret` is the one that nobody else may know."""

    before: str
    secret: str = ""
    after: str = ""

    @property
    def exact(self) -> str:
        """What a click opens."""
        return f"{self.before}{self.secret}{self.after}"

    @property
    def shown(self) -> str:
        """What people compare: no scheme, no secret."""
        masked = f"{self.before}{MASK if self.secret else ''}{self.after}"
        return masked.partition("://")[2].rstrip("/")

    def for_ledger(self) -> LedgerLink:
        return {"shown": self.shown, "digest": digest_of(self.exact)}


def page(path: str, *, secret: str = "") -> Target:
    """A page of ours; `secret`, where given, is a piece of `path`.

    Raises:
        ValueError: the secret is not in the path exactly once.
    """
    address = f"{web_settings().origin}{path}"
    if not secret:
        return Target(address)
    if address.count(secret) != 1:
        raise ValueError("The secret must stand in the path exactly once.")
    before, after = address.split(secret)
    return Target(before, secret, after)


def digest_of(exact: str) -> str:
    """By which an exact link is recognised without being kept: SHA-256 in hex."""
    return sha256(exact.encode()).hexdigest()
