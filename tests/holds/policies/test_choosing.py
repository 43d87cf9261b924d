"""Which policy counts: the rules of `choosing`, against a reference that says it in other words."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from echt.holds.choosing import choose, criteria, ranked
from echt.holds.models import Policy
from echt.vault.ids import uuid7

NAMES = ("channel", "country", "level", "risk", "asset_id")
CHOICES = {
    "channel": ["card", "bank"],
    "country": ["DEU", "TUR"],
    "level": ["none", "primary"],
    "risk": ["normal", "high"],
    "asset_id": [1, 2],
}
ASKED = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in CHOICES.items()})
POLICY = st.fixed_dictionaries(
    {
        **{name: st.sampled_from([None if name == "asset_id" else "", *values]) for name, values in CHOICES.items()},
        "hours": st.sampled_from([0, 24, 48]),
    }
)


def chosen(policies, asked):
    return choose(policies, **{name.removesuffix("_id"): value for name, value in asked.items()})


def reference(policies, asked):
    """Try every way to leave out criteria, the fewest left out first; in each the longest, then the last made."""
    for left_out in range(len(NAMES) + 1):
        wanted = [
            {
                name: (None if name == "asset_id" else "") if out else asked[name]
                for name, out in zip(NAMES, outs, strict=True)
            }
            for outs in product([False, True], repeat=len(NAMES))
            if sum(outs) == left_out
        ]
        fitting = [it for it in policies if {name: getattr(it, name) for name in NAMES} in wanted]
        if fitting:
            longest = max(it.hours for it in fitting)
            return [it for it in fitting if it.hours == longest][-1]
    return None


@given(st.lists(POLICY, max_size=12), ASKED)
def test_the_choice_is_that_of_the_reference(drawn, asked):
    policies = [Policy(id=uuid7(), name=str(number), version=1, **values) for number, values in enumerate(drawn)]

    assert chosen(policies, asked) is reference(policies, asked)
    assert chosen(policies[::-1], asked) is reference(policies, asked)


ANNA = {"channel": "card", "country": "DEU", "level": "none", "risk": "normal", "asset_id": 1}


def policy(hours=24, **values):
    return Policy(id=uuid7(), name="x", version=1, hours=hours, **values)


def test_rule_2_more_criteria_beat_more_hours():
    assert chosen([policy(240, channel="card"), policy(1, channel="card", country="DEU")], ANNA).hours == 1


def test_rule_2_of_equals_the_longest():
    assert chosen([policy(24, channel="card"), policy(72, country="DEU"), policy(48, level="none")], ANNA).hours == 72


def test_rule_2_of_equals_the_newest():
    first, second = policy(24, channel="card"), policy(24, country="DEU")

    assert chosen([second, first], ANNA) is second


def test_rule_1_a_policy_for_others_does_not_apply():
    assert chosen([policy(channel="bank"), policy(country="TUR", channel="card")], ANNA) is None
    assert chosen([], ANNA) is None


def test_rule_1_an_unknown_country_meets_no_country():
    assert chosen([policy(country="DEU")], {**ANNA, "country": ""}) is None


def test_all_that_apply_in_order():
    general, card, german = policy(), policy(channel="card"), policy(channel="card", country="DEU")
    found = ranked(
        [general, german, card, policy(channel="bank")],
        channel="card",
        country="DEU",
        level="none",
        risk="normal",
        asset=1,
    )

    assert found == [german, card, general]
    assert [criteria(it) for it in found] == [2, 1, 0]
