"""Exemptions: the rules of `actions.exemptions`."""

from datetime import timedelta

import pytest

from echt import clock
from echt.audit.models import AuditEvent
from echt.holds.access import Absent
from echt.holds.actions.exemptions import agree_exemption, end_exemption, propose_exemption
from echt.holds.models import Exemption
from echt.holds.refusals import NothingPending, OwnProposal, Wrong
from echt.wallets.access import account_of
from echt.wallets.gate import gate
from echt.wallets.models.purchases import Channel
from tests.holds.actions.states import refused as nothing_done

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

WHY = "Known for years."
DAY = timedelta(days=1)


def refused(error, act, **values):
    before = list(Exemption.objects.order_by("pk").values())
    nothing_done(error, act, **values)
    assert list(Exemption.objects.order_by("pk").values()) == before


def propose(actor, account, channel="card", days=30):
    ends_at = clock.now() + days * DAY
    return propose_exemption(actor=actor, account_id=account.pk, channel=channel, ends_at=ends_at, reason=WHY)


def is_held(account, coin, channel=Channel.CARD):
    return gate().terms(account=account, asset=coin, units=1, channel=channel, at=clock.now()) is not None


def test_rule_1_it_counts_once_another_person_agrees(olga, rosa, account, usdt):
    exemption = propose(olga, account)
    assert is_held(account, usdt)

    agree_exemption(actor=rosa, exemption_id=exemption.pk)
    assert not is_held(account, usdt)
    assert is_held(account, usdt, Channel.BANK)
    assert AuditEvent.objects.get(event="exemption.granted").subject == account.owner_id


def test_rule_1_nobody_agrees_to_their_own_proposal(olga, account):
    refused(OwnProposal, agree_exemption, actor=olga, exemption_id=propose(olga, account).pk)


def test_rule_1_nobody_exempts_themselves(olga, rosa):
    own = account_of(olga)
    refused(Absent, propose, actor=olga, account=own)
    refused(Absent, agree_exemption, actor=olga, exemption_id=propose(rosa, own).pk)


@pytest.mark.parametrize("days", [0, -1, 366])
def test_rule_2_it_has_an_end_within_a_year(olga, account, days):
    refused(Wrong, propose, actor=olga, account=account, days=days)


def test_rule_2_it_ends_by_itself(olga, rosa, account, usdt, travel):
    agree_exemption(actor=rosa, exemption_id=propose(olga, account, channel="").pk)
    travel.shift(30 * DAY)

    assert is_held(account, usdt)


def test_rule_2_what_was_not_agreed_to_in_time_never_begins(olga, rosa, account, travel):
    exemption = propose(olga, account)
    travel.shift(30 * DAY)

    refused(NothingPending, agree_exemption, actor=rosa, exemption_id=exemption.pk)


def test_rule_4_one_person_ends_it(olga, rosa, account, usdt):
    exemption = propose(olga, account)
    agree_exemption(actor=rosa, exemption_id=exemption.pk)
    end_exemption(actor=olga, exemption_id=exemption.pk, reason=WHY)

    assert is_held(account, usdt)
    refused(NothingPending, end_exemption, actor=olga, exemption_id=exemption.pk, reason=WHY)
    refused(NothingPending, agree_exemption, actor=rosa, exemption_id=exemption.pk)


def test_coins_of_the_chain_need_no_exemption_and_auditors_give_none(olga, auditor, account):
    refused(Wrong, propose, actor=olga, account=account, channel="onchain")
    refused(Absent, propose, actor=auditor, account=account)
