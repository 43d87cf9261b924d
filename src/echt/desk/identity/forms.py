"""What the desk types in. The actions hold the rules; here is only what a page can send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from echt.desk.identity.words import STATES, VERDICTS, country
from echt.identity.actions.looking import LONGEST as LONGEST_WHY
from echt.identity.actions.looking import WHY
from echt.identity.decision_rules import LONGEST
from echt.identity.items import Item
from echt.identity.levels import LABELS as LEVELS
from echt.identity.levels import TO_VERIFY
from echt.identity.models.decisions import Verdict
from echt.identity.reasons import TEXTS, Reason
from echt.identity.states import AT_DESK, State
from echt.ui.forms import Form

DECIDED = (Verdict.APPROVE, Verdict.RETURN, Verdict.REFUSE)
ANY = ("", _("All"))


def lines(count: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": count})


class QueueForm(Form):
    """The filters of the queue; what is not understood is left out."""

    search = forms.CharField(
        label=_("Mail address or number"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    mine = forms.BooleanField(label=_("In my hands"), required=False)
    overdue = forms.BooleanField(label=_("Overdue"), required=False)
    hits = forms.BooleanField(label=_("With list hits"), required=False)

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [state for state in State if state in AT_DESK | {State.CHECKING}]
        self._choose("state", [ANY, *((state.value, STATES[state]) for state in shown)])
        self._choose("level", [ANY, *((level.value, LEVELS[level]) for level in TO_VERIFY)])
        self._choose("country", [ANY, *sorted(((code, country(code)) for code in countries), key=lambda it: it[1])])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # these are ChoiceFields


class LookForm(Form):
    """Why somebody looks at a case."""

    reason = forms.ChoiceField(label=_("Why do you look?"), choices=[(why.value, label) for why, label in WHY.items()])
    words = forms.CharField(label=_("In your own words"), required=False, max_length=LONGEST_WHY)


class DecisionForm(Form):
    """A decision, with its reasons as `reason:item`."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("Decision"),
        choices=[(verdict.value, VERDICTS[verdict]) for verdict in DECIDED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision.")},
    )
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"),
        required=False,
        choices=[(f"{reason.value}:{item.value}", text.label) for reason, text in TEXTS.items() for item in text.items],
    )
    message = forms.CharField(label=_("Message to the applicant"), required=False, max_length=LONGEST, widget=lines(3))
    note = forms.CharField(label=_("Note for the desk"), required=False, max_length=LONGEST, widget=lines(2))

    def chosen(self) -> list[tuple[Reason, Item]]:
        """The reasons, each with its item."""
        return chosen_in(self.cleaned_data["reasons"])


class RevokeForm(DecisionForm):
    """Taking away a level; what is decided is given."""

    version = None  # type: ignore[assignment]  # Django: the field is not there
    verdict = None  # type: ignore[assignment]


class TextForm(Form):
    """A note, or why something is done."""

    text = forms.CharField(label=_("Text"), max_length=LONGEST, widget=lines(3))


class HoldForm(TextForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class HitForm(Form):
    """Whether a hit is the applicant."""

    same = forms.ChoiceField(
        label=_("Is it the same person?"),
        choices=[("no", _("Another person of a like name")), ("yes", _("The same person"))],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=_("What shows it?"), max_length=LONGEST, widget=lines(2))


def chosen_in(values: list[str]) -> list[tuple[Reason, Item]]:
    pairs = (value.split(":") for value in values)
    return [(Reason(reason), Item(item)) for reason, item in pairs]
