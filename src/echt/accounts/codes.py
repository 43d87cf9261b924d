"""The anti-phishing code: what a good one is.

1. It has 1 to N characters (N is a setting, 6 at first).
2. Letters and digits only; an operator may also allow spaces and hyphens inside.
3. It is not one character repeated.
4. It is not a commonly used password.
5. It is not the brand's name or a part of it.
6. It is not the person's own name or a part of the mail address.
7. It is not the person's password or a part of it.

Upper and lower case are kept. Fewer than four characters are accepted, with the advice to take more.
"""

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import Protocol

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.accounts.settings import accounts_settings
from echt.ui.settings import brand_settings

ADVISED_LENGTH = 4
SHORTEST_PART = 3


class Rule(StrEnum):
    """The rules a code may break, by number as above."""

    LENGTH = "length"
    CHARACTERS = "characters"
    REPEATED = "repeated"
    COMMON = "common"
    BRAND = "brand"
    OWN_NAME = "own_name"
    PASSWORD = "password"  # noqa: S105


SENTENCES: dict[Rule, Promise] = {
    Rule.LENGTH: _("Choose 1 to %(most)s characters."),
    Rule.CHARACTERS: _("Use letters from A to Z and digits only, no special characters."),
    Rule.REPEATED: _("That is one character over and over. Mix different ones."),
    Rule.COMMON: _("Many people use this as a password, so forgers try it first. Choose something of your own."),
    Rule.BRAND: _("Do not use our name: a forger would guess it first."),
    Rule.OWN_NAME: _("Do not use your name or a part of your mail address: a forger knows both."),
    Rule.PASSWORD: _("This is your password or a part of it. The code stands in every mail, so choose something else."),
}


class CodeRefused(Exception):
    """The code breaks a rule; `rule` names it, `sentence` says what to do."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(rule)
        self.rule = rule

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.rule]) % {"most": accounts_settings().code_length}


class Owner(Protocol):
    """What the rules must know of the person."""

    address: str
    nickname: str

    def check_password(self, raw_password: str) -> bool: ...


def normalise(code: str) -> str:
    """The code as it is kept: composed characters, no space around; case stays."""
    return unicodedata.normalize("NFKC", code).strip()


def check_code(code: str, *, owner: Owner, password: str | None = None) -> None:
    """Let a good code pass.

    `password` is the password in clear where the person has just typed it; without it, only equality can be tested.

    Raises:
        CodeRefused: the first rule that the code breaks.
    """
    settings = accounts_settings()
    if not 1 <= len(code) <= settings.code_length:
        raise CodeRefused(Rule.LENGTH)
    if re.fullmatch(pattern(), code) is None:
        raise CodeRefused(Rule.CHARACTERS)
    if len(code) > 1 and len(set(code.casefold())) == 1:
        raise CodeRefused(Rule.REPEATED)
    if len(code) >= SHORTEST_PART and code.casefold() in _common_passwords():
        raise CodeRefused(Rule.COMMON)
    if _resembles(code, brand_settings().name):
        raise CodeRefused(Rule.BRAND)
    if _resembles(code, owner.nickname) or _resembles(code, _telling_part(owner.address)):
        raise CodeRefused(Rule.OWN_NAME)
    if _is_password(code, owner=owner, password=password):
        raise CodeRefused(Rule.PASSWORD)


def pattern() -> str:
    """The characters of rule 2, as a regular expression that Python and browsers read alike."""
    spaces = accounts_settings().code_spaces
    return r"[A-Za-z0-9](?:[A-Za-z0-9 \-]*[A-Za-z0-9])?" if spaces else r"[A-Za-z0-9]+"


def guessable_words(owner: Owner) -> str:
    """The words of rule 6."""
    return f"{owner.nickname} {_telling_part(owner.address)}".strip()


def is_short(code: str) -> bool:
    """Whether the code deserves the advice to take more characters."""
    return len(code) < ADVISED_LENGTH


def is_part(code: str, password: str) -> bool:
    """Whether a code of some length stands in a password, in whatever case."""
    return len(code) >= SHORTEST_PART and code.casefold() in password.casefold()


def masked(code: str) -> str:
    """As many dots as any code may have, so that not even the length shows."""
    return "•" * max(accounts_settings().code_length, len(code))


def _resembles(code: str, name: str) -> bool:
    """Whether the code is a word of the name, holds one, or is cut out of one."""
    folded = re.sub(r"[^a-z0-9]", "", code.casefold())
    words = [word for word in re.split(r"[^a-z0-9]+", name.casefold()) if word]
    if len(folded) < SHORTEST_PART:
        return folded in words
    return any(folded in word or (len(word) >= SHORTEST_PART and word in folded) for word in words)


def _telling_part(address: str) -> str:
    """The address without its top-level domain, which says nothing about a person."""
    return address.rpartition(".")[0]


def _is_password(code: str, *, owner: Owner, password: str | None) -> bool:
    if password is not None:
        return is_part(code, password) or code == password
    return owner.check_password(code)


@cache
def _common_passwords() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
