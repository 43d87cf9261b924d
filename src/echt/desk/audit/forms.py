"""What one can ask of the record."""

from django import forms
from django.utils.translation import gettext_lazy as _

from echt.desk.identity.trail import LABELS
from echt.ui.forms import Form


def _events() -> list[tuple[str, str]]:
    """All events by their words, and the choice of none."""
    named = [(event, str(label)) for event, label in LABELS.items()]
    return [("", str(_("All"))), *sorted(named, key=lambda it: it[1])]


class TrailForm(Form):
    """Which events to show; everything empty: all."""

    event = forms.ChoiceField(label=_("Event"), required=False, choices=_events)
    person = forms.CharField(label=_("Mail address of a person"), required=False, max_length=254)


class MarkForm(Form):
    """A head of the chain that was noted elsewhere; without one the chain is checked in itself."""

    seq = forms.IntegerField(label=_("Place noted earlier"), required=False, min_value=1)
    digest = forms.RegexField(
        label=_("Its digest"),
        regex=r"^[0-9a-fA-F]{64}$",
        required=False,
        strip=True,
        error_messages={"invalid": _("A digest has 64 characters, digits and the letters a to f.")},
    )

    def clean(self) -> None:
        super().clean()
        given = [bool(self.cleaned_data.get(name)) for name in ("seq", "digest")]
        if any(given) and not all(given) and not self.errors:
            raise forms.ValidationError(_("Enter place and digest together, or neither."))
