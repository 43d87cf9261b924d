"""Four eyes: the rules of `actions.confirming`, `evidence` and `actions.revoking`."""

import pytest

from echt.accounts.models import Role
from echt.audit.selectors import history_of
from echt.identity.access import Absent
from echt.identity.actions.claiming import claim
from echt.identity.actions.confirming import confirm, reject, take_back
from echt.identity.actions.deciding import propose
from echt.identity.actions.holding import hold
from echt.identity.actions.looking import look_at_data, look_at_picture
from echt.identity.actions.noting import add_note
from echt.identity.actions.revoking import revoke_level
from echt.identity.documents import Field
from echt.identity.evidence import digest_of, void_proposal
from echt.identity.items import Item
from echt.identity.models import Case, Decision
from echt.identity.models.cases import CheckKind, Outcome, WrongState
from echt.identity.models.decisions import Verdict
from echt.identity.models.screening import HitState
from echt.identity.reasons import Reason
from echt.identity.review_refusals import (
    ClaimedByOther,
    EvidenceChanged,
    NothingPending,
    OwnProposal,
    ReviewWrong,
)
from echt.identity.states import State
from echt.mail.models import Message
from tests.identity.cases import a_case, add_check, add_grant, add_hit, add_picture, state_of
from tests.identity.reviewers import a_colleague

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

FORGED = [(Reason.FORGERY, Item.CASE)]


@pytest.fixture
def mara(db):
    return a_colleague("mara")


@pytest.fixture
def jonas(db):
    return a_colleague("jonas")


@pytest.fixture
def case(customer):
    return a_case(customer)


@pytest.fixture
def proposal(case, mara):
    return proposed(case, mara)


def proposed(case, by, reasons=FORGED):
    version = Case.objects.get(pk=case.pk).version
    return propose(
        actor=by, case_id=case.pk, version=version, verdict=Verdict.REFUSE, reasons=list(reasons), note="Another font."
    )


def fresh(case):
    return Case.objects.get(pk=case.pk)


def refused(case, refusal, act, **values):
    before = state_of(case)
    with pytest.raises(refusal) as told:
        act(**values)
    assert state_of(case) == before
    return getattr(told.value, "sentence", "")


# confirming -----------------------------------------------------------------------------------------------


def test_a_second_person_puts_it_in_force(case, proposal, mara, jonas, customer):
    decision = confirm(actor=jonas, decision_id=proposal.pk)

    assert decision.decided_at
    assert (decision.proposed_by, decision.confirmed_by) == (mara, jonas)
    assert fresh(case).state == State.REFUSED
    assert fresh(case).reasons == [{"reason": "forgery", "item": "case"}]
    assert Message.objects.get().kind == "identity.case_refused"
    assert "case.refused" in {entry.event for entry in history_of(customer.pk)}


def test_rule_1_the_proposer_never_confirms(case, proposal, mara):
    assert "Somebody else" in refused(case, OwnProposal, confirm, actor=mara, decision_id=proposal.pk)


def test_rule_1_the_proposer_never_rejects(case, proposal, mara):
    refused(case, OwnProposal, reject, actor=mara, decision_id=proposal.pk, why="No.")


def test_rule_2_what_is_in_force_is_not_confirmed_again(case, proposal, jonas):
    confirm(actor=jonas, decision_id=proposal.pk)

    refused(case, NothingPending, confirm, actor=a_colleague("third"), decision_id=proposal.pk)


def test_rule_2_what_is_void_is_not_confirmed(case, proposal, mara, jonas):
    take_back(actor=mara, decision_id=proposal.pk)

    refused(case, NothingPending, confirm, actor=jonas, decision_id=proposal.pk)
    refused(case, NothingPending, reject, actor=jonas, decision_id=proposal.pk, why="No.")


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.TREASURER, Role.AUDITOR])
def test_rule_4_a_role_without_the_permission_finds_nothing(case, proposal, role):
    refused(case, Absent, confirm, actor=a_colleague("other", role), decision_id=proposal.pk)


def test_rule_4_nobody_confirms_about_themselves(mara, jonas):
    own = a_case(jonas)
    proposal = proposed(own, mara)

    refused(own, Absent, confirm, actor=jonas, decision_id=proposal.pk)


def test_a_colleague_who_has_the_case_goes_first(case, proposal, jonas):
    claim(actor=a_colleague("third"), case_id=case.pk)

    refused(case, ClaimedByOther, confirm, actor=jonas, decision_id=proposal.pk)


def test_two_who_confirm_at_once_confirm_once(case, proposal, jonas, monkeypatch):
    from echt.identity.actions import claiming

    third, locked = a_colleague("third"), claiming.lock_case

    def third_is_faster(case_id):
        monkeypatch.setattr(claiming, "lock_case", locked)
        confirm(actor=third, decision_id=proposal.pk)
        monkeypatch.setattr(claiming, "lock_case", third_is_faster)
        return locked(case_id)

    monkeypatch.setattr(claiming, "lock_case", third_is_faster)
    with pytest.raises(NothingPending):
        confirm(actor=jonas, decision_id=proposal.pk)


# Evidence -------------------------------------------------------------------------------------------------


def another_picture(case):
    add_picture(case, Item.FRONT, position=9)


def another_check(case):
    add_check(case, CheckKind.ZONE, Outcome.FAILS)


def another_number(case):
    case.typed = case.typed | {Field.NUMBER: "OTHER"}
    case.save(update_fields=["typed"])


def another_reading(case):
    case.read = None
    case.save(update_fields=["read"])


def a_hit(case):
    add_hit(case, state=HitState.CLEARED)


CHANGES = [another_picture, another_check, another_number, another_reading, a_hit]


@pytest.mark.parametrize("change", CHANGES)
def test_rule_3_evidence_that_changed_voids_the_proposal_for_good(case, proposal, jonas, change):
    change(fresh(case))

    with pytest.raises(EvidenceChanged):
        confirm(actor=jonas, decision_id=proposal.pk)

    proposal.refresh_from_db()
    assert (proposal.decided_at, proposal.voided_because) == (None, "evidence_changed")
    assert fresh(case).state == State.IN_REVIEW
    assert not Message.objects.exists()
    with pytest.raises(NothingPending):
        confirm(actor=jonas, decision_id=proposal.pk)


@pytest.mark.parametrize("change", CHANGES)
def test_the_digest_covers_everything_that_a_decision_rests_on(case, change):
    before = digest_of(fresh(case))
    change(fresh(case))

    assert digest_of(fresh(case)) != before


def test_what_became_of_a_hit_is_evidence(case):
    hit = add_hit(case)
    before = digest_of(case)
    hit.state = HitState.CLEARED.value
    hit.save(update_fields=["state"])

    assert digest_of(case) != before


def test_reading_claiming_and_noting_do_not_void_it(case, proposal, jonas):
    picture = case.pictures.first()
    look_at_picture(actor=jonas, picture_id=picture.pk, why="confirmation")
    look_at_data(actor=jonas, case_id=case.pk, why="confirmation")
    add_note(actor=jonas, case_id=case.pk, text="I agree.")
    claim(actor=jonas, case_id=case.pk)

    assert confirm(actor=jonas, decision_id=proposal.pk).decided_at


def test_the_digest_tells_nothing_to_who_has_the_table(case, proposal):
    assert len(proposal.evidence) == 64
    assert proposal.evidence == digest_of(fresh(case))


def test_voiding_where_nothing_is_pending_does_nothing(case):
    before = state_of(case)

    assert not void_proposal(case, because="withdrawn")
    assert state_of(case) == before


def test_a_hold_voids_it(case, proposal, jonas):
    hold(actor=jonas, case_id=case.pk, version=fresh(case).version, why="Ask the issuer.")

    proposal.refresh_from_db()
    assert proposal.voided_because == "withdrawn"


# Rejected, taken back -------------------------------------------------------------------------------------


def test_a_rejection_puts_the_case_back_with_the_reason_among_its_notes(case, proposal, jonas):
    decision = reject(actor=jonas, decision_id=proposal.pk, why="The font is right.")

    assert decision.voided_because == "rejected"
    assert fresh(case).state == State.IN_REVIEW
    assert fresh(case).claimant() is None
    assert [note.text for note in case.notes.all()] == ["The font is right."]


def test_a_rejection_says_why(case, proposal, jonas):
    refused(case, ReviewWrong, reject, actor=jonas, decision_id=proposal.pk, why=" ")


def test_the_proposer_may_take_it_back(case, proposal, mara):
    assert take_back(actor=mara, decision_id=proposal.pk).voided_because == "withdrawn"
    assert fresh(case).state == State.IN_REVIEW


def test_nobody_else_takes_it_back(case, proposal, jonas):
    refused(case, Absent, take_back, actor=jonas, decision_id=proposal.pk)


# Never told -----------------------------------------------------------------------------------------------


def test_the_applicant_never_reads_of_a_list(case, mara, jonas, customer):
    add_hit(case, state=HitState.CONFIRMED)
    proposal = proposed(case, mara, [(Reason.SANCTIONS, Item.CASE)])
    confirm(actor=jonas, decision_id=proposal.pk)

    assert fresh(case).reasons == []
    message = Message.objects.get()
    told = " ".join([message.subject_line, message.text, str(history_of(customer.pk))]).lower()
    assert not any(word in told for word in ("sanction", "sanktion", "pep", "list hit", "liste"))


# Revocation -----------------------------------------------------------------------------------------------


@pytest.fixture
def officer(db):
    return a_colleague("olga", Role.RISK_OFFICER)


@pytest.fixture
def approved(customer):
    case = a_case(customer, state=State.APPROVED)
    add_grant(case)
    return case


def test_a_revocation_waits_for_a_second_person_and_then_ends_the_level(approved, officer):
    decision = revoke_level(actor=officer, case_id=approved.pk, reasons=FORGED, note="Found out later.")
    assert approved.grants.get().revoked_at is None

    confirm(actor=a_colleague("paul", Role.RISK_OFFICER), decision_id=decision.pk)

    assert approved.grants.get().revoked_at
    assert fresh(approved).state == State.APPROVED
    assert Message.objects.get().kind == "identity.level_revoked"


def test_a_reviewer_does_not_confirm_a_revocation(approved, officer, jonas):
    decision = revoke_level(actor=officer, case_id=approved.pk, reasons=FORGED, note="Found out later.")

    refused(approved, Absent, confirm, actor=jonas, decision_id=decision.pk)
    refused(approved, OwnProposal, confirm, actor=officer, decision_id=decision.pk)


def test_a_reviewer_does_not_revoke(approved, jonas):
    refused(approved, Absent, revoke_level, actor=jonas, case_id=approved.pk, reasons=FORGED, note="So.")


def test_a_level_is_revoked_once(approved, officer):
    revoke_level(actor=officer, case_id=approved.pk, reasons=FORGED, note="So.")

    refused(approved, ReviewWrong, revoke_level, actor=officer, case_id=approved.pk, reasons=FORGED, note="So.")
    assert Decision.objects.count() == 1


def test_only_what_was_approved_is_revoked(case, officer):
    refused(case, WrongState, revoke_level, actor=officer, case_id=case.pk, reasons=FORGED, note="So.")
