"""Which prices count, and their median."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from echt.wallets.prices.medians import Median, Rules, Said, Standing, judged, median, median_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RULES = Rules(age=timedelta(seconds=60), jump=10, least=1)


def said(*values, ago=0):
    at = NOW - timedelta(seconds=ago)
    return [Said(source=f"s{number}", value=value, observed_at=at) for number, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "middle"),
    [
        ([7], 7),
        ([7, 10], 9),
        ([7, 9, 8], 8),
        ([8, 11, 9, 10], 10),
        ([5, 1, 4, 2, 3], 3),
        ([10**60, 10**60 + 2], 10**60 + 1),
    ],
)
def test_rule_3_the_median_of_one_to_five(values, middle):
    assert median(values) == middle


@given(st.lists(st.integers(1, 10**70), min_size=1, max_size=9))
def test_rule_3_the_median_is_within_half_a_unit_of_the_exact_one(values):
    ordered, half = sorted(values), len(values) // 2
    exact = Fraction(
        ordered[half] if len(values) % 2 else ordered[half - 1] + ordered[half], 1 if len(values) % 2 else 2
    )

    assert 0 <= median(values) - exact <= Fraction(1, 2)


def test_rule_1_a_price_counts_up_to_its_age_and_no_second_longer():
    assert median_of(said(100, ago=60), RULES, NOW) is not None
    assert median_of(said(100, ago=61), RULES, NOW) is None
    assert [standing for _, standing in judged(said(100, ago=61), RULES, NOW)] == [Standing.OLD]


def test_rule_2_a_price_far_from_the_others_does_not_count():
    found = judged(said(1000, 1010, 5000), RULES, NOW)

    assert [standing for _, standing in found] == [Standing.COUNTS, Standing.COUNTS, Standing.FAR]
    assert median_of(said(1000, 1010, 5000), RULES, NOW) == Median(value=1005, observed_at=NOW, sources=2)


@pytest.mark.parametrize(
    ("value", "standing"), [(1100, Standing.COUNTS), (1101, Standing.FAR), (900, Standing.COUNTS), (899, Standing.FAR)]
)
def test_rule_2_the_edge_is_exact(value, standing):
    assert judged(said(1000, 1000, value), RULES, NOW)[2][1] is standing


def test_rule_2_of_two_that_contradict_each_other_none_counts():
    assert median_of(said(1000, 2000), RULES, NOW) is None


def test_rule_3_too_few_sources_are_no_price():
    rules = Rules(age=RULES.age, jump=10, least=2)

    assert median_of(said(100), rules, NOW) is None
    assert median_of([*said(100), *said(100, ago=99)], rules, NOW) is None
    assert median_of([], RULES, NOW) is None


def test_rule_4_the_rate_is_as_old_as_the_oldest_that_it_rests_on():
    found = median_of([*said(100, 101, ago=5), *said(102, ago=40), *said(900, ago=50)], RULES, NOW)

    assert found.observed_at == NOW - timedelta(seconds=40)
    assert found.sources == 3
