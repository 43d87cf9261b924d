"""Where django-allauth meets the house: mails, stages of a sign-in, secrets, limits, messages.

1. Every mail that allauth wants to send is one of ours, or an error.
2. A password on an unknown device is held until a code from the mailbox confirms it, unless a passkey was used.
3. A locked account signs nobody in.
4. The seed of an authenticator app is sealed.
5. Limits on sign-in count exactly, per address and per client, whatever the cache does.
"""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress, Login
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from echt.accounts.actions.entrance import begin_session, confirm_address, create_account
from echt.accounts.devices import is_known_device, remember_device
from echt.accounts.mails import AlreadyRegistered, ConfirmAddress, ConfirmDevice, ResetPassword
from echt.accounts.models import User
from echt.accounts.where import where
from echt.mail.kinds import Mail
from echt.mail.send import send
from echt.ui.client import client_address
from echt.ui.rate_limits import RateLimit, TooMany
from echt.ui.settings import brand_settings
from echt.vault.purposes import Purpose
from echt.vault.seal import seal, unseal

CODE_DIGITS = 8
AN_HOUR = timedelta(hours=1)
PER_ADDRESS = RateLimit("sign_in.address", count=10, seconds=600)
PER_CLIENT = RateLimit("sign_in.client", count=60, seconds=600)

MAILS: dict[str, Callable[[User, dict[str, Any]], Mail]] = {
    "account/email/email_confirmation_signup": lambda to, told: ConfirmAddress(to=to, code=told["code"]),
    "account/email/email_confirmation": lambda to, told: ConfirmAddress(to=to, code=told["code"]),
    "account/email/account_already_exists": lambda to, _told: AlreadyRegistered(to=to),
    "account/email/login_code": lambda to, told: ConfirmDevice(to=to, code=told["code"]),
    "account/email/password_reset_code": lambda to, told: ResetPassword(to=to, code=told["code"]),
}

homes: list[Callable[[User], str | None]] = []
"""Rooms above say where somebody lands after sign-in; the first that names an address counts."""

MESSAGES: dict[str, Promise] = {
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _("Your password is reset. Sign in with the new one."),
}


class AccountAdapter(DefaultAccountAdapter):
    """See the rules above."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Mail address and password do not belong together. Check both and try again."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes and try again."),
        "incorrect_code": _("That code does not fit. Check the newest message from us, or ask for a new code."),
        "rate_limited": _("That was too fast. Wait a moment and try again."),
    }

    # mails (rule 1) -------------------------------------------------------------------------------------------
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = User.objects.by_address(email)
        if user is not None:
            mail = MAILS[template_prefix](user, context)
            send(mail, repeat_window=AN_HOUR if isinstance(mail, AlreadyRegistered) else None)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Our actions send the notices themselves, in the transaction of what they report."""

    def _code(self) -> str:
        return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"

    generate_login_code = _code
    generate_password_reset_code = _code
    generate_email_verification_code = _code

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or MESSAGES.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    # sign-up --------------------------------------------------------------------------------------------------
    def save_user(self, request: HttpRequest, user: AbstractBaseUser, form: Any, commit: bool = True) -> User:  # noqa: ARG002
        return create_account(
            user=user,
            address=form.address,
            password=form.cleaned_data["password1"],
            language=get_language() or "en",
            where=where(request),
        )

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            confirm_address(user=email_address.user, where=where(request))
        return bool(confirmed)

    # sign-in --------------------------------------------------------------------------------------------------
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            PER_CLIENT.require(client_address(request))
            PER_ADDRESS.require(str(credentials.get("email", "")))
        except TooMany as limit:
            raise self.validation_error("too_many_login_attempts") from limit
        super().pre_authenticate(request, **credentials)

    def get_login_stages(self) -> list[str]:
        """The second factor comes before the device, so that a passkey spares the code from the mailbox."""
        return [
            "allauth.account.stages.EmailVerificationStage",
            "allauth.mfa.stages.AuthenticateStage",
            "allauth.account.stages.LoginByCodeStage",
        ]

    def is_login_by_code_required(self, login: Login) -> bool:
        user = login.user
        if user is None or login.signup or user.last_login is None:
            return False
        return not used_passkey(self.request, user) and not is_known_device(self.request, user)

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        if isinstance(user, User) and user.locked_at is not None:
            return redirect("accounts:locked")
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if isinstance(user, User):
            is_new = not is_known_device(request, user) and not kwargs.get("signup")
            begin_session(user=user, session=request.session, where=where(request), is_new_device=is_new)
            remember_device(request, user, response)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user = request.user
        found = [address for home in homes if isinstance(user, User) and (address := home(user))]
        return found[0] if found else str(super().get_login_redirect_url(request))


def used_passkey(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Whether a passkey took part in this sign-in."""
    records = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" and record.get("type") == "webauthn" for record in records)


class FactorAdapter(DefaultMFAAdapter):
    """See rule 4."""

    CONTEXT = "mfa.Authenticator.data"
    error_messages = DefaultMFAAdapter.error_messages | {  # allauth says so of passkeys alone; codes are our forms'
        "incorrect_code": _("The passkey could not be used. Try again, or sign in with your password."),
    }

    def encrypt(self, text: str) -> str:
        sealed = seal(text.encode(), purpose=Purpose.FACTOR, subject=None, context=self.CONTEXT)
        return b64encode(sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        plain = unseal(b64decode(encrypted_text), purpose=Purpose.FACTOR, subject=None, context=self.CONTEXT)
        return plain.decode()

    def _get_site_name(self) -> str:
        return brand_settings().name

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return str(user.address) if isinstance(user, User) else str(user)

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.display if isinstance(user, User) else str(user)}
