"""The entrance: sign up, sign in, reset the password. allauth's flows in our looks.

What a step changes, it changes in one transaction; limits and wrong attempts count outside of it.
"""

import json
from typing import Any
from urllib.parse import urlsplit

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from echt.accounts.actions.entrance import end_session
from echt.accounts.actions.passwords import after_reset
from echt.accounts.factors import passkeys_of
from echt.accounts.models import User
from echt.accounts.where import where
from echt.ui.formats import masked_address
from echt.ui.settings import web_settings


class Transactional:
    """What a good form does is done whole or not at all."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        return response


class ToldAddress:
    """Shows where the code went, masked."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return told | {"address": masked_address(self._address())}

    def _address(self) -> str:
        return str(self.request.session.get("address", ""))


class SignUp(Transactional, account.SignupView):
    template_name = "accounts/sign_up.html"


class SignIn(Transactional, account.LoginView):
    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**kwargs)
        return told | {"our_host": urlsplit(web_settings().origin).netloc}


class SignInByPasskey(Transactional, webauthn.LoginWebAuthnView):
    template_name = "accounts/sign_in.html"


class SecondFactor(Transactional, mfa.AuthenticateView):
    template_name = "accounts/second_factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**kwargs)
        options = told.pop("js_data", {}).get("request_options", {})
        has_passkey = bool(passkeys_of(self.stage.login.user))
        return told | {"has_passkey": has_passkey, "passkey_options": json.dumps(options)}


class ConfirmAddress(Transactional, ToldAddress, account.ConfirmEmailVerificationCodeView):
    template_name = "accounts/confirm_address.html"


class ConfirmDevice(Transactional, ToldAddress, account.ConfirmLoginCodeView):
    template_name = "accounts/confirm_device.html"

    def _address(self) -> str:
        return str(self.stage.login.user.address)


class ResetPassword(Transactional, account.PasswordResetView):
    template_name = "accounts/reset_password.html"


class ConfirmReset(ToldAddress, account.ConfirmPasswordResetCodeView):
    template_name = "accounts/confirm_reset.html"


class NewPassword(account.CompletePasswordResetView):
    template_name = "accounts/new_password.html"

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            after_reset(user=form.user, where=where(self.request))
        return response


class SignOut(account.LogoutView):
    template_name = "accounts/sign_out.html"

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(self.request.user, User):
            end_session(user=self.request.user, where=where(self.request))
        response: HttpResponse = super().post(*args, **kwargs)
        return response


def reset_done(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return redirect("account_login")


def closed(request: HttpRequest) -> HttpResponse:
    """What a closed account's sign-in answers."""
    return render(request, "accounts/closed.html")


def locked(request: HttpRequest) -> HttpResponse:
    """What a locked account's sign-in answers, and how to open it again."""
    return render(request, "accounts/locked.html")
