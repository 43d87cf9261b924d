"""The rules of `echt.audit.chain`, each against someone who owns the database."""

import tracemalloc

import pytest
from django.db import connection

from echt import clock
from echt.audit.canonical import digest_of
from echt.audit.chain import Mark, verify_chain
from echt.audit.models import GENESIS, AuditEvent, Head
from echt.audit.record import record
from tests.audit.attacker import without_guards
from tests.audit.conftest import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(anna):
    """A record of five events."""
    for number in range(5):
        record(Event.CODE_SET, actor=anna, subject=anna.pk, number=number)
    return anna


@pytest.fixture
def tamper(five):
    """Runs a statement as an attacker who then hides the traces."""

    def run(statement, *values):
        with without_guards(), connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


def rewrite_from(seq):
    """Give every event from `seq` on the digests that make the chain hold again."""
    previous = GENESIS if seq == 1 else bytes(AuditEvent.objects.get(seq=seq - 1).digest)
    for event in AuditEvent.objects.filter(seq__gte=seq):
        event.previous = previous
        event.digest = previous = digest_of(event)
        event.save(force_update=True)


def test_an_empty_record_holds():
    report = verify_chain()

    assert (report.ok, report.length, report.broken_at, report.head) == (True, 0, None, GENESIS.hex())


def test_an_untouched_record_holds_to_its_head(five):
    report = verify_chain()

    assert (report.ok, report.length, report.broken_at) == (True, 5, None)
    assert report.head == bytes(Head.objects.get().digest).hex()


def test_rule_1_a_removed_event_shows(tamper):
    tamper("DELETE FROM audit_auditevent WHERE seq = 3")

    assert (verify_chain().ok, verify_chain().broken_at) == (False, 3)


def test_rule_1_a_removed_first_event_shows(tamper):
    tamper("DELETE FROM audit_auditevent WHERE seq = 1")

    assert verify_chain().broken_at == 1


def test_rule_1_two_events_in_each_others_place_show(tamper):
    for old, new in [(2, 20), (3, 2), (20, 3)]:
        tamper("UPDATE audit_auditevent SET seq = %s WHERE seq = %s", new, old)

    assert verify_chain().broken_at == 2


def test_rule_1_an_event_put_between_shows(five, tamper):
    with without_guards():
        for seq in (5, 4, 3):
            AuditEvent.objects.filter(seq=seq).update(seq=seq + 1)
        forged = AuditEvent.objects.get(seq=2)
        forged.seq, forged.previous = 3, forged.digest
        forged.digest = digest_of(forged)
        forged.save(force_insert=True)

    assert verify_chain().broken_at == 4


@pytest.mark.parametrize(
    "change",
    [
        "event = 'code.changed'",
        "actor = NULL",
        "subject = NULL",
        "details = (SELECT details FROM audit_auditevent WHERE seq = 4)",
        "at = (SELECT at FROM audit_auditevent WHERE seq = 5)",
        "previous = (SELECT previous FROM audit_auditevent WHERE seq = 2)",
        "digest = (SELECT digest FROM audit_auditevent WHERE seq = 4)",
    ],
)
def test_rule_2_a_change_to_any_part_of_an_event_shows(tamper, change):
    tamper(f"UPDATE audit_auditevent SET {change} WHERE seq = 3")

    report = verify_chain()
    assert (report.ok, report.length, report.broken_at) == (False, 2, 3)


def test_rule_2_a_change_with_its_digest_made_to_fit_shows_at_the_next_event(five, tamper):
    with without_guards():
        forged = AuditEvent.objects.get(seq=3)
        forged.event = "code.changed"
        forged.digest = digest_of(forged)
        forged.save(force_update=True)

    assert verify_chain().broken_at == 4


def test_rule_3_events_cut_off_the_end_show(tamper):
    tamper("DELETE FROM audit_auditevent WHERE seq > 3")

    report = verify_chain()
    assert (report.ok, report.length, report.broken_at) == (False, 3, 4)


def test_rule_3_an_event_put_behind_the_end_shows(five, tamper):
    with without_guards():
        forged = AuditEvent.objects.get(seq=5)
        forged.seq, forged.previous = 6, forged.digest
        forged.digest = digest_of(forged)
        forged.save(force_insert=True)

    assert verify_chain().broken_at == 6


def test_rule_3_a_record_rewritten_up_to_its_end_does_not_fit_the_head(five, tamper):
    tamper("UPDATE audit_auditevent SET event = 'code.changed' WHERE seq = 3")
    with without_guards():
        rewrite_from(3)

    assert verify_chain().broken_at == 5


def test_rule_3_a_removed_head_shows(tamper):
    tamper("DELETE FROM audit_head")

    assert verify_chain().broken_at == 1


def test_rule_4_a_record_rewritten_with_its_head_is_caught_by_a_mark(five, tamper):
    noted = verify_chain().mark
    tamper("UPDATE audit_auditevent SET event = 'code.changed' WHERE seq = 3")
    with without_guards():
        rewrite_from(3)
        Head.objects.update(digest=AuditEvent.objects.get(seq=5).digest)

    assert verify_chain().ok
    assert verify_chain(passing=noted).broken_at == 5


def test_rule_4_a_record_that_has_grown_since_passes_its_mark(five):
    noted = verify_chain().mark
    record(Event.CODE_CHANGED, actor=five)

    assert verify_chain(passing=noted).ok


def test_rule_4_a_record_shorter_than_its_mark_is_caught(five):
    assert verify_chain(passing=Mark(6, "00" * 32)).broken_at == 6


def test_rule_5_memory_does_not_grow_with_the_record(monkeypatch):
    monkeypatch.setattr("echt.audit.chain.CHUNK", 100)
    peak_over(100)

    short, long = peak_over(500), peak_over(4000)

    assert long < 1.5 * short


def peak_over(length):
    """Bytes that checking a record of this length takes at most."""
    grow_to(length)
    tracemalloc.start()
    assert verify_chain().length == length
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def grow_to(length):
    """Fill the record with events that hold, all at once."""
    head, _ = Head.objects.get_or_create()
    previous = bytes(head.digest)
    events = [
        AuditEvent(seq=seq, at=clock.now(), event="code.set", details=b"sealed")
        for seq in range(head.seq + 1, length + 1)
    ]
    for event in events:
        event.previous = previous
        event.digest = previous = digest_of(event)
    with without_guards():
        AuditEvent.objects.bulk_create(events, batch_size=100)
        Head.objects.update(seq=length, digest=previous)
