"""Forms of the security pages and of the profile. Whether a step is allowed, its action decides."""

import json
from itertools import groupby
from typing import Any
from zoneinfo import available_timezones

from babel.core import get_global
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from echt.accounts.actions.locking import LONGEST
from echt.accounts.codes import SENTENCES, Rule, guessable_words, pattern
from echt.accounts.forms import code_field, new_password_help, password_field
from echt.accounts.models import User
from echt.accounts.settings import accounts_settings
from echt.accounts.step_up import Method
from echt.ui.forms import Form, one_line
from echt.ui.settings import brand_settings, web_settings

NICKNAME = 32
PASSKEY_NAME = 48
NO_ANSWER = _("Your browser did not answer. Please try again, and confirm when it asks.")


class ProofForm(Form):
    """A proof that can be typed: the password, or a code where there is a second factor. `problem`: of the last one."""

    def __init__(self, *, method: Method, has_app: bool, problem: str) -> None:
        self.problem = problem
        super().__init__(data={} if problem else None)
        self.name, field = _proof_field(method, has_app=has_app)
        self.fields[self.name] = field

    def full_clean(self) -> None:
        super().full_clean()
        if self.problem:
            self.errors[self.name] = self.error_class([self.problem])


def _proof_field(method: Method, *, has_app: bool) -> tuple[str, forms.Field]:
    if method is Method.PASSWORD:
        field = password_field(_("Your password"), autocomplete="current-password")
        field.widget.attrs["class"] = "input"
        return "proof_password", field
    label = _("Code from your authenticator app, or a recovery code") if has_app else _("Recovery code")
    field = code_field(label)
    field.widget.attrs |= {"class": "input code-input", "autocapitalize": "off"}
    return "proof_code", field


class CodeForm(Form):
    """The anti-phishing code. The rules are the action's; the field brings them along for advice while one types."""

    code = forms.CharField(
        label=_("Your code"),
        widget=forms.TextInput(attrs={"class": "code-input", "autocomplete": "off", "autocapitalize": "off"}),
    )

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = accounts_settings().code_length
        field = self.fields["code"]
        field.error_messages["required"] = str(SENTENCES[Rule.LENGTH]) % {"most": most}
        field.help_text = _code_help(most)
        field.widget.attrs |= {
            "maxlength": most,
            "pattern": pattern(),
            "spellcheck": "false",
            "data-code-input": True,
            "data-code-brand": brand_settings().name,
            "data-code-name": guessable_words(owner),
        }


def _code_help(most: int) -> str:
    if accounts_settings().code_spaces:
        told = _("1 to %(most)s letters and digits, spaces and hyphens inside. Upper and lower case are kept.")
    else:
        told = _("1 to %(most)s characters, letters and digits only. Upper and lower case are kept.")
    return str(told) % {"most": most}


class PasswordForm(Form):
    """A new password."""

    password = password_field(_("New password"), autocomplete="new-password")

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        self.fields["password"].help_text = new_password_help()

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.owner)
        return password


class AppForm(Form):
    """The code that a new authenticator app shows."""

    code = code_field(_("Code that your app shows now"))


class PasskeyForm(Form):
    """A name for a new passkey, and the browser's answer as JSON."""

    name = forms.CharField(
        label=_("Name"),
        max_length=PASSKEY_NAME,
        validators=[one_line],
        help_text=_("So that you recognise it later, such as “Lena’s iPhone” or “blue security key”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    credential = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_credential(self) -> Any:
        try:
            return json.loads(self.cleaned_data["credential"])
        except ValueError as bad:
            raise forms.ValidationError(NO_ANSWER) from bad


class LockForm(Form):
    """For how long the security settings are locked."""

    days = forms.IntegerField(
        label=_("For how many days?"),
        min_value=1,
        max_value=LONGEST,
        initial=7,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "required": _("Enter a number of days from 1 to 30."),
            "min_value": _("Enter a number of days from 1 to 30."),
            "max_value": _("Enter a number of days from 1 to 30."),
        },
    )
    known = forms.BooleanField(label=_("I know that nobody can end the lock sooner, not even the support"))


class ProfileForm(Form):
    """Nickname, language, time zone."""

    nickname = forms.CharField(
        label=_("Nickname"),
        required=False,
        max_length=NICKNAME,
        validators=[one_line],
        help_text=_("How we call you in messages. It need not be your real name."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("Of the pages and of our messages.")
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), required=False, help_text=_("Times in pages and messages are told in it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = _zones()  # type: ignore[attr-defined]  # it is a ChoiceField


def _zones() -> list[tuple[str, Any]]:
    """Ours, then every place by its part of the world; former names of a place are left out."""
    known = available_timezones() - get_global("zone_aliases").keys()
    places = sorted(zone for zone in known if "/" in zone and not zone.startswith("Etc/"))
    ours = str(_("Ours: %(zone)s")) % {"zone": web_settings().zone}
    return [("", ours), *((part, [*map(_place, zones)]) for part, zones in groupby(places, _part_of_the_world))]


def _part_of_the_world(zone: str) -> str:
    return zone.partition("/")[0]


def _place(zone: str) -> tuple[str, str]:
    return zone, zone.partition("/")[2].replace("_", " ")
