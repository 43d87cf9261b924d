"""Forms of the entrance, over allauth's: our words and looks; addresses become aliases before allauth sees them."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base.internal.flows import check_rate_limit
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from echt.accounts.actions.second_factor import take_code
from echt.accounts.addresses import alias_of, normalise
from echt.accounts.factors import WRONG_CODE
from echt.accounts.models import User
from echt.accounts.passwords import ContextValidator
from echt.accounts.settings import accounts_settings
from echt.accounts.where import where
from echt.ui.forms import Form


def address_field() -> forms.EmailField:
    return forms.EmailField(
        label=_("Mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "inputmode": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your mail address."),
            "invalid": _("That is not a mail address. It looks like name@example.com."),
        },
    )


def password_field(label: Any, *, autocomplete: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=1024,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}, render_value=False),
        error_messages={"required": _("Enter your password.")},
    )


def code_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=32,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "class": "code-input",
            }
        ),
        error_messages={"required": _("Enter the code.")},
    )


def new_password_help() -> str:
    return str(
        _("At least %(least)s characters. Several words are easier to remember than a short riddle.")
        % {"least": accounts_settings().password}
    )


class _SignIn(account_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = address_field()
        self.fields["password"] = password_field(_("Password"), autocomplete="current-password")
        self.order_fields(["login", "password"])


class SignInForm(Form, _SignIn):
    def clean_login(self) -> str:
        return alias_of(self.cleaned_data["login"])


class _SignUp(account_forms.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = address_field()
        self.fields["password1"] = password_field(
            _("Password"), autocomplete="new-password", help_text=new_password_help()
        )
        self.order_fields(["email", "password1"])


class SignUpForm(Form, _SignUp):
    """`address` is the address as typed; `cleaned_data["email"]` its alias."""

    address = ""

    def clean_email(self) -> str:
        self.address = normalise(self.cleaned_data["email"])
        self.cleaned_data["email"] = alias_of(self.address)
        return str(super().clean_email())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        password = cleaned.get("password1")
        if password and self.address:
            try:
                ContextValidator().validate(password, User(address=self.address))
            except ValidationError as refused:
                self.add_error("password1", refused)
        return cleaned

    def try_save(self, request: HttpRequest) -> Any:
        """An address that has an account takes as long as a new one: it hashes the password too."""
        request.session["address"] = self.address
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class _ResetPassword(account_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = address_field()


class ResetPasswordForm(Form, _ResetPassword):
    def clean_email(self) -> str:
        self.address = normalise(self.cleaned_data["email"])
        self.cleaned_data["email"] = alias_of(self.address)
        return str(super().clean_email())

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        request.session["address"] = self.address
        return str(super().save(request, **kwargs))


class _NewPassword(account_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = new_password_help()


class NewPasswordForm(Form, _NewPassword):
    pass


class ConfirmCode(Form):
    """A form that asks for a code from the mailbox."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the message")
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "input code-input"}
        self.fields["code"].error_messages["required"] = str(_("Enter the code."))


class ConfirmCodeForm(ConfirmCode, account_forms.ConfirmLoginCodeForm):
    pass


class ConfirmAddressForm(ConfirmCode, account_forms.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmResetForm(ConfirmCode, account_forms.ConfirmPasswordResetCodeForm):
    pass


class SecondFactorForm(Form):
    """The second factor at sign-in: the app's code, or a recovery code."""

    code = code_field(_("Code from your authenticator app"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        forget_failures = check_rate_limit(self.user)
        code: str = self.cleaned_data["code"]
        if not take_code(actor=self.user, code=code, where=where(context.request)):
            raise ValidationError(WRONG_CODE)
        forget_failures()
        return code

    def save(self) -> None:
        record_authentication(context.request, self.user, "mfa", type="code")
