"""The page of a case, later: its history told in few lines, and what is shown once data were deleted."""

import re
from datetime import timedelta

import pytest
from django.db import transaction

from echt.accounts.events import Event as AccountEvent
from echt.accounts.models import Role
from echt.audit.record import record
from echt.desk.identity.numbers import number_of
from echt.desk.identity.trail import MOST
from echt.identity import retention
from echt.identity.actions.claiming import claim
from echt.identity.events import Event
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case
from echt.identity.states import State
from echt.vault.shred import destroy_keys
from tests.desk.pages import look, page_of
from tests.identity.cases import a_case, add_hit, add_picture
from tests.identity.reviewers import a_colleague

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

# History --------------------------------------------------------------------------------------------------


def trail(page):
    """The lines of the history, newest first, without markup."""
    lines = page.split('<ol class="trail">')[1].split("</ol>")[0].split("</li>")[:-1]
    return [" ".join(re.sub(r"<[^>]+>", " ", line).replace("\xa0", " ").split()).replace(" ,", ",") for line in lines]


@pytest.fixture
def reader(client_of):
    """Somebody who reads cases and looks at nothing personal, so that reading leaves no line."""
    return client_of(a_colleague("anna", Role.AUDITOR))


def test_looks_one_after_the_other_are_one_line_with_their_span(desk, reader, case, travel):
    look(desk, case)
    for picture in case.pictures.all():
        desk.get(f"/desk/pictures/{picture.pk}/")
    travel.shift(timedelta(minutes=12))
    desk.get(f"/desk/pictures/{case.pictures.first().pk}/")

    (line,) = trail(page_of(reader, case))
    assert line.startswith("today, 13:12 Picture looked at 3 times, first today, 13:00 Mara")
    assert line.endswith("To decide this application")


def test_looks_within_a_minute_have_no_span_and_name_what_was_looked_at(desk, reader, case):
    look(desk, case)
    page_of(desk, case)
    desk.get(f"/desk/pictures/{case.pictures.first().pk}/")

    (line,) = trail(page_of(reader, case))
    assert "Pictures and data looked at 2 times Mara" in line


def test_looks_of_another_person_for_another_reason_or_with_something_between_stay_apart(
    desk, reader, client_of, jonas, mara, case
):
    second, picture = client_of(jonas), f"/desk/pictures/{case.pictures.first().pk}/"
    for client, reason in [(desk, "review"), (second, "review"), (desk, "question")]:
        look(client, case, reason=reason)
        client.get(picture)
    claim(actor=mara, case_id=case.pk)
    desk.get(picture)
    desk.get(picture)

    told = trail(page_of(reader, case))
    assert len(told) == 5
    assert "2 times" in told[0]
    assert not any(" times" in line for line in told[1:])


def test_many_looks_do_not_hide_what_happened_before(desk, mara, reader, case):
    claim(actor=mara, case_id=case.pk)
    with transaction.atomic():
        for _look in range(MOST + 1):
            record(Event.PICTURE_LOOKED_AT, actor=mara, subject=case.pk, case=str(case.pk), why="review", item="front")

    told = trail(page_of(reader, case))
    assert "201 times" in told[0]
    assert "Taken up for review" in told[1]


# What was deleted -----------------------------------------------------------------------------------------


@pytest.fixture
def full(customer, mara, jonas):
    """An advanced case that has everything a case can have: frames, a note, a hit, a decision with its words."""

    def make(state):
        case = a_case(customer, state=state, level=Level.ADVANCED, number_index="same")
        for position in range(3):
            add_picture(case, Item.FACE, position=position, at=position * 200)
        add_hit(case)
        case.notes.create(applicant=customer, author=mara, text="Wrote to her.")
        case.decisions.create(
            applicant=customer, attempt=1, verdict="approve", message="Bei Tag.", note="Another font.", evidence="0" * 64,
            proposed_by=mara, confirmed_by=jonas, decided_at=case.closed_at,
        )  # fmt: skip
        return case

    return make


def by_time(case, travel):
    travel.shift(timedelta(days=91))
    assert retention.forget()


def after_the_account(case, travel):
    person = case.applicant
    with transaction.atomic():
        record(AccountEvent.ACCOUNT_CLOSED, actor=person, subject=person.pk)
        person.is_active = False
        person.save()
    travel.shift(timedelta(days=5 * 366))
    assert retention.forget()


def by_key(case, _travel):
    destroy_keys(case.applicant_id)


DELETED = [
    "What was entered and read was deleted. The time for keeping it is over, or the person asked for it.",
    "This picture was deleted; what it showed remains in the checks.",
    "The picture of the face was deleted.",
    "The pictures of the movements were deleted.",
    "The figures were deleted.",
]
WITH_THE_KEY = [
    "What the list and the applicant said was deleted with the person’s key; they were alike by 93 of 100.",
    "The note was deleted with the person’s key.",
]


@pytest.mark.parametrize(
    ("state", "delete", "says"),
    [
        (State.REFUSED, by_time, DELETED),
        (State.APPROVED, after_the_account, DELETED + WITH_THE_KEY),
        (State.APPROVED, by_key, DELETED + WITH_THE_KEY),
    ],
)
def test_what_was_deleted_is_said_in_each_panel_and_what_was_decided_stays(
    client_of, full, mara, travel, state, delete, says
):
    case = full(state)
    delete(case, travel)
    desk = client_of(mara)
    look(desk, case)

    page = page_of(desk, case)
    assert [words for words in says if words not in page] == []
    assert "/desk/pictures/" not in page
    assert "L01X00T47" not in page
    assert ("Wolff" in page) is (says is DELETED)  # beside the entry of a list, which stays as long as the key does
    assert "Check digits of the machine-readable zone" in page
    assert "confirmed by Jonas" in page
    assert "Nothing was read or entered" not in page


@pytest.mark.parametrize("delete", [by_time, after_the_account])
def test_the_number_of_a_deleted_document_is_not_said_to_be_on_no_other_account(client_of, full, mara, travel, delete):
    case = full(State.REFUSED)
    delete(case, travel)

    page = page_of(client_of(mara), case)
    assert "The number was deleted, so it is compared with no other account any more." in page
    assert "No other account has given this document" not in page


def test_what_never_was_is_not_said_to_be_deleted(desk, customer):
    case = a_case(customer, state=State.WITHDRAWN, pictures=False, checks=False)
    Case.objects.filter(pk=case.pk).update(typed=None, read=None, submitted_at=None)
    look(desk, case)

    page = page_of(desk, case)
    assert "Nothing was read or entered" in page
    assert "was deleted" not in page


def test_a_destroyed_hit_spoils_no_list_of_hits_and_is_decided_by_nobody(client_of, olga, customer, stranger):
    gone, left = add_hit(a_case(customer)), add_hit(a_case(stranger))
    destroy_keys(customer.pk)
    officer = client_of(olga)

    page = officer.get("/desk/hits/").content.decode()
    assert number_of(left.case_id) in page
    assert number_of(gone.case_id) not in page
    assert "Is it the same person?" not in page_of(officer, gone.case)
    answer = officer.post(f"/desk/hits/{gone.pk}/", {"same": "no", "why": "So."})
    assert answer.status_code == 410
    assert "are destroyed" in answer.content.decode()
