"""Amounts of any length come out of the database as they went in."""

from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from echt.vault.ids import uuid7
from echt.wallets.exact import LARGEST, AmountField
from echt.wallets.models import Asset, Posting

EXTREMES = [0, 1, -1, 2**53 + 1, 2**63 - 1, 2**63, -(2**63) - 1, 10**54 + 1, 2**256 - 1, LARGEST, -LARGEST]
AMOUNTS = st.one_of(st.sampled_from(EXTREMES), st.integers(-LARGEST, LARGEST))


def kept(value: int, after: int | None = None) -> Posting:
    asset, _ = Asset.objects.get_or_create(code="WIDE", defaults={"name": "Wide", "kind": "crypto", "decimals": 30})
    return Posting.objects.create(transfer_id=uuid7(), account_id=uuid7(), asset=asset, amount=value, after=after)


class RoundTrips(TestCase):
    """With a database that hypothesis empties between its cases."""

    @given(AMOUNTS, st.none() | AMOUNTS)
    @settings(max_examples=60)
    def test_rules_1_and_2_what_goes_in_comes_out(self, amount, after):
        row = kept(amount, after)
        assert Posting.objects.values_list("amount", "after").get(pk=row.pk) == (amount, after)
        assert Posting.objects.filter(pk=row.pk, amount=amount).exists()
        assert not Posting.objects.filter(pk=row.pk, amount=amount - 1 if amount > 0 else amount + 1).exists()

    @given(st.lists(AMOUNTS, min_size=1, max_size=5))
    @settings(max_examples=20)
    def test_rule_1_many_at_once(self, amounts):
        first = kept(0)
        Posting.objects.bulk_create(
            Posting(transfer_id=first.transfer_id, account_id=uuid7(), asset=first.asset, amount=amount)
            for amount in amounts
        )
        found = Posting.objects.filter(transfer=first.transfer_id).order_by("pk").values_list("amount", flat=True)
        assert list(found) == [0, *amounts]

    @given(AMOUNTS)
    @settings(max_examples=30)
    def test_rule_3_zero_is_the_only_number_that_is_compared(self, amount):
        row = Posting.objects.filter(pk=kept(amount).pk)
        signs = (
            row.filter(amount__gt=0).exists(),
            row.filter(amount__gte=0).exists(),
            row.filter(amount__lt=0).exists(),
        )
        assert signs == (amount > 0, amount >= 0, amount < 0)


@pytest.mark.django_db
def test_rule_2_the_column_is_wide_enough_or_text():
    kinds = {"postgresql": "numeric(78, 0)", "sqlite": "text"}
    assert AmountField().db_type(connection) == kinds[connection.vendor]


@pytest.mark.django_db
@pytest.mark.parametrize("value", [1.0, Decimal(1), True, 10**78, -(10**78), "1.5", "one"])
def test_rule_4_what_is_no_amount_is_refused_before_the_database(value):
    with pytest.raises((TypeError, ValueError)), transaction.atomic():
        kept(value)
    assert not Posting.objects.exists()
