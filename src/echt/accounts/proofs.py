"""Proofs that it is you, as they come with a request: password, code, passkey.

The form field `proof_password`, `proof_code` (authenticator app or recovery code) or `proof_passkey` (the browser's
answer as JSON) carries the proof. `RequestStepUp` is the `StepUp` of a page: it takes the proof of this very request,
or one that was given to this session for the same action within five minutes.
"""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from echt.accounts.actions.second_factor import take_code
from echt.accounts.factors import WRONG_CODE, has_second_factor
from echt.accounts.models import User
from echt.accounts.step_up import (
    MONEY,
    REVEALING,
    Grants,
    Method,
    Sensitive,
    SettingsLocked,
    StepUpRequired,
    binding,
)
from echt.accounts.where import where
from echt.ui.rate_limits import RateLimit, TooMany

PASSKEY_FOR = "step_up.passkey_for"
FIELDS = {
    "proof_password": Method.PASSWORD,
    "proof_code": Method.CODE,
    "proof_passkey": Method.PASSKEY,
}
WRONG_PROOFS = RateLimit("step_up", count=8, seconds=600)


class RequestStepUp:
    """The step-up of the person who sends a request.

    The proof is tested here, before any action begins its transaction: a wrong one must count even though the action is
    rolled back.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user: User = request.user  # type: ignore[assignment]
        self.grants = Grants(request.session)
        self.password: str | None = None
        self.bound_to: str | None = None
        self.proved = False
        self.problem = ""
        self._take_proof()

    def require(self, sensitive: Sensitive, **params: str) -> None:
        """See `step_up.StepUp`."""
        self._refuse_while_locked(sensitive)
        bound = binding(self.user, sensitive, params)
        if self._proves(bound):
            if sensitive in REVEALING:
                self.grants.add(bound)
            return
        if sensitive in REVEALING and self.grants.any():
            return
        if not self.grants.use_up(bound):
            raise StepUpRequired(sensitive, params, self.problem)

    def open(self, sensitive: Sensitive, **params: str) -> None:
        """Ask before a page that is long to fill; the proof is kept for the step that follows."""
        self._refuse_while_locked(sensitive)
        bound = binding(self.user, sensitive, params)
        if self._proves(bound):
            self.grants.add(bound)
        elif bound not in self.grants.fresh:
            raise StepUpRequired(sensitive, params, self.problem)

    def _refuse_while_locked(self, sensitive: Sensitive) -> None:
        if sensitive not in REVEALING | MONEY and self.user.settings_locked:
            raise SettingsLocked(self.user.settings_locked_until)

    def _proves(self, bound: str) -> bool:
        """Whether this request's proof is good for this; a passkey's is for what its challenge was made for."""
        return self.proved and self.bound_to in (None, bound)

    def _take_proof(self) -> None:
        given = next((name for name in FIELDS if self.request.POST.get(name)), None)
        if given is None:
            return
        try:
            WRONG_PROOFS.require(str(self.user.pk))
        except TooMany:
            self.problem = _("Too many wrong attempts. Try again in a few minutes.")
            return
        self.proved = self._is_good(FIELDS[given], self.request.POST[given])
        if self.proved:
            WRONG_PROOFS.forget(str(self.user.pk))
            self.request.session.cycle_key()
        else:
            self.problem = _problem(FIELDS[given])

    def _is_good(self, method: Method, value: str) -> bool:
        if method is Method.PASSWORD:
            return self._is_password(value)
        if method is Method.CODE:
            return take_code(actor=self.user, code=value, where=where(self.request))
        return self._is_passkey(value)

    def _is_password(self, value: str) -> bool:
        if has_second_factor(self.user) or not self.user.check_password(value):
            return False
        self.password = value
        return True

    def _is_passkey(self, value: str) -> bool:
        self.bound_to = self.request.session.pop(PASSKEY_FOR, "")
        try:
            response: Any = json.loads(value)
            authenticator = webauthn.complete_authentication(self.user, response)
        except (ValueError, ValidationError, AttributeError, TypeError, KeyError):
            return False
        authenticator.record_usage()
        return True


def methods_of(user: User) -> list[Method]:
    """What the person may prove it with, best first."""
    if not has_second_factor(user):
        return [Method.PASSWORD]
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    methods = [Method.PASSKEY] if Authenticator.Type.WEBAUTHN in kinds else []
    return [*methods, Method.CODE]


def passkey_challenge(request: HttpRequest, required: StepUpRequired) -> str:
    """The browser's options for a passkey proof of exactly this step, as JSON."""
    user: User = request.user  # type: ignore[assignment]
    request.session[PASSKEY_FOR] = binding(user, required.sensitive, required.params)
    return json.dumps(webauthn.begin_authentication(user))


def _problem(method: Method) -> str:
    if method is Method.PASSWORD:
        return _("That is not your password.")
    if method is Method.CODE:
        return str(WRONG_CODE)
    return _("The passkey could not be verified. Please try again.")
