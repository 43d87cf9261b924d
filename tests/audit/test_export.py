from io import BytesIO

import pytest
from django.db import connection

from echt.audit.chain import Mark, verify_chain
from echt.audit.export import BrokenChain, check_export, export
from echt.audit.record import record
from tests.audit.attacker import without_guards
from tests.audit.conftest import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(anna):
    """The lines of an export of five events."""
    for number in range(5):
        record(Event.CODE_SET, actor=anna, subject=anna.pk, number=number)
    file = BytesIO()
    report = export(file)
    assert report == verify_chain()
    return file.getvalue().splitlines(keepends=True)


def test_an_export_holds_without_the_database_and_without_a_key(exported):
    report = check_export(exported)

    assert (len(exported), report) == (5, verify_chain())


def test_details_leave_sealed(exported):
    assert not [line for line in exported if b"number" in line]


def test_a_changed_line_shows(exported):
    exported[2] = exported[2].replace(b"code.set", b"code.new")

    assert check_export(exported).broken_at == 3


def test_a_line_that_is_no_event_shows(exported):
    exported[2] = b"{}\n"

    assert check_export(exported).broken_at == 3


def test_a_missing_line_shows(exported):
    del exported[2]

    assert check_export(exported).broken_at == 3


def test_lines_in_another_order_show(exported):
    exported[1], exported[2] = exported[2], exported[1]

    assert check_export(exported).broken_at == 2


def test_lines_cut_off_the_end_show_by_the_head_alone(exported):
    head = verify_chain().mark

    assert check_export(exported[:3]).ok
    assert check_export(exported[:3], passing=head).broken_at == 4
    assert check_export(exported, passing=head).ok
    assert not check_export(exported, passing=Mark(head.seq, "00" * 32)).ok


def test_a_record_that_does_not_hold_is_exported_up_to_the_break_only(exported):
    with without_guards(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditevent SET event = 'code.new' WHERE seq = 3")
    file = BytesIO()

    with pytest.raises(BrokenChain, match="event 3") as broken:
        export(file)

    assert broken.value.report.broken_at == 3
    assert file.getvalue().splitlines(keepends=True) == exported[:2]
