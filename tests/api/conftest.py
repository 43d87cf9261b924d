"""An engine with every scope, a market, and somebody's account."""

import pytest

from echt.api import assets, rates
from echt.wallets.models import Account
from tests.api.engine import Engine, market
from tests.holds import worlds


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """A rollback takes out what a process remembers."""
    assets.forget()
    rates.forget()


@pytest.fixture
def engine(db) -> Engine:
    market()
    return Engine()


@pytest.fixture
def lena(db) -> Account:
    return worlds.account(reference="user-1")


@pytest.fixture
def till(db) -> Account:
    return worlds.account(reference="user-2")


@pytest.fixture
def rich(engine, lena) -> Account:
    """Lena with one Bitcoin and a thousand dollars, all free."""
    worlds.deposit(lena, worlds.asset("BTC", 8), 10**8)
    worlds.deposit(lena, worlds.asset("USDT", 6), 1000 * 10**6)
    return lena
