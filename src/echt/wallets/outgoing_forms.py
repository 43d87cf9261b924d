"""Forms of the address book, of sending, giving and withdrawing.

Each kind has two: what one fills in, with the amount as one types it; and what a confirmation sends back, in whole
units.
"""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from echt import clock
from echt.ui.formats import day_and_time
from echt.ui.forms import Form, one_line
from echt.wallets import addressing
from echt.wallets.actions.addresses import shortened
from echt.wallets.actions.sending import LONGEST as LONGEST_RECIPIENT
from echt.wallets.amounts import LONGEST, parse_amount
from echt.wallets.exact import DIGITS
from echt.wallets.models import Account, Address, Asset, Network
from echt.wallets.outgoing import TOKEN, amount_of
from echt.wallets.standing import standing

LONGEST_LABEL, LONGEST_WORDS = 40, 200
TYPED = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}


class AddressForm(Form):
    """A new address. `compared` is shown only where one looks alike."""

    network = forms.ChoiceField(label=_("Asset and network"))
    value = forms.CharField(
        label=_("Address or IBAN"), max_length=addressing.LONGEST, widget=forms.TextInput(attrs=TYPED)
    )
    label = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_LABEL,
        validators=[one_line],
        help_text=_("How you call it, for instance “Ledger at home”."),
    )
    compared = forms.BooleanField(label=_("I have compared every character, and this is the address that I mean."))

    def __init__(self, *args: Any, asks_to_compare: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Network.objects.filter(is_active=True, asset__is_active=True).select_related("asset")
        self.networks = {str(network.pk): network for network in found.order_by("asset__order", "asset__code", "name")}
        choices = [(pk, f"{network.asset.code}, {network.name}") for pk, network in self.networks.items()]
        self.fields["network"].choices = choices  # type: ignore[attr-defined]
        self.fields["compared"].required = False
        if not asks_to_compare and not self.data.get("compared"):
            self.fields["compared"].widget = forms.HiddenInput()

    @property
    def network_chosen(self) -> Network:
        return self.networks[self.cleaned_data["network"]]


class AmountForm(Form):
    """How much of what. `all`: as much as may move now, then no amount is typed."""

    amount = forms.CharField(
        label=_("Amount"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    all = forms.BooleanField(label=_("All that may move now"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].required = not self.data.get("all")

    def counted(self) -> Asset | None:
        """The asset in which the amount is typed."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        asset = self.counted()
        if asset is None or told.get("all") or "amount" not in told:
            return told
        try:
            told["units"] = parse_amount(told["amount"], asset.decimals)
        except ValidationError as wrong:
            self.add_error("amount", wrong)
        return told


class WithdrawForm(AmountForm):
    address = forms.ChoiceField(label=_("Goes to"))
    field_order = ("address", "amount", "all")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = account.addresses.filter(removed_at=None, network__is_active=True, network__asset__is_active=True)
        self.addresses = {str(it.pk): it for it in found.select_related("network__asset").order_by("added_at")}
        choices = [(pk, _named(address)) for pk, address in self.addresses.items()]
        self.fields["address"].choices = choices  # type: ignore[attr-defined]
        self.fields["amount"].help_text = _("What arrives. The fee of the network comes on top.")

    def counted(self) -> Asset | None:
        found = self.addresses.get(self.cleaned_data.get("address", ""))
        return found.network.asset if found else None

    @property
    def chosen(self) -> Address:
        return self.addresses[self.cleaned_data["address"]]


class OwnCoinsForm(AmountForm):
    """Of what one has."""

    asset = forms.ChoiceField(label=_("What"))

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assets = {asset.pk: asset for asset in Asset.objects.filter(is_active=True)}
        parts = [part for part in standing().of(account.pk, at=clock.now()) if part.asset in assets]
        self.assets = {assets[part.asset].code: assets[part.asset] for part in parts}
        self.fields["asset"].choices = [  # type: ignore[attr-defined]
            (assets[part.asset].code, _with_movable(assets[part.asset], part.movable)) for part in parts
        ]

    def counted(self) -> Asset | None:
        return self.assets.get(self.cleaned_data.get("asset", ""))

    @property
    def chosen(self) -> Asset:
        return self.assets[self.cleaned_data["asset"]]


class SendForm(OwnCoinsForm):
    recipient = forms.CharField(
        label=_("To whom"),
        max_length=LONGEST_RECIPIENT,
        validators=[one_line],
        widget=forms.TextInput(attrs=TYPED),
        help_text=_("The recipient's mail address or account number with us."),
    )
    field_order = ("recipient", "asset", "amount", "all")


class GiftForm(OwnCoinsForm):
    words = forms.CharField(
        label=_("A few words"),
        max_length=LONGEST_WORDS,
        required=False,
        validators=[one_line],
        help_text=_("Whoever opens the link reads them."),
    )
    field_order = ("asset", "amount", "all", "words")


# What a confirmation sends back ---------------------------------------------------------------------------


class Confirmation(Form):
    """Hidden, and read as strictly as if somebody had written it by hand."""

    units = forms.RegexField(f"^[1-9][0-9]{{0,{DIGITS - 1}}}$")
    token = forms.RegexField(f"^{TOKEN}$")
    asset = forms.CharField(max_length=12, required=False)
    address = forms.UUIDField(required=False)
    recipient = forms.CharField(max_length=LONGEST_RECIPIENT, required=False, validators=[one_line])
    words = forms.CharField(max_length=LONGEST_WORDS, required=False, validators=[one_line])
    kept: ClassVar[tuple[str, ...]] = ("asset", "address", "recipient", "words")

    def clean_units(self) -> int:
        return int(self.cleaned_data["units"])

    @property
    def chosen(self) -> Asset | None:
        return Asset.objects.filter(code=self.cleaned_data["asset"]).first()


def _named(address: Address) -> str:
    network = address.network
    told = f"{network.asset.code}, {network.name}: {address.label} ({shortened(address.value)})"
    if clock.now() < address.active_from:
        told += gettext(", from %(moment)s on") % {"moment": day_and_time(address.active_from)}
    return told


def _with_movable(asset: Asset, movable: int) -> str:
    return gettext("%(name)s: %(amount)s may move now") % {"name": asset.name, "amount": amount_of(movable, asset)}
