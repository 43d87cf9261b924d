"""A payment is taken back: the rules of `actions.chargebacks`."""

from datetime import timedelta
from uuid import uuid4

import pytest

from echt.audit.models import AuditEvent
from echt.holds.actions.changing import freeze, unfreeze
from echt.holds.actions.chargebacks import freeze_for_chargeback
from echt.holds.causes import Cause
from echt.holds.models import Hold, HoldState
from echt.mail.models import Message
from tests.holds.actions.states import state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


@pytest.fixture
def paid(hold):
    """The hold of a purchase."""
    hold.purchase = uuid4()
    hold.save()
    return hold


def test_what_is_held_is_frozen_by_the_system_and_marked(paid, account):
    answer = freeze_for_chargeback(purchase=paid.purchase)

    paid.refresh_from_db()
    assert answer.is_frozen
    assert (paid.state, paid.marks[0], paid.score) == (HoldState.FROZEN, "chargeback", 100)
    event = paid.events.latest("pk")
    assert (event.kind, event.actor, event.reason) == ("frozen", None, "chargeback")
    assert Message.objects.get().kind == "holds.frozen"
    account.refresh_from_db()
    assert account.risk == "normal"


def test_rule_1_told_again_nothing_changes_again(paid):
    freeze_for_chargeback(purchase=paid.purchase)
    before = state()
    assert freeze_for_chargeback(purchase=paid.purchase).is_frozen
    assert state() == before


def test_rule_1_what_a_person_has_frozen_stays_as_it_is(paid, olga):
    freeze(actor=olga, hold_id=paid.pk, cause=Cause.CHECK, words="Signs.")
    assert freeze_for_chargeback(purchase=paid.purchase).is_frozen
    assert paid.events.count() == 2
    unfreeze(actor=olga, hold_id=paid.pk, words="Clarified.")


def test_rule_2_what_is_free_is_not_frozen_and_the_account_is_of_high_risk(paid, account, travel):
    travel.shift(timedelta(hours=72))
    for _time in range(2):
        answer = freeze_for_chargeback(purchase=paid.purchase)
        assert (answer.hold, answer.is_frozen) == (paid, False)
    account.refresh_from_db()
    assert account.risk == "high"
    assert Hold.objects.get().state == HoldState.RUNNING
    assert AuditEvent.objects.filter(event="risk.changed", actor=None).count() == 1
    assert not Message.objects.exists()


def test_a_purchase_that_was_never_held_is_told_so(db):
    answer = freeze_for_chargeback(purchase=uuid4())
    assert (answer.hold, answer.is_frozen) == (None, False)
