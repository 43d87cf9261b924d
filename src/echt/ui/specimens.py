"""What the style page shows: one field of each kind, times, every drawing."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.utils.translation import gettext_lazy as _

from echt import clock
from echt.ui.forms import Form


class SpecimenForm(Form):
    """One field of each kind; the second is refused."""

    nickname = forms.CharField(label=_("Nickname"), max_length=32)
    recipient = forms.CharField(
        label=_("Recipient’s address"),
        help_text=_("Bitcoin, begins with bc1, 1 or 3"),
        min_length=26,
        error_messages={"min_length": _("This address is too short. Please copy it once more, completely.")},
        widget=forms.TextInput(attrs={"class": "mono"}),
    )
    country = forms.ChoiceField(label=_("Country that issued it"), choices=[("DE", _("Germany")), ("AT", _("Austria"))])
    number = forms.CharField(label=_("Customer number"), disabled=True, initial="4471-2208")
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "off"}), required=False
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    days = forms.ChoiceField(
        label=_("Lock for how long?"),
        choices=[("7", _("7 days")), ("30", _("30 days"))],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=_("I know that nobody can shorten the lock"))


FILLED_IN = {
    "nickname": "lena.wolff",
    "recipient": "bc1qfjord7",
    "country": "DE",
    "days": "7",
    "agreed": "on",
}


def context() -> dict[str, Any]:
    now = clock.now()
    return {
        "form": SpecimenForm(FILLED_IN),
        "icons": icons(),
        "later": now + timedelta(hours=17, minutes=24),
        "soon": now + timedelta(hours=2, minutes=5),
        "nearly": now + timedelta(minutes=48),
    }


def icons() -> list[str]:
    """The names of all drawings."""
    path = finders.find("ui/icons.svg")
    with open(str(path), encoding="utf-8") as file:  # noqa: PTH123  # finders speak in strings
        return re.findall(r'<symbol id="([^"]+)"', file.read())
