"""What the tests of the risk desk's pages share."""

import pytest

from echt.accounts.models import Role
from tests.holds.actions.conftest import account, btc, hold, usdt  # noqa: F401  # fixtures
from tests.identity.reviewers import a_colleague


@pytest.fixture
def rosa(db):
    """Another risk officer."""
    return a_colleague("rosa", Role.RISK_OFFICER)


@pytest.fixture
def theo(db):
    """A treasurer: reads holds, and no cases."""
    return a_colleague("theo", Role.TREASURER)


@pytest.fixture
def desk(olga, client_of):
    """Olga's browser."""
    return client_of(olga)
