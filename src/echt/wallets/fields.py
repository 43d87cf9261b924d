"""A form field for coins: typed in the reader's language, cleaned to whole smallest units."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from echt.wallets.amounts import LONGEST, SENTENCES, Fault, WrongAmount, parse_amount
from echt.wallets.models import Asset

LABEL = _("Amount")


class CoinsField(forms.CharField):
    """An amount of one asset. What was typed stays as it was typed, also where it is refused.

    A form whose asset is known later sets it (`form.fields["amount"].asset = asset`) before it is validated.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, asset: Asset | None = None, *, allow_zero: bool = False, **more: Any) -> None:
        self.asset, self.allow_zero = asset, allow_zero
        sentences = {"required": SENTENCES[Fault.NOTHING]} | more.pop("error_messages", {})
        super().__init__(**{"label": LABEL} | more, error_messages=sentences)

    def to_python(self, value: Any) -> Any:
        """The units; None where the field may be empty and is."""
        text = super().to_python(value)
        if not text:
            return None
        if self.asset is None:
            raise RuntimeError("An amount is read in an asset, and this field has none.")
        if len(text) > LONGEST:
            raise WrongAmount(Fault.LARGE)
        code = self.asset.code
        text = text[: -len(code)] if text.upper().endswith(code) else text
        return parse_amount(text, self.asset.decimals, allow_zero=self.allow_zero)
