"""Addresses of accounts. The names beginning with `account_` and `mfa_` are those that allauth looks for."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, include, path
from django.views.generic import RedirectView

from echt.accounts import security_urls
from echt.accounts.views import entrance
from echt.ui.audience import Audience, page


def open_page(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """A page for anybody, with a form."""
    return path(route, page(Audience.ANYONE, "GET", "POST", secret=True)(view), name=name)


locked = path("locked/", page(Audience.ANYONE, "GET")(entrance.locked), name="locked")
to_security = page(Audience.CUSTOMER, "GET")(RedirectView.as_view(pattern_name="accounts:security"))

urlpatterns = [
    open_page("sign-up/", entrance.SignUp.as_view(), "account_signup"),
    open_page("sign-up/code/", entrance.ConfirmAddress.as_view(), "account_email_verification_sent"),
    open_page("sign-in/", entrance.SignIn.as_view(), "account_login"),
    open_page("sign-in/passkey/", entrance.SignInByPasskey.as_view(), "mfa_login_webauthn"),
    open_page("sign-in/second-factor/", entrance.SecondFactor.as_view(), "mfa_authenticate"),
    open_page("sign-in/device/", entrance.ConfirmDevice.as_view(), "account_confirm_login_code"),
    open_page("sign-out/", entrance.SignOut.as_view(), "account_logout"),
    open_page("password/", entrance.ResetPassword.as_view(), "account_reset_password"),
    open_page("password/code/", entrance.ConfirmReset.as_view(), "account_confirm_password_reset_code"),
    open_page("password/new/", entrance.NewPassword.as_view(), "account_complete_password_reset"),
    path(
        "password/done/",
        page(Audience.ANYONE, "GET")(entrance.reset_done),
        name="account_password_reset_completed",
    ),
    path("closed/", page(Audience.ANYONE, "GET")(entrance.closed), name="account_inactive"),
    path("account/", to_security, name="account_email"),
    path("", include(([*security_urls.urlpatterns, locked], "accounts"))),
]
