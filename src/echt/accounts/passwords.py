"""What a password must not be, beyond Django's own checks of length and common lists."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from echt.accounts.codes import SHORTEST_PART, is_part
from echt.accounts.settings import accounts_settings
from echt.ui.settings import brand_settings

LINE = 256


class BreachedValidator:
    """Refuses passwords of the operator's list of breached ones (`ECHT_ACCOUNTS_BREACHED`)."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        listed = accounts_settings().breached
        if listed and is_listed(password, Path(listed)):
            raise ValidationError(
                _("This password was stolen from another site and is on lists that thieves try. Choose another one."),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return _("It must not be on a list of stolen passwords.")


class ContextValidator:
    """Refuses passwords made of the person's address or name, the brand, or the anti-phishing code."""

    def validate(self, password: str, user: Any = None) -> None:
        if any(_tells(word, password) for word in _words_of(user)):
            raise ValidationError(
                _("Your password must not contain our name, your name or a part of your mail address."),
                code="password_guessable",
            )
        code = user.carried_code() if user is not None and not user._state.adding else None
        if code and is_part(code, password):
            raise ValidationError(
                _("Your password must not contain your anti-phishing code: the code stands in every mail."),
                code="password_contains_code",
            )

    def get_help_text(self) -> str:
        return _("It must not contain our name, your name or a part of your mail address.")


def is_listed(password: str, file: Path) -> bool:
    """Whether the sorted file of SHA-1 hashes holds this password's; found by bisection, the file may be huge."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as lines:
        low, high = 0, file.stat().st_size
        while low < high:
            middle = (low + high) // 2
            lines.seek(middle)
            if middle:
                lines.readline(LINE)
            found = lines.readline(LINE).strip().upper()[:40]
            if found == wanted:
                return True
            if found and found < wanted:
                low = middle + 1
            else:
                high = middle
        lines.seek(low)
        return lines.readline(LINE).strip().upper()[:40] == wanted


def _words_of(user: Any) -> list[str]:
    address = str(getattr(user, "address", "") or "")
    return [brand_settings().short, str(getattr(user, "nickname", "") or ""), address.partition("@")[0]]


def _tells(word: str, password: str) -> bool:
    """Whether a word is most of what the password has to say."""
    return len(word) > SHORTEST_PART and word.casefold() in password.casefold()
