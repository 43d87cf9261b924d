"""The page of a case: nothing personal without a reason, what each role sees, steps and their refusals."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from echt.accounts.models import Role
from echt.audit.selectors import history_of
from echt.desk.identity.numbers import number_of
from echt.identity.actions.claiming import claim
from echt.identity.actions.deciding import propose
from echt.identity.documents import Field
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case
from echt.identity.models.cases import CheckKind, Outcome
from echt.identity.models.decisions import Verdict
from echt.identity.models.screening import HitState
from echt.identity.reasons import Reason
from echt.identity.states import State
from echt.vault import files
from tests.desk.pages import look, page_of
from tests.identity.cases import a_case, add_check, add_grant, add_hit, add_picture, state_of
from tests.identity.reviewers import a_colleague

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


def decided(client, case, verdict, **values):
    case = Case.objects.get(pk=case.pk)
    return client.post(f"/desk/cases/{case.pk}/decide/", {"version": case.version, "verdict": verdict, **values})


def events(case):
    return [entry.event for entry in history_of(case.pk)]


# Looking --------------------------------------------------------------------------------------------------


def test_without_a_reason_nothing_personal_is_shown_or_recorded(desk, case):
    page = page_of(desk, case)

    assert "Wolff" not in page
    assert "L01X00T47" not in page
    assert "/desk/pictures/" not in page
    assert "Why do you look?" in page
    assert events(case) == []


def test_with_a_reason_the_data_is_shown_and_each_look_recorded(desk, case):
    look(desk, case)
    for _ in range(2):
        page = page_of(desk, case)

    assert "Wolff" in page
    assert f"/desk/pictures/{case.pictures.first().pk}/" in page
    assert events(case) == ["data.looked_at", "data.looked_at"]


def test_a_reason_holds_for_one_case(desk, case, stranger):
    look(desk, case)

    assert "Wolff" not in page_of(desk, a_case(stranger))


def test_a_reason_ends_when_nobody_looks_for_a_while(desk, case, travel):
    look(desk, case)
    travel.shift(timedelta(minutes=20))
    assert "Wolff" in page_of(desk, case)
    travel.shift(timedelta(minutes=29))
    assert "Wolff" in page_of(desk, case)
    travel.shift(timedelta(minutes=30))
    assert "Wolff" not in page_of(desk, case)


@pytest.mark.parametrize("reason", [{"reason": ""}, {"reason": "fun"}, {"reason": "other", "words": " "}])
def test_a_reason_that_says_nothing_opens_nothing(desk, case, reason):
    assert look(desk, case, **reason).status_code == 422
    assert "Wolff" not in page_of(desk, case)


def test_an_auditor_reads_what_was_checked_and_nothing_personal(client_of, case):
    client = client_of(a_colleague("anna", Role.AUDITOR))
    page = page_of(client, case)

    assert "Check digits" in page
    assert "Your role sees" in page
    assert look(client, case).status_code == 404
    assert client.get(f"/desk/pictures/{case.pictures.first().pk}/").status_code == 404


# Pictures -------------------------------------------------------------------------------------------------


def test_a_picture_is_marked_with_who_looked_and_recorded(desk, case):
    look(desk, case)
    picture = case.pictures.get(item=Item.FRONT)
    answer = desk.get(f"/desk/pictures/{picture.pk}/")

    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in answer.headers["Cache-Control"]
    assert Image.open(BytesIO(answer.content)).size == (64, 40)
    assert answer.content != files.content_of(picture.file)
    assert events(case) == ["picture.looked_at"]


def test_a_picture_without_a_reason_leads_to_the_page_that_asks(desk, case):
    answer = desk.get(f"/desk/pictures/{case.pictures.first().pk}/")

    assert answer.url == f"/desk/cases/{case.pk}/"
    assert events(case) == []


def test_the_portrait_is_cut_out_of_the_front(desk, customer):
    case = a_case(customer, level=Level.ADVANCED)
    look(desk, case)
    front = case.pictures.get(item=Item.FRONT)

    portrait = Image.open(BytesIO(desk.get(f"/desk/pictures/{front.pk}/?part=portrait&case={case.pk}").content))
    assert portrait.width < portrait.height


def test_a_document_that_is_taken_over_is_seen_from_the_case_that_takes_it(desk, customer):
    first = a_case(customer, state=State.APPROVED)
    case = a_case(customer, level=Level.ADVANCED, reuses=first, pictures=False)
    add_picture(case, Item.FACE)
    front = first.pictures.get(item=Item.FRONT)
    look(desk, case)

    assert f"/desk/pictures/{front.pk}/?case={case.pk}" in page_of(desk, case)
    assert desk.get(f"/desk/pictures/{front.pk}/?case={case.pk}").status_code == 200
    assert desk.get(f"/desk/pictures/{front.pk}/").status_code == 302


def test_ones_own_picture_is_not_there_at_the_desk(desk, mara):
    own = a_case(mara)

    page_of(desk, own, 404)
    assert look(desk, own).status_code == 404
    assert desk.get(f"/desk/pictures/{own.pictures.first().pk}/").status_code == 404


@pytest.mark.parametrize("address", ["cases/{}/", "pictures/{}/"])
def test_what_is_not_there_is_not_there(desk, address):
    assert desk.get("/desk/" + address.format(uuid4())).status_code == 404


# What it shows --------------------------------------------------------------------------------------------


def test_what_differs_is_said_in_words(desk, customer):
    case = a_case(customer)
    case.typed = case.typed | {Field.SURNAME: "Wolf", Field.NUMBER: "l01-x00 t47"}
    case.save(update_fields=["typed"])
    look(desk, case)

    assert re.findall(r'<td class="differs"[^>]*>(.*?)</td>', page_of(desk, case)) == ["Wolff", "Wolff"]


def test_figures_stand_beside_their_thresholds(desk, customer):
    case = a_case(customer, level=Level.ADVANCED)
    add_check(
        case, CheckKind.DUPLICATE, Outcome.FAILS, measures={"accounts": {"value": 2, "threshold": 1, "ok": False}}
    )

    page = page_of(desk, case)
    assert "Similarity 0.61; alike from 0.4, unlike below 0.25" in page
    assert "accounts: 2, threshold 1" in page


def test_other_accounts_are_counted_and_not_named(desk, customer, stranger):
    case = a_case(customer, number_index="same")
    other = a_case(stranger, number_index="same")
    look(desk, case)

    page = page_of(desk, case)
    assert "1 other account has given this number" in page
    assert number_of(other.pk) in page
    assert "stranger" not in page


def test_reasons_are_shown_as_the_applicant_reads_them_and_in_the_readers_language(desk, case):
    look(desk, case)

    page = page_of(desk, case)
    assert '<p lang="de">' in page
    assert "The photo is not clear enough to read everything." in page


def test_what_the_applicant_never_reads_says_so(desk, case):
    look(desk, case)

    says = page_of(desk, case).split('value="sanctions:case"')[1].split("</div>")[0]
    assert "Nothing of this" in says


def test_items_that_a_case_does_not_have_cannot_be_asked_for(desk, customer):
    case = a_case(customer, kind="passport")
    look(desk, case)

    page = page_of(desk, case)
    assert 'value="unreadable:front"' in page
    assert 'value="unreadable:back"' not in page
    assert "face_poor" not in page


# Steps ----------------------------------------------------------------------------------------------------


def test_a_decision_leads_back_to_the_queue(desk, case):
    answer = decided(desk, case, "return", reasons=["unreadable:front"], message="Please use daylight.")

    assert answer.url == "/desk/"
    assert Case.objects.get(pk=case.pk).reopened == ["front"]


def test_a_decision_that_is_none_keeps_what_was_typed(desk, case):
    look(desk, case)
    before = state_of(case)
    answer = decided(desk, case, "refuse", reasons=["forgery:case"], message="So it is.")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "needs a note" in page
    assert "So it is." in page
    assert 'value="forgery:case" checked' in page
    after = state_of(case)
    assert {**after, "record": None} == {**before, "record": None}  # the look at the data is recorded again


@pytest.mark.parametrize("values", [{}, {"verdict": "perhaps"}, {"verdict": "return", "reasons": ["unreadable:case"]}])
def test_a_form_that_is_not_complete_decides_nothing(desk, case, values):
    before = state_of(case)
    answer = desk.post(f"/desk/cases/{case.pk}/decide/", {"version": case.version, **values})

    assert answer.status_code == 422
    assert state_of(case) == before


def test_a_stale_page_decides_nothing(desk, case):
    answer = desk.post(f"/desk/cases/{case.pk}/decide/", {"version": case.version - 1, "verdict": "approve"})

    assert answer.status_code == 409
    assert "has changed since you opened it" in answer.content.decode()
    assert Case.objects.get(pk=case.pk).state == State.IN_REVIEW


def test_a_preview_decides_nothing(desk, case):
    before = state_of(case)
    values = {"version": case.version, "verdict": "return", "reasons": ["unreadable:front"], "message": "Bei Tag."}
    page = desk.post(f"/desk/cases/{case.pk}/preview/", values).content.decode()

    assert 'lang="de"' in page
    assert "Bei Tag." in page
    assert state_of(case) == before


def test_the_second_person_sees_the_proposal_and_confirms(desk, client_of, jonas, case):
    decided(desk, case, "refuse", reasons=["forgery:case"], note="Another font.")
    second = client_of(jonas)
    look(second, case, reason="confirmation")
    decision = case.decisions.get()

    page = page_of(second, case)
    assert "proposed by Mara" in page
    assert "The evidence is unchanged" in page
    assert "Another font." in page
    answer = second.post(f"/desk/decisions/{decision.pk}/confirm/")
    assert answer.url == f"/desk/cases/{case.pk}/"
    assert Case.objects.get(pk=case.pk).state == State.REFUSED


def test_the_proposer_is_offered_to_take_it_back_and_cannot_confirm(desk, case):
    decided(desk, case, "refuse", reasons=["forgery:case"], note="Another font.")
    decision = case.decisions.get()

    assert f"/desk/decisions/{decision.pk}/take-back/" in page_of(desk, case)
    answer = desk.post(f"/desk/decisions/{decision.pk}/confirm/")
    assert answer.status_code == 403
    assert "Somebody else must confirm" in answer.content.decode()
    assert desk.post(f"/desk/decisions/{decision.pk}/take-back/").status_code == 302
    assert desk.post(f"/desk/decisions/{decision.pk}/take-back/").status_code == 409


def test_a_decision_that_is_not_there(desk):
    for step in ("confirm", "reject", "take-back"):
        assert desk.post(f"/desk/decisions/{uuid4()}/{step}/").status_code == 404


def test_a_rejection_without_a_reason_is_refused(desk, client_of, jonas, case):
    decided(desk, case, "refuse", reasons=["forgery:case"], note="Another font.")

    answer = client_of(jonas).post(f"/desk/decisions/{case.decisions.get().pk}/reject/", {"text": ""})
    assert answer.status_code == 422


def test_hold_and_resume(desk, case):
    desk.post(f"/desk/cases/{case.pk}/hold/", {"version": case.version, "text": "Ask the issuer."})
    assert Case.objects.get(pk=case.pk).state == State.ON_HOLD
    assert "Take off hold" in page_of(desk, case)

    desk.post(f"/desk/cases/{case.pk}/resume/")
    assert Case.objects.get(pk=case.pk).state == State.IN_REVIEW


def test_notes(desk, case):
    desk.post(f"/desk/cases/{case.pk}/note/", {"text": "Wrote to her."})
    look(desk, case)

    assert "Wrote to her." in page_of(desk, case)
    assert desk.post(f"/desk/cases/{case.pk}/note/", {"text": ""}).status_code == 422


def test_a_case_in_a_colleagues_hands_can_be_read_and_not_decided(desk, jonas, case):
    claim(actor=jonas, case_id=case.pk)
    look(desk, case)

    page = page_of(desk, case)
    assert "Jonas has taken up the case" in page
    assert decided(desk, case, "approve").status_code == 409


# List hits ------------------------------------------------------------------------------------------------


def test_a_risk_officer_decides_a_hit(client_of, olga, case):
    hit, officer = add_hit(case), client_of(olga)
    assert number_of(case.pk) in officer.get("/desk/hits/").content.decode()

    assert officer.post(f"/desk/hits/{hit.pk}/", {"same": "no"}).status_code == 422
    answer = officer.post(f"/desk/hits/{hit.pk}/", {"same": "no", "why": "Another date of birth."})

    hit.refresh_from_db()
    assert answer.url == f"/desk/cases/{case.pk}/"
    assert hit.state == HitState.CLEARED
    again = officer.post(f"/desk/hits/{hit.pk}/", {"same": "yes", "why": "So."})
    assert again.status_code == 409


def test_a_reviewer_does_not_decide_a_hit(desk, case):
    hit = add_hit(case)

    assert "A risk officer decides this." in page_of(desk, case)
    assert desk.post(f"/desk/hits/{hit.pk}/", {"same": "no", "why": "So."}).status_code == 404


def test_a_hit_that_is_not_there(client_of, olga):
    assert client_of(olga).post(f"/desk/hits/{uuid4()}/", {"same": "no", "why": "So."}).status_code == 404


# Revocation -----------------------------------------------------------------------------------------------


def test_a_level_is_revoked_by_two(client_of, olga, customer):
    case = a_case(customer, state=State.APPROVED)
    add_grant(case)
    officer = client_of(olga)
    assert "Revoke the level" in page_of(officer, case)

    values = {"reasons": ["forgery:case"], "note": "Found out later."}
    assert officer.post(f"/desk/cases/{case.pk}/revoke/", {}).status_code == 422
    assert officer.post(f"/desk/cases/{case.pk}/revoke/", values).status_code == 302
    second = client_of(a_colleague("paul", Role.RISK_OFFICER))
    second.post(f"/desk/decisions/{case.decisions.get().pk}/confirm/")
    assert case.grants.get().revoked_at


def test_the_record_is_told_in_words(desk, mara, case):
    propose(
        actor=mara,
        case_id=case.pk,
        version=case.version,
        verdict=Verdict.REFUSE,
        reasons=[(Reason.UNDER_AGE, Item.CASE)],
    )

    page = page_of(desk, case)
    assert "Decision proposed" in page
    assert "Taken up for review" in page
