"""The rules of `echt.audit.record`."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from echt.audit import sealer as sealers
from echt.audit.chain import verify_chain
from echt.audit.models import GENESIS, AuditEvent, Head
from echt.audit.record import record
from echt.audit.sealer import SealerMissing
from tests.audit.conftest import Event

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)


def record_in_vain(actor):
    """Record in a transaction that is undone."""
    with transaction.atomic():
        record(Event.CODE_CHANGED, actor=actor)
        transaction.set_rollback(True)


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_an_event_says_what_when_by_whom_and_about_whom(anna, ben):
    record(Event.CODE_SET, actor=anna, subject=ben.pk, ip="192.0.2.7")

    event = AuditEvent.objects.get()
    assert (event.seq, event.at, event.event) == (1, NOON, "code.set")
    assert (event.actor, event.subject) == (anna.pk, ben.pk)
    assert bytes(event.previous) == GENESIS


@pytest.mark.django_db
def test_the_system_is_an_actor_without_a_name():
    record(Event.CODE_SET, actor=None)

    assert AuditEvent.objects.get().actor is None


@pytest.mark.django_db(transaction=True)
def test_rule_1_outside_a_transaction_nothing_is_recorded(anna):
    with pytest.raises(TransactionManagementError, match="in the transaction of the change"):
        record(Event.CODE_SET, actor=anna)

    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_rule_1_an_event_goes_with_its_transaction(anna):
    record_in_vain(anna)

    assert not AuditEvent.objects.exists()
    with transaction.atomic():
        record(Event.CODE_CHANGED, actor=anna)
    assert AuditEvent.objects.get().seq == 1


@pytest.mark.django_db
def test_rule_2_places_follow_each_other_without_a_gap(anna):
    for _ in range(3):
        record(Event.CODE_SET, actor=anna)
        record_in_vain(anna)

    assert list(AuditEvent.objects.values_list("seq", flat=True)) == [1, 2, 3]
    assert Head.objects.get().seq == 3
    assert verify_chain().ok


@pytest.mark.django_db
def test_rule_3_details_are_sealed_for_their_subject_before_they_are_stored(anna, envelope):
    record(Event.CODE_SET, actor=anna, subject=anna.pk, device="Firefox on Linux")

    stored = bytes(AuditEvent.objects.get().details)
    assert b"Firefox" not in stored
    plain = envelope.unseal(stored, anna.pk, "audit.AuditEvent.details:code.set")
    assert plain == b'{"device": "Firefox on Linux"}'


@pytest.mark.django_db
def test_rule_3_without_a_sealer_nothing_is_recorded(anna, monkeypatch):
    monkeypatch.setattr(sealers, "_registered", [])

    with pytest.raises(SealerMissing, match="register_sealer"):
        record(Event.CODE_SET, actor=anna)

    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("value", [object(), b"bytes", float("nan"), float("inf")])
def test_details_that_are_not_json_are_refused_and_change_nothing(anna, value):
    with pytest.raises((TypeError, ValueError)):
        record(Event.CODE_SET, actor=anna, value=value)

    assert not AuditEvent.objects.exists()


REST = "at, event, actor, subject, details"
STATEMENTS = [
    "UPDATE audit_auditevent SET event = 'nothing.happened' WHERE seq = 1",
    "UPDATE audit_auditevent SET seq = 9 WHERE seq = 2",
    "DELETE FROM audit_auditevent WHERE seq = 2",
    "DELETE FROM audit_auditevent",
    f"INSERT INTO audit_auditevent SELECT 3, {REST}, previous, digest FROM audit_auditevent WHERE seq = 2",
    f"INSERT INTO audit_auditevent SELECT 4, {REST}, digest, digest FROM audit_auditevent WHERE seq = 2",
    "UPDATE audit_head SET seq = 1",
    "UPDATE audit_head SET seq = 3",
    "UPDATE audit_head SET digest = previous FROM audit_auditevent WHERE audit_auditevent.seq = 2",
    "DELETE FROM audit_head",
]
ONLY_ON = {
    "sqlite": [
        f"REPLACE INTO audit_auditevent SELECT 1, {REST}, previous, digest FROM audit_auditevent WHERE seq = 2",
        "REPLACE INTO audit_head (id, seq, digest) VALUES (1, 0, x'00')",
        "UPDATE OR REPLACE audit_auditevent SET seq = 2 WHERE seq = 1",
    ],
    "postgresql": [
        "TRUNCATE audit_auditevent",
        "TRUNCATE audit_head",
        "TRUNCATE audit_head, audit_auditevent",
        "MERGE INTO audit_auditevent e USING audit_head h ON e.seq = h.seq WHEN MATCHED THEN DELETE",
    ],
}


@pytest.mark.django_db
@pytest.mark.parametrize("statement", [*STATEMENTS, *ONLY_ON[connection.vendor]])
def test_rule_4_the_database_itself_refuses(anna, statement):
    record(Event.CODE_SET, actor=anna)
    record(Event.CODE_CHANGED, actor=anna)
    before = list(AuditEvent.objects.values()), list(Head.objects.values())

    with pytest.raises(IntegrityError, match="audit: "), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert (list(AuditEvent.objects.values()), list(Head.objects.values())) == before


@pytest.mark.django_db
def test_rule_4_the_orm_is_refused_too(anna):
    record(Event.CODE_SET, actor=anna)
    event = AuditEvent.objects.get()
    event.event = "nothing.happened"

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        event.save()
    with pytest.raises(IntegrityError, match="never removed"), transaction.atomic():
        event.delete()

    assert verify_chain().length == 1
