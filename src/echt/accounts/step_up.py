"""Step-up: a fresh proof before something sensitive.

1. What is fresh is at most five minutes old.
2. A person with a second factor is never let through on the password alone.
3. A binding step needs a proof given for exactly this action with exactly these parameters, and uses it up.
4. A revealing step is content with any fresh proof of this session.
5. Wrong proofs are limited per person, and change nothing.
6. While the settings lock holds, a binding step that is no payment is refused whatever the proof.
7. A proof gives the session a new key, so that a stolen older one is worth nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt import clock

if TYPE_CHECKING:
    from echt.accounts.models import User

FRESH = 300
SESSION_KEY = "step_up"


class Sensitive(StrEnum):
    """What asks for a fresh proof, as `verb_object`."""

    REVEAL_CODE = "reveal_code"
    CHANGE_CODE = "change_code"
    CHANGE_PASSWORD = "change_password"  # noqa: S105
    ADD_APP = "add_app"
    REMOVE_APP = "remove_app"
    ADD_PASSKEY = "add_passkey"
    REMOVE_PASSKEY = "remove_passkey"
    MAKE_RECOVERY_CODES = "make_recovery_codes"
    LOCK_SETTINGS = "lock_settings"
    EXPORT_DATA = "export_data"
    CLOSE_ACCOUNT = "close_account"
    ADD_ADDRESS = "add_address"
    WITHDRAW = "withdraw"
    SEND_MONEY = "send_money"
    GIVE_MONEY = "give_money"


REVEALING = frozenset({Sensitive.REVEAL_CODE, Sensitive.EXPORT_DATA})
MONEY = frozenset({Sensitive.WITHDRAW, Sensitive.SEND_MONEY, Sensitive.GIVE_MONEY})
"""No settings: the settings lock does not stop them."""

SENTENCES: dict[Sensitive, Promise] = {
    Sensitive.REVEAL_CODE: _("You are about to see your anti-phishing code."),
    Sensitive.CHANGE_CODE: _("You are about to set your anti-phishing code."),
    Sensitive.CHANGE_PASSWORD: _("You are about to change your password."),
    Sensitive.ADD_APP: _("You are about to add an authenticator app."),
    Sensitive.REMOVE_APP: _("You are about to remove your authenticator app."),
    Sensitive.ADD_PASSKEY: _("You are about to add a passkey."),
    Sensitive.REMOVE_PASSKEY: _("You are about to remove a passkey."),
    Sensitive.MAKE_RECOVERY_CODES: _("You are about to make new recovery codes. The old ones stop working."),
    Sensitive.LOCK_SETTINGS: _("You are about to lock your security settings."),
    Sensitive.EXPORT_DATA: _("You are about to download your data."),
    Sensitive.CLOSE_ACCOUNT: _("You are about to close your account."),
    Sensitive.ADD_ADDRESS: _("You are about to add an address for withdrawals."),
    Sensitive.WITHDRAW: _("You are about to withdraw."),
    Sensitive.SEND_MONEY: _("You are about to send to another customer."),
    Sensitive.GIVE_MONEY: _("You are about to make a gift."),
}


class Method(StrEnum):
    """Ways to prove that it is you."""

    PASSWORD = "password"  # noqa: S105
    CODE = "code"
    PASSKEY = "passkey"


class StepUpRequired(Exception):
    """No fresh proof for exactly this. `problem` says why a proof just given did not do."""

    def __init__(self, sensitive: Sensitive, params: dict[str, str], problem: str = "") -> None:
        super().__init__(sensitive)
        self.sensitive = sensitive
        self.params = params
        self.problem = problem


class SettingsLocked(Exception):
    """The customer's own settings lock forbids changes until `until`."""

    def __init__(self, until: Any) -> None:
        super().__init__(until)
        self.until = until


class StepUp(Protocol):
    """What an action asks before it does something sensitive."""

    def require(self, sensitive: Sensitive, **params: str) -> None:
        """Return where a fresh proof for exactly this exists.

        Raises:
            StepUpRequired: no such proof.
            SettingsLocked: the settings are locked (rule 6).
        """

    @property
    def password(self) -> str | None:
        """The password in clear where it was the proof of this very request."""


def binding(user: User, sensitive: Sensitive, params: dict[str, str]) -> str:
    """What a proof is bound to: person, action and parameters."""
    told = json.dumps([str(user.pk), sensitive, sorted(params.items())], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


@dataclass
class Grants:
    """The proofs of a session that are still fresh, as `binding -> Unix time`, kept in the session."""

    session: Any
    fresh: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        since = clock.now().timestamp() - FRESH
        kept = self.session.get(SESSION_KEY, {})
        self.fresh = {bound: at for bound, at in kept.items() if at >= since}

    def add(self, bound: str) -> None:
        self._keep(self.fresh | {bound: clock.now().timestamp()})

    def use_up(self, bound: str) -> bool:
        """Whether there is a proof for this; it is gone afterwards."""
        if bound not in self.fresh:
            return False
        self._keep({other: at for other, at in self.fresh.items() if other != bound})
        return True

    def any(self) -> bool:
        return bool(self.fresh)

    def _keep(self, fresh: dict[str, float]) -> None:
        self.fresh = fresh
        self.session[SESSION_KEY] = fresh
