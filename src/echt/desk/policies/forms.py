"""What the desk types in about policies. The actions hold the rules; here is only what a page can send."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.desk.holds.words import CHANNELS
from echt.desk.policies.words import LEVELS, RISKS, codes_of_assets, country_choices, with_any
from echt.holds.actions.policies import LONGEST_NAME, MOST_HOURS, Criteria, PolicyTerms
from echt.holds.causes import LONGEST
from echt.holds.models import Policy
from echt.ui.forms import Form
from echt.wallets.fields import CoinsField
from echt.wallets.models import Asset
from echt.wallets.models.purchases import FIAT_CHANNELS, Channel
from echt.wallets.operations import LABELS, RESTRICTED, Operation, bits_of, operations_of

MOST_DAYS = 365


class WhyForm(Form):
    """Something that needs words for whoever reads them later."""

    reason = forms.CharField(label=gettext_lazy("Why?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


class SeenForm(WhyForm):
    """A step on the version that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class TermsForm(WhyForm):
    """What a version says."""

    hours = forms.IntegerField(
        label=gettext_lazy("Hours (N)"),
        min_value=0,
        max_value=MOST_HOURS,
        help_text=gettext_lazy("Elapsed hours from when the coins come in. 48 is T+2; 0 is not held."),
    )
    firm_hours = forms.IntegerField(
        label=gettext_lazy("Of them firm"),
        min_value=0,
        max_value=MOST_HOURS,
        help_text=gettext_lazy("Hours that no early release can cut."),
    )
    restricts = forms.MultipleChoiceField(
        label=gettext_lazy("What may not be done meanwhile"),
        choices=[(operation.value, LABELS[operation]) for operation in RESTRICTED],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose what may not be done with what is held.")},
    )
    restarts = forms.BooleanField(label=gettext_lazy("A conversion begins the hours anew"), required=False)
    extends_open = forms.BooleanField(
        label=gettext_lazy("Extend open holds when the hours rise"),
        help_text=gettext_lazy(
            "What is still held under this policy gets the later end at once. Never an earlier one."
        ),
        required=False,
    )
    field_order: tuple[str, ...] = ("hours", "firm_hours", "restricts", "restarts", "extends_open", "reason")

    def terms(self) -> PolicyTerms:
        """What was typed, once it is valid."""
        said = self.cleaned_data
        return PolicyTerms(
            hours=said["hours"],
            firm_hours=said["firm_hours"],
            restricts=bits_of([Operation(value) for value in said["restricts"]]),
            restarts=said["restarts"],
            extends_open=said["extends_open"],
        )


class ChangeForm(TermsForm, SeenForm):
    """A new version."""


class MakeForm(TermsForm):
    """A policy that there is not yet."""

    name = forms.SlugField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("Small letters, digits and hyphens, for example card-germany."),
        error_messages={"invalid": gettext_lazy("Enter a name of small letters, digits and hyphens.")},
    )
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country of the document"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    risk = forms.ChoiceField(label=gettext_lazy("Risk of the account"), required=False)
    asset = forms.ChoiceField(label=gettext_lazy("Asset"), required=False)
    field_order = ("name", "channel", "country", "level", "risk", "asset", *TermsForm.field_order)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_criteria(self)

    def criteria(self) -> Criteria:
        """What was chosen, once it is valid."""
        said = self.cleaned_data
        asset = int(said["asset"]) if said["asset"] else None
        return Criteria(**{name: said[name] for name in ("channel", "country", "level", "risk")}, asset_id=asset)


class TryForm(Form):
    """For whom, and what, the tester asks. A mail address stands for country, level and risk of its account."""

    person = forms.CharField(label=gettext_lazy("Mail address of a customer"), required=False, max_length=254)
    country = forms.ChoiceField(label=gettext_lazy("Or: country"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    risk = forms.ChoiceField(label=gettext_lazy("Risk"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("Channel"))
    asset = forms.ChoiceField(label=gettext_lazy("Asset"))
    amount = CoinsField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_criteria(self, any_=_("Unknown"))
        _choose(self, "level", [(value, str(label)) for value, label in LEVELS.items()])
        _choose(self, "risk", [(risk.value, str(label)) for risk, label in RISKS.items()])
        _choose(self, "channel", [(channel.value, str(CHANNELS[channel])) for channel in Channel])
        _choose(self, "asset", [(str(pk), code) for pk, code in codes_of_assets().items()])
        asked = str(self.data.get("asset", ""))
        found = Asset.objects.filter(pk=int(asked)) if asked.isdecimal() and asked.isascii() else Asset.objects.all()
        self.fields["amount"].asset = found.first()  # type: ignore[attr-defined]  # a CoinsField


class ExemptForm(WhyForm):
    """An exemption that somebody proposes."""

    person = forms.CharField(label=gettext_lazy("Mail address of the customer"), max_length=254)
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), required=False)
    days = forms.IntegerField(
        label=gettext_lazy("For how many days"),
        min_value=1,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("At most a year. Before it begins another person must agree."),
    )
    field_order = ("person", "channel", "days", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "channel", with_any(((it.value, CHANNELS[it]) for it in FIAT_CHANNELS), _("All channels")))


def fill_criteria(form: Form, any_: str = "") -> None:
    """The lists of what a policy can name."""
    _choose(form, "channel", with_any(CHANNELS.items()))
    _choose(form, "country", with_any(country_choices(), any_))
    _choose(form, "level", with_any(LEVELS.items()))
    _choose(form, "risk", with_any(((risk.value, label) for risk, label in RISKS.items())))
    _choose(form, "asset", with_any(codes_of_assets().items()))


def initial_of(policy: Policy) -> dict[str, Any]:
    """A version as the form has it."""
    return {
        "hours": policy.hours,
        "firm_hours": policy.firm_hours,
        "restricts": [operation.value for operation in operations_of(policy.restricts)],
        "restarts": policy.restarts,
        "extends_open": False,
        "seen": policy.version,
    }


def _choose(form: Form, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]  # these are ChoiceFields
