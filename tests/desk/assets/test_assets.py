"""The pages of assets, and the rules of `wallets.actions.assets`."""

from datetime import timedelta

import pytest
from django.conf import settings

from echt.accounts.models import Role
from echt.audit.models import AuditEvent
from echt.wallets.actions.assets import ensure_basics
from echt.wallets.models import Asset, Network, Rate
from echt.wallets.prices.refreshing import refresh
from tests.identity.reviewers import a_colleague
from tests.wallets.prices.worlds import ONE, Says

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

NEW = {"code": "NEAR", "name": "NEAR", "kind": "crypto", "decimals": 24, "order": 5, "is_active": "on"}
NETWORK = {"code": "near", "name": "NEAR", "rule": "near", "least": "0.1", "fee": "0.01", "is_active": "on"}


@pytest.fixture
def tom(client_of, db):
    """A treasurer's browser."""
    return client_of(a_colleague("tom", Role.TREASURER))


@pytest.fixture
def market(monkeypatch):
    """Two sources that the settings name."""
    sources = [Says("one", BTC=80_000 * ONE), Says("two", BTC=80_001 * ONE)]
    monkeypatch.setattr("echt.wallets.prices.board.sources", lambda: sources)
    monkeypatch.setattr("echt.desk.assets.views.sources", lambda: sources)
    return sources


def text_of(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_the_list_shows_prices_and_their_age(tom, btc, market, travel):
    ensure_basics()
    refresh(market)
    travel.shift(timedelta(seconds=9))

    page = text_of(tom.get("/desk/assets/"))
    assert "80,000.50\u00a0EUR" in page
    assert "fresh, 9 s old" in page
    assert "prices count in it" in page

    travel.shift(timedelta(seconds=300))
    assert "too old: 5 minutes ago" in text_of(tom.get("/desk/assets/"))


def test_the_list_warns_where_sources_are_missing(tom):
    assert settings.ECHT.wallets.sources == []
    assert "Too few sources of prices" in text_of(tom.get("/desk/assets/"))


def test_an_asset_shows_which_source_counts(tom, btc, market):
    market.append(Says("three", BTC=200_000 * ONE))
    refresh(market)

    page = text_of(tom.get("/desk/assets/BTC/"))
    assert "median of 2 sources" in page
    assert "too far from the others" in page


def test_an_asset_is_added_and_told(tom):
    text_of(tom.post("/desk/assets/add/", NEW), 302)

    asset = Asset.objects.get(code="NEAR")
    assert (asset.decimals, asset.kind, asset.is_active) == (24, "crypto", True)
    assert AuditEvent.objects.filter(event="asset.added").count() == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"code": "near"}, "capital letters"),
        ({"code": "N"}, "capital letters"),
        ({"code": "BTC"}, "There is an asset with this code."),
        ({"decimals": 31}, "Please enter at most 30."),
        ({"decimals": -1}, "Please enter at least 0."),
        ({"name": ""}, "Please fill this in."),
        ({"kind": "gold"}, "Please choose one of the answers given."),
    ],
)
def test_an_asset_that_will_not_do(tom, btc, values, words):
    assert words in text_of(tom.post("/desk/assets/add/", {**NEW, **values}), 422)
    assert Asset.objects.count() == 1


def test_rule_1_decimals_never_change(tom, btc):
    text_of(
        tom.post("/desk/assets/BTC/change/", {"name": "Bitcoin", "order": 1, "is_active": "on", "decimals": 2}), 302
    )

    btc.refresh_from_db()
    assert (btc.name, btc.order, btc.decimals) == ("Bitcoin", 1, 8)


def test_rule_3_bitcoin_and_the_reference_currency_stay_on(tom):
    ensure_basics()
    for code in ("BTC", "EUR"):
        page = text_of(tom.post(f"/desk/assets/{code}/change/", {"name": code, "order": 1}), 422)
        assert f"{code} cannot be switched off" in page
    assert not Asset.objects.filter(is_active=False).exists()


def test_rule_3_the_basics_are_there_and_stay_as_they_are():
    ensure_basics()
    Asset.objects.filter(code="BTC").update(name="Ours")
    ensure_basics()

    assert [*Asset.objects.values_list("code", "decimals", "name")] == [("BTC", 8, "Ours"), ("EUR", 2, "Euro")]
    assert Rate.objects.get().value == ONE


def test_a_network_is_added_and_changed(tom, btc):
    text_of(tom.post("/desk/assets/add/", NEW), 302)
    text_of(tom.post("/desk/assets/NEAR/network/", NETWORK), 302)
    text_of(tom.post("/desk/assets/NEAR/network/", {**NETWORK, "fee": "0", "is_active": ""}), 302)

    network = Network.objects.get()
    assert (network.least, network.fee, network.is_active) == (10**23, 0, False)
    assert 'value="0.1"' in text_of(tom.get("/desk/assets/NEAR/?network=near"))
    assert AuditEvent.objects.filter(event="network.changed").count() == 2


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"least": "0"}, "above zero"),
        ({"fee": "-1"}, "without a minus sign"),
        ({"least": "0.123456789"}, "decimal places"),
        ({"rule": "x"}, "Please choose one of the answers given."),
        ({"code": "A"}, "small letters"),
    ],
)
def test_a_network_that_will_not_do(tom, btc, values, words):
    assert words in text_of(tom.post("/desk/assets/BTC/network/", {**NETWORK, **values}), 422)
    assert not Network.objects.exists()


def test_readers_change_nothing(desk, btc):
    assert "Add an asset" not in text_of(desk.get("/desk/assets/"))
    assert desk.get("/desk/assets/add/").status_code == 404
    assert desk.post("/desk/assets/BTC/change/", {"name": "x", "order": 1}).status_code == 404
    assert desk.post("/desk/assets/BTC/network/", NETWORK).status_code == 404
    assert desk.get("/desk/assets/DOGE/").status_code == 404
