"""Deciding: the rules of `decision_rules`, `actions.deciding` and `actions.outcomes`."""

from datetime import UTC, datetime, timedelta

import pytest

from echt.audit.selectors import history_of
from echt.identity.access import Absent
from echt.identity.actions.claiming import claim
from echt.identity.actions.deciding import propose
from echt.identity.documents import Field
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case, LevelGrant
from echt.identity.models.cases import CheckKind, Outcome, WrongState
from echt.identity.models.decisions import Verdict
from echt.identity.models.screening import HitState
from echt.identity.reasons import Reason
from echt.identity.review_refusals import ClaimedByOther, ReviewWrong, Stale
from echt.identity.states import State
from echt.mail.models import Message
from tests.identity.cases import a_case, add_check, add_checks, add_grant, add_hit, state_of
from tests.identity.reviewers import a_colleague

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

BLURRED = (Reason.UNREADABLE, Item.FRONT)
WRONG_NAME = (Reason.NAME_MISMATCH, Item.DATA)
FORGED = (Reason.FORGERY, Item.CASE)
LISTED = (Reason.SANCTIONS, Item.CASE)


@pytest.fixture
def mara(db):
    return a_colleague("mara")


@pytest.fixture
def case(customer):
    return a_case(customer)


def decide(mara, case, verdict=Verdict.APPROVE, reasons=(), **values):
    version = values.pop("version", Case.objects.get(pk=case.pk).version)
    return propose(actor=mara, case_id=case.pk, version=version, verdict=verdict, reasons=list(reasons), **values)


def refused(mara, case, refusal, *decision, **values):
    """Assert that a decision is refused and changes nothing; the sentence."""
    before = state_of(case)
    with pytest.raises(refusal) as told:
        decide(mara, case, *decision, **values)
    assert state_of(case) == before
    return getattr(told.value, "sentence", "")


def fresh(case):
    return Case.objects.get(pk=case.pk)


# In force at once -----------------------------------------------------------------------------------------


def test_outcome_rule_1_approval_makes_one_grant_until_the_day_of_expiry_is_over(case, mara, customer):
    decision = decide(mara, case)

    grant = LevelGrant.objects.get(case=case)
    assert decision.decided_at
    assert fresh(case).state == State.APPROVED
    assert grant.applicant == customer
    assert grant.level == Level.PRIMARY
    assert grant.ends_at == datetime(2031, 2, 12, tzinfo=UTC)


def test_outcome_rule_1_a_document_without_expiry_gives_a_grant_without_end(customer, mara):
    case = a_case(customer, typed={Field.EXPIRES_ON: ""})

    decide(mara, case)

    assert LevelGrant.objects.get(case=case).ends_at is None


def test_outcome_rule_2_return_asks_again_for_exactly_the_items_of_the_reasons(case, mara):
    decide(mara, case, Verdict.RETURN, [WRONG_NAME, BLURRED, (Reason.INCOMPLETE, Item.FRONT)])

    assert fresh(case).state == State.RETURNED
    assert fresh(case).reopened == ["front", "data"]
    assert fresh(case).reasons[0] == {"reason": "name_mismatch", "item": "data"}
    assert fresh(case).closed_at is None


@pytest.mark.parametrize(
    ("verdict", "reasons", "kind"),
    [(Verdict.APPROVE, [], "identity.case_approved"), (Verdict.RETURN, [BLURRED], "identity.case_returned")],
)
def test_outcome_rule_3_the_applicant_gets_a_message(case, mara, customer, verdict, reasons, kind):
    decide(mara, case, verdict, reasons)

    message = Message.objects.get()
    assert (message.kind, message.recipient_id) == (kind, customer.pk)


def test_a_decision_ends_the_claim_and_explains_itself(case, mara, customer):
    decision = decide(mara, case, note="Clear.")

    assert fresh(case).claimed_by is None
    told = {entry.event: entry for entry in history_of(case.pk)}["decision.proposed"]
    assert told.actor == mara.pk
    assert told.details["evidence"] == decision.evidence
    assert {entry.event for entry in history_of(customer.pk)} >= {"case.approved", "level.granted"}


# Refused --------------------------------------------------------------------------------------------------


def test_rule_1_a_decision_on_an_old_version_is_refused(case, mara):
    refused(mara, case, Stale, version=case.version - 1)


def test_rule_4_nobody_decides_their_own_case(mara):
    refused(mara, a_case(mara), Absent)


def test_a_colleagues_case_is_not_decided(case, mara):
    claim(actor=a_colleague("jonas"), case_id=case.pk)

    refused(mara, case, ClaimedByOther)


@pytest.mark.parametrize("state", sorted(set(State) - {State.IN_REVIEW}))
def test_only_what_is_in_review_is_decided(customer, mara, state):
    refused(mara, a_case(customer, state=state), WrongState)


def test_a_revocation_is_no_decision_of_a_case(case, mara):
    refused(mara, case, WrongState, Verdict.REVOKE, [FORGED], note="So.")


@pytest.mark.parametrize(
    ("verdict", "reasons", "values", "words"),
    [
        (Verdict.APPROVE, [BLURRED], {}, "no reasons"),
        (Verdict.RETURN, [], {}, "at least one reason"),
        (Verdict.REFUSE, [], {}, "at least one reason"),
        (Verdict.RETURN, [(Reason.EXPIRED, Item.FACE)], {}, "is not about"),
        (Verdict.RETURN, [FORGED], {"note": "So."}, "cannot mend"),
        (Verdict.RETURN, [LISTED], {"note": "So."}, "cannot mend"),
        (Verdict.RETURN, [(Reason.OTHER, Item.DATA)], {"note": "So."}, "Write to the applicant"),
        (Verdict.REFUSE, [BLURRED], {}, "can be mended"),
        (Verdict.REFUSE, [FORGED], {}, "needs a note"),
        (Verdict.REFUSE, [LISTED], {"note": "So."}, "No list hit is confirmed"),
        (Verdict.APPROVE, [], {"note": "x" * 2001}, "at most"),
    ],
)
def test_what_is_no_decision_is_refused_with_a_sentence(case, mara, verdict, reasons, values, words):
    assert words in refused(mara, case, ReviewWrong, verdict, reasons, **values)


def test_an_expired_document_is_not_approved(customer, mara):
    case = a_case(customer, typed={Field.EXPIRES_ON: "2026-11-21"})

    assert "has expired" in refused(mara, case, ReviewWrong)


def test_a_document_is_valid_until_its_day_is_over(customer, mara):
    case = a_case(customer, typed={Field.EXPIRES_ON: "2026-11-22"})

    decide(mara, case)

    assert LevelGrant.objects.get(case=case).ends_at == datetime(2026, 11, 23, tzinfo=UTC)


def test_when_all_tries_are_used_nothing_is_sent_back(customer, mara, set_identity):
    set_identity(tries=1)
    case = a_case(customer, attempt=2)

    assert "all tries" in refused(mara, case, ReviewWrong, Verdict.RETURN, [BLURRED])


def test_rule_4_an_undecided_hit_keeps_from_approval(case, mara):
    add_hit(case, kind="pep")

    assert "undecided" in refused(mara, case, ReviewWrong)


def test_rule_4_a_confirmed_sanctions_hit_is_never_approved(case, mara):
    add_hit(case, state=HitState.CONFIRMED)

    assert "not approved" in refused(mara, case, ReviewWrong)


# Four eyes ------------------------------------------------------------------------------------------------


def waits(case, decision):
    return decision.decided_at is None and fresh(case).state == State.PROPOSED


def test_rule_3_every_refusal_waits_for_a_second_person(case, mara):
    decision = decide(mara, case, Verdict.REFUSE, [FORGED], note="Another font.")

    assert waits(case, decision)
    assert not Message.objects.exists()
    assert fresh(case).claimant() is None


def test_rule_3_everything_waits_where_the_setting_says_so(case, mara, set_identity):
    set_identity(four_eyes=True)

    assert waits(case, decide(mara, case))


@pytest.mark.parametrize("kind", [CheckKind.ZONE, CheckKind.DUPLICATE, CheckKind.TYPED])
def test_rule_3_approval_against_a_failed_check_waits(case, mara, kind):
    add_check(case, kind, Outcome.FAILS)

    assert waits(case, decide(mara, case))


def test_rule_3_a_doubt_does_not_wait(case, mara):
    add_check(case, CheckKind.QUALITY, Outcome.DOUBT)

    assert decide(mara, case).decided_at


@pytest.mark.parametrize("outcome", [Outcome.DOUBT, Outcome.FAILS, Outcome.ERROR, Outcome.NOT_APPLICABLE])
def test_rule_3_approval_of_a_face_that_is_not_clearly_the_same_waits(customer, mara, outcome):
    case = a_case(customer, level=Level.ADVANCED, checks=False)
    add_checks(case, face=outcome)

    assert waits(case, decide(mara, case))


def test_rule_3_a_face_that_is_alike_does_not_wait(customer, mara):
    assert decide(mara, a_case(customer, level=Level.ADVANCED)).decided_at


def test_rule_3_a_return_of_a_failed_check_does_not_wait(case, mara):
    add_check(case, CheckKind.ZONE, Outcome.FAILS)

    assert decide(mara, case, Verdict.RETURN, [BLURRED]).decided_at


@pytest.mark.parametrize("state", [HitState.OPEN, HitState.CONFIRMED])
def test_rule_3_whatever_is_decided_beside_a_hit_waits(case, mara, state):
    add_hit(case, state=state)

    assert waits(case, decide(mara, case, Verdict.RETURN, [BLURRED]))


def test_rule_3_a_cleared_hit_does_not_wait(case, mara):
    add_hit(case, state=HitState.CLEARED)

    assert decide(mara, case).decided_at


def test_rule_3_a_document_that_others_hold_by_now_waits(customer, stranger, mara):
    add_grant(a_case(stranger, state=State.APPROVED, number_index="same"))
    case = a_case(customer, number_index="same")

    assert waits(case, decide(mara, case))


def test_rule_3_a_document_that_others_held_and_lost_does_not_wait(customer, stranger, mara):
    a_case(stranger, state=State.APPROVED, number_index="same")

    assert decide(mara, a_case(customer, number_index="same")).decided_at


def test_two_reviewers_at_once_make_one_decision(case, mara):
    jonas = a_colleague("jonas")
    version = case.version
    decide(mara, case, version=version)

    refused(jonas, case, Stale, Verdict.RETURN, [BLURRED], version=version)
    assert fresh(case).state == State.APPROVED


def test_the_clock_keeps_what_was_due(case, mara):
    decide(mara, case)

    assert fresh(case).due_at == case.submitted_at + timedelta(hours=24)
