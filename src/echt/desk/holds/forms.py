"""What the risk desk types in. The actions hold the rules; here is only what a page can send."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from echt.desk.holds.words import CHANNELS
from echt.holds.causes import LABELS, LONGEST
from echt.holds.models import HoldState
from echt.ui.forms import Form

ANY = ("", _("All"))
HOURS = (24, 48, 72, 168)
"""By how much a hold is extended."""


class QueueForm(Form):
    """The filters of the queue; what is not understood is left out."""

    search = forms.CharField(
        label=_("Mail address or number"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=[ANY, *CHANNELS.items()])
    asset = forms.ChoiceField(label=_("Asset"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[ANY, (HoldState.RUNNING.value, _("Running")), (HoldState.FROZEN.value, _("Frozen"))],
    )
    appeals = forms.BooleanField(label=_("Request waits"), required=False)
    proposals = forms.BooleanField(label=_("Needs a second person"), required=False)
    soon = forms.BooleanField(label=_("Ends within 6 hours"), required=False)

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asset"].choices = [ANY, *((code, code) for code in codes)]  # type: ignore[attr-defined]


class SeenForm(Form):
    """What the hold was when the page was made (`access.seen_of`)."""

    seen = forms.CharField(widget=forms.HiddenInput)


class WordsForm(SeenForm):
    """A step with words for whoever reads them later."""

    words = forms.CharField(label=_("Why?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


class CauseForm(WordsForm):
    """A step whose cause the customer is told."""

    cause = forms.ChoiceField(label=_("Cause, told to the customer"), choices=[("", _("Choose")), *LABELS.items()])
    words = forms.CharField(label=_("For the desk"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    field_order: Sequence[str] = ("cause", "words")


class ExtendForm(CauseForm):
    """By how many hours; the page says which end that is (`page`)."""

    hours = forms.TypedChoiceField(
        label=_("Longer by"),
        coerce=int,
        choices=[(hours, hours) for hours in HOURS],
    )
    field_order = ("hours", "cause", "words")


class AnswerForm(WordsForm):
    words = forms.CharField(
        label=_("What the customer reads"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class LookForm(Form):
    words = forms.CharField(label=_("Why do you look?"), max_length=LONGEST)
