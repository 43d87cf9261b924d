"""What the desk types in about assets and networks. The actions hold the rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from echt.ui.forms import Form
from echt.wallets.actions.assets import LONGEST_NAME, MOST_ORDER, AssetChange, NetworkChange
from echt.wallets.addressing import RULES
from echt.wallets.amounts import as_text
from echt.wallets.fields import CoinsField
from echt.wallets.models import Asset, Network
from echt.wallets.models.assets import MOST_DECIMALS, AssetKind


class AssetForm(Form):
    """What of an asset can be changed."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    order = forms.IntegerField(
        label=_("Place in lists"), min_value=0, max_value=MOST_ORDER, help_text=_("Smaller ones stand further up.")
    )
    is_active = forms.BooleanField(
        label=_("Can be bought, converted and withdrawn"),
        help_text=_("What customers have of it stays visible in any case."),
        required=False,
    )

    def change(self) -> AssetChange:
        """What was typed, once it is valid."""
        said = self.cleaned_data
        return AssetChange(name=said["name"], order=said["order"], is_active=said["is_active"])


class NewAssetForm(AssetForm):
    """An asset that we do not have yet."""

    code = forms.CharField(label=_("Code"), max_length=12, help_text=_("As everybody calls it, for example BTC."))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(AssetKind.CRYPTO.value, _("Coin")), (AssetKind.FIAT.value, _("Fiat money"))]
    )
    decimals = forms.IntegerField(
        label=_("Decimal places"),
        min_value=0,
        max_value=MOST_DECIMALS,
        help_text=_("Of its smallest unit, as its chain has them. They can never be changed."),
    )
    field_order = ("code", "name", "kind", "decimals", "order", "is_active")


class NetworkForm(Form):
    """A network on which an asset leaves."""

    code = forms.SlugField(
        label=_("Code"), max_length=16, help_text=_("For example bitcoin; one that is there is changed.")
    )
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    rule = forms.ChoiceField(label=_("How addresses are checked"), choices=[(rule, rule) for rule in RULES])
    least = CoinsField(label=_("Least amount"))
    fee = CoinsField(label=_("Fee"), allow_zero=True)
    is_active = forms.BooleanField(label=_("Can be withdrawn to"), required=False)

    def __init__(self, *args: Any, asset: Asset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("least", "fee"):
            self.fields[name].asset = asset  # type: ignore[attr-defined]  # CoinsFields

    def change(self) -> NetworkChange:
        """What was typed, once it is valid."""
        said = self.cleaned_data
        return NetworkChange(**{name: said[name] for name in ("name", "rule", "least", "fee", "is_active")})


def initial_of(network: Network | None, asset: Asset) -> dict[str, Any]:
    """A network as the form has it."""
    if network is None:
        return {"is_active": True}
    typed = {name: as_text(getattr(network, name), asset.decimals) for name in ("least", "fee")}
    shown = {name: getattr(network, name) for name in ("code", "name", "rule", "is_active")}
    return {**shown, **{name: text.rstrip("0").rstrip(".") if "." in text else text for name, text in typed.items()}}
