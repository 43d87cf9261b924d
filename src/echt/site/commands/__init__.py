"""The commands of `echt`, one module each: `add` declares its words, the function beneath it does the work."""

import importlib
from types import ModuleType

NAMES = (
    *("serve", "migrate", "admin", "settings", "doctor", "audit", "ledger", "proofs"),
    *("api", "screening", "prices", "models", "web", "worker", "version"),
)
"""In the order of the help."""


def asked_for(word: str | None) -> list[ModuleType]:
    """The command that the word names, else all: who verifies a proof does not wait for the web server's imports."""
    names = (word,) if word in NAMES else NAMES
    return [importlib.import_module(f"{__name__}.{name}") for name in names]
