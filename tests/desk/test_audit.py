"""The audit record at the desk: the list, the check of the chain, the export."""

import pytest
from django.db import connection, transaction

from echt.accounts.events import Event as AccountEvent
from echt.accounts.models import Role
from echt.audit.chain import current_head
from echt.audit.export import check_export
from echt.audit.record import record
from echt.audit.selectors import events_of
from echt.desk.audit.actions import export_for
from echt.identity.access import Absent
from echt.identity.actions.claiming import claim
from tests.identity.reviewers import a_colleague

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


@pytest.fixture
def officer(olga, client_of):
    return client_of(olga)


def tamper():
    """What somebody with the database's own rights could do: change an event behind the triggers' back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_auditevent'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_auditevent SET event = 'code.set' WHERE seq = 1")


def test_the_list_tells_what_happened_newest_first(officer, mara, case):
    claim(actor=mara, case_id=case.pk)

    page = officer.get("/desk/audit/").content.decode().split("<tbody>")[1]
    assert page.index("Taken up for review") < page.index("Account created")


def test_it_is_filtered_by_event_and_by_person(officer, mara, case):
    claim(actor=mara, case_id=case.pk)

    by_event = officer.get("/desk/audit/?event=case.claimed").content.decode().split("<tbody>")[1]
    assert by_event.count("<tr>") == 1
    by_person = officer.get("/desk/audit/?person=MARA@desk.example").content.decode().split("<tbody>")[1]
    assert by_person.count("<tr>") == 2
    assert "No event fits" in officer.get("/desk/audit/?person=nobody@desk.example").content.decode()


def test_events_of_pages_by_place(mara):
    with transaction.atomic():
        for _ in range(3):
            record(AccountEvent.CODE_SET, actor=mara, subject=mara.pk)

    first = events_of(event="code.set", limit=2)
    rest = events_of(event="code.set", before=first[-1].seq)
    assert [entry.seq for entry in first + rest] == sorted((entry.seq for entry in first + rest), reverse=True)
    assert (len(first), len(rest), first[0].subject) == (2, 1, mara.pk)


@pytest.mark.parametrize("nonsense", ["event=x", "before=-1", "before=9999999999999999999999", "before=x"])
def test_nonsense_is_left_out(officer, nonsense):
    assert officer.get(f"/desk/audit/?{nonsense}").status_code == 200


def test_a_chain_that_holds(officer):
    page = officer.post("/desk/audit/check/").content.decode()

    assert "The chain holds" in page


def test_a_chain_that_was_touched(officer):
    tamper()

    page = officer.post("/desk/audit/check/").content.decode()
    assert "The chain does not hold" in page
    assert "This event was changed after it was written." in page


def test_the_chain_must_pass_a_head_noted_earlier(officer):
    head = current_head()

    good = officer.post("/desk/audit/check/", {"seq": head.seq, "digest": head.digest.upper()})
    assert "The chain holds" in good.content.decode()
    other = officer.post("/desk/audit/check/", {"seq": head.seq, "digest": "0" * 64})
    assert "does not hold" in other.content.decode()


@pytest.mark.parametrize("values", [{"seq": "1"}, {"digest": "0" * 64}, {"seq": "1", "digest": "short"}, {"seq": "0"}])
def test_half_a_head_is_refused(officer, values):
    assert officer.post("/desk/audit/check/", values).status_code == 422


def test_the_export_is_whole_and_its_last_event_says_who_took_it(officer, olga):
    answer = officer.post("/desk/audit/export/")
    lines = b"".join(answer.streaming_content).splitlines(keepends=True)

    report = check_export(lines, passing=current_head())
    assert report.ok
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit-2026-11-22.jsonl"'
    newest = events_of(limit=1)[0]
    assert (newest.event, newest.actor) == ("record.exported", olga.pk)


def test_a_record_that_does_not_hold_is_not_handed_out(officer):
    tamper()

    answer = officer.post("/desk/audit/export/")
    assert answer.status_code == 409
    assert "nothing was exported" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.REVIEWER, Role.TREASURER])
def test_who_may_not_read_it_does_not_take_it(role):
    head = current_head()

    with pytest.raises(Absent):
        export_for(actor=a_colleague("other", role))

    assert current_head().seq == head.seq + 1  # the account that was made


def test_a_reviewer_finds_no_record(desk):
    for address in ("/desk/audit/check/", "/desk/audit/export/"):
        assert desk.post(address).status_code == 404
