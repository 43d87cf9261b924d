"""The form field for coins."""

from django.utils.translation import override

from echt.ui.forms import Form
from echt.wallets.fields import CoinsField
from echt.wallets.models import Asset

BITCOIN = Asset(code="BTC", decimals=8)


class SendForm(Form):
    amount = CoinsField(BITCOIN)
    spare = CoinsField(BITCOIN, required=False, allow_zero=True)


def told(**typed):
    form = SendForm(typed)
    form.is_valid()
    return form


def test_what_is_typed_becomes_units():
    with override("de"):
        assert told(amount="1.234,5").cleaned_data == {"amount": 123_450_000_000, "spare": None}


def test_the_code_of_the_asset_may_stand_behind_it():
    assert told(amount="0.01354000\u00a0BTC").cleaned_data["amount"] == told(amount="0.01354btc").cleaned_data["amount"]
    assert told(amount="1 ETH").errors


def test_a_refusal_keeps_what_was_typed_and_says_what_to_do():
    form = told(amount="1.123456789")
    assert form.errors["amount"] == [
        "This amount has more decimal places than there are: please enter at most 8.",
    ]
    assert 'value="1.123456789"' in str(form["amount"])


def test_nothing_and_zero():
    form = told(amount="", spare="0")
    assert form.errors == {"amount": ["Please enter an amount."]}
    assert form.cleaned_data["spare"] == 0


def test_a_form_may_name_the_asset_later():
    class Later(Form):
        amount = CoinsField()

    form = Later({"amount": "1.000001"})
    form.fields["amount"].asset = Asset(code="USDT", decimals=6)
    assert form.is_valid()
    assert form.cleaned_data["amount"] == 1_000001


def test_how_it_is_drawn():
    drawn = str(told()["amount"])
    assert 'inputmode="decimal"' in drawn
    assert 'class="input"' in drawn
