"""What the tests of the desk share: people in their roles, and their browsers."""

import pytest

from echt.accounts.models import Role
from tests.identity.cases import a_case
from tests.identity.conftest import set_identity  # noqa: F401  # a fixture
from tests.identity.reviewers import a_colleague


@pytest.fixture
def mara(db):
    """A reviewer."""
    return a_colleague("mara")


@pytest.fixture
def jonas(db):
    """Another reviewer."""
    return a_colleague("jonas")


@pytest.fixture
def olga(db):
    """A risk officer."""
    return a_colleague("olga", Role.RISK_OFFICER)


@pytest.fixture
def case(customer):
    return a_case(customer)


@pytest.fixture
def desk(mara, client_of):
    """Mara's browser."""
    return client_of(mara)
