"""What the tests of the risk desk share: people in their roles, and a hold of a customer."""

import pytest

from echt.accounts.models import Role
from echt.holds.models import Hold
from echt.wallets.access import account_of
from tests.holds import worlds
from tests.identity.reviewers import a_colleague


@pytest.fixture
def olga(db):
    """A risk officer."""
    return a_colleague("olga", Role.RISK_OFFICER)


@pytest.fixture
def rosa(db):
    """Another risk officer."""
    return a_colleague("rosa", Role.RISK_OFFICER)


@pytest.fixture
def auditor(db):
    """Reads, and changes nothing."""
    return a_colleague("abel", Role.AUDITOR)


@pytest.fixture
def usdt(db):
    return worlds.asset("USDT", 6)


@pytest.fixture
def btc(db):
    return worlds.asset("BTC", 8)


@pytest.fixture
def account(customer):
    return account_of(customer)


@pytest.fixture
def hold(account, usdt):
    """500 USDT by card, held for 72 hours; the policy's firm part is 24 hours."""
    terms = worlds.bought(account, usdt, 500_000_000, hours=72)
    return Hold.objects.get(pk=terms.hold)
