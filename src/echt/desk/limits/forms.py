"""What the desk types in about limits. None, nothing and an amount are three answers, never an empty field."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.desk.policies.forms import WhyForm
from echt.desk.policies.words import LEVELS, country_choices, with_any
from echt.holds.actions.limits import MOST_WINDOW, Subject
from echt.holds.models import Limit
from echt.ui.forms import Form
from echt.wallets.amounts import as_text
from echt.wallets.fields import CoinsField
from echt.wallets.models import Asset
from echt.wallets.operations import CLASS_LABELS, Class

BITCOIN = Asset(code="BTC", decimals=8)
"""In which limits count, whatever the table of assets says."""
DAY = 24


class LimitForm(WhyForm):
    """A limit: whom it binds, and what it lets pass."""

    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Or: country of the document"), required=False)
    counts = forms.ChoiceField(
        label=gettext_lazy("What counts"), choices=[(it.value, CLASS_LABELS[it]) for it in Class]
    )
    window = forms.IntegerField(
        label=gettext_lazy("In how many hours"),
        min_value=1,
        max_value=MOST_WINDOW,
        initial=DAY,
        help_text=gettext_lazy("They roll: what is older does not count."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What may pass"),
        choices=[
            ("amount", gettext_lazy("At most this amount")),
            ("nothing", gettext_lazy("Nothing")),
            ("none", gettext_lazy("Any amount: no limit")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what may pass.")},
    )
    amount = CoinsField(BITCOIN, label=gettext_lazy("Amount in BTC"), required=False)
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = ("level", "country", "counts", "window", "kind", "amount", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = with_any(LEVELS.items(), "–")  # type: ignore[attr-defined]
        self.fields["country"].choices = with_any(country_choices(), "–")  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if said.get("kind") == "amount" and "amount" in said and said["amount"] is None:
            self.add_error("amount", _("Enter the amount, or choose one of the other answers."))
        if said.get("kind") in {"nothing", "none"} and said.get("amount"):
            self.add_error("amount", _("Leave the amount empty, or choose “At most this amount”."))

    def subject(self) -> Subject:
        """Whom it binds, once it is valid."""
        said = self.cleaned_data
        return Subject(
            counts=Class(said["counts"]), level=said["level"], country=said["country"], window=said["window"]
        )

    def sats(self) -> int | None:
        """What may pass, once it is valid."""
        answers: dict[str, int | None] = {"amount": self.cleaned_data["amount"], "nothing": 0, "none": None}
        return answers[self.cleaned_data["kind"]]


class AskForm(Form):
    """Which of the limits the page is about; what is not understood is left out."""

    level = forms.ChoiceField(required=False, choices=[("", ""), *LEVELS.items()])
    country = forms.CharField(required=False, max_length=3)
    counts = forms.ChoiceField(required=False, choices=[(it.value, it.value) for it in Class])
    window = forms.IntegerField(required=False, min_value=1, max_value=MOST_WINDOW)

    def subject(self) -> Subject:
        """As far as it was understood."""
        said = self.cleaned_data
        return Subject(
            counts=Class(said.get("counts") or Class.OUTGOING),
            level=said.get("level", ""),
            country=said.get("country", ""),
            window=said.get("window") or DAY,
        )


class PersonForm(Form):
    """Whose limits to show."""

    person = forms.CharField(label=gettext_lazy("Mail address of a customer"), required=False, max_length=254)


def initial_of(subject: Subject, limit: Limit | None) -> dict[str, Any]:
    """The limit in force as the form has it."""
    if limit is None:
        return dict(subject.row)
    kind = "none" if limit.sats is None else "amount" if limit.sats else "nothing"
    typed = as_text(limit.sats, BITCOIN.decimals).rstrip("0").rstrip(".") if limit.sats else ""
    return {**subject.row, "kind": kind, "amount": typed, "seen": limit.pk}
