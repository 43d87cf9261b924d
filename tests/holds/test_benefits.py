"""What a level gives, on the page of identification, is what the limits in force say."""

import pytest

from echt.holds.models import Limit
from echt.identity.benefits import benefits
from echt.identity.levels import Level

pytestmark = pytest.mark.django_db

COIN = 100_000_000


def test_a_new_installation_gives_10_80_and_200_bitcoin():
    assert [benefits(level).limit for level in Level] == [10 * COIN, 80 * COIN, 200 * COIN]
    assert [benefits(level).fiat for level in Level] == [False, False, True]


def test_no_limit_zero_and_a_missing_one_are_three_things(client_of, customer):
    Limit.objects.filter(level="primary", counts="outgoing").update(sats=None)
    Limit.objects.filter(level="advanced", counts="outgoing").update(sats=0)
    Limit.objects.filter(level="none").delete()

    assert [benefits(level).limit for level in Level] == [0, None, 0]
    page = client_of(customer).get("/identification/").content.decode()
    assert "Kein Limit" in page or "No limit" in page
