"""Forms of buying, converting and selling: which assets, how much, and by which way."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from echt.ui.forms import Form
from echt.wallets.amounts import parse_amount
from echt.wallets.models import Asset
from echt.wallets.models.purchases import Channel
from echt.wallets.offers import coins, reference
from echt.wallets.operations import Operation
from echt.wallets.purchase_words import CHANNELS

LONGEST_AMOUNT = 100
COINS = "coins"
SALES = {Operation.SELL: _("To us, at once"), Operation.SELL_P2P: _("To another person (P2P)")}


class ExchangeForm(Form):
    """`amount` is counted in the asset that `counted` names."""

    amount = forms.CharField(
        label=_("Amount"),
        max_length=LONGEST_AMOUNT,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assets = {asset.code: asset for asset in coins()}
        choices = [(asset.code, f"{asset.name} ({asset.code})") for asset in self.assets.values()]
        for name in {"asset", "source", "target"} & {*self.fields}:
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def counted(self) -> Asset | None:
        """The asset in which the amount is typed; None: not known yet."""
        return self.assets.get(self.cleaned_data.get("asset") or self.cleaned_data.get("source", ""))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        asset, text = self.counted(), told.get("amount")
        if asset is not None and text:
            try:
                told["units"] = parse_amount(text, asset.decimals, get_language() or "en")
            except ValidationError as wrong:
                self.add_error("amount", wrong)
        return told

    def chosen(self, name: str) -> Asset:
        return self.assets[self.cleaned_data[name]]


class BuyForm(ExchangeForm):
    asset = forms.ChoiceField(label=_("What you buy"))
    field_order = ("asset", "amount", "counted_in", "channel")
    counted_in = forms.ChoiceField(label=_("The amount is"), widget=forms.RadioSelect, initial=COINS)
    channel = forms.ChoiceField(label=_("How you pay"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, channels: list[Channel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = reference()
        paid = _("in %(currency)s, as what you pay") % {"currency": self.currency.code}
        self.fields["counted_in"].choices = [(COINS, _("in coins")), (self.currency.code, paid)]  # type: ignore[attr-defined]
        self.fields["channel"].choices = [(one.value, CHANNELS[one]) for one in channels]  # type: ignore[attr-defined]

    def counted(self) -> Asset | None:
        return super().counted() if self.cleaned_data.get("counted_in") == COINS else self.currency


class ConvertForm(ExchangeForm):
    source = forms.ChoiceField(label=_("From"))
    field_order = ("source", "amount", "target")
    target = forms.ChoiceField(label=pgettext_lazy("money", "To"))

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("source") and told.get("source") == told.get("target"):
            self.add_error("target", _("Choose another asset than the one that you convert."))
        return told


class SellForm(ExchangeForm):
    asset = forms.ChoiceField(label=_("What you sell"))
    field_order = ("asset", "amount", "operation")
    operation = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, operations: list[Operation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["operation"].choices = [(one.value, SALES[one]) for one in operations]  # type: ignore[attr-defined]


def as_typed(units: int, asset: Asset) -> str:
    """For an input: as the reader would type it, without groups and without zeros at the end."""
    whole, rest = divmod(units, asset.unit)
    places = str(rest).rjust(asset.decimals, "0").rstrip("0") if rest else ""
    mark = "," if get_language() == "de" else "."
    return f"{whole}{mark}{places}" if places else str(whole)
