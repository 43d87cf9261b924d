"""A customer of wallets who reads English, her browser, and assets with prices, on a day that stands still."""

import pytest

from echt.accounts.actions.provisioning import provision
from echt.wallets.access import account_of
from tests.conftest import PASSWORD
from tests.holds import worlds


@pytest.fixture
def mia(db, travel):
    return provision(address="mia@example.org", password=PASSWORD, language="en", nickname="Mia")


@pytest.fixture
def account(mia):
    return account_of(mia)


@pytest.fixture
def browser(mia, client_of):
    return client_of(mia)


@pytest.fixture
def coins(db, travel):
    """By code. The coin with 24 decimals has no price."""
    assets = {
        "BTC": worlds.asset("BTC", 8),
        "USDT": worlds.asset("USDT", 6),
        "NEAR": worlds.asset("NEAR", 24),
        "EUR": worlds.asset("EUR", 2, "fiat"),
    }
    worlds.rate(assets["BTC"], 50_000)
    worlds.rate(assets["USDT"], 1)
    return assets
