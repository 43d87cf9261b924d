"""Appeals and looks at them: the rules of `actions.appealing` and `actions.looking`."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from echt.audit.selectors import history_of
from echt.holds.access import Absent
from echt.holds.actions.appealing import (
    MOST_BYTES,
    AppealsUsedUp,
    AppealWaits,
    make_appeal,
    refuse_appeal,
    withdraw_appeal,
)
from echt.holds.actions.looking import look_at_appeals, look_at_document
from echt.holds.models import Appeal, AppealFile
from echt.holds.own_data import holds
from echt.holds.refusals import NothingPending, Over, Wrong
from echt.mail.models import Message
from tests.holds.actions.states import refused

pytestmark = [pytest.mark.usefixtures("travel")]
db = pytest.mark.django_db

PDF = b"%PDF-1.7\nsecret words of a statement"
PNG = b"\x89PNG\r\n\x1a\n...."
JPEG = b"\xff\xd8\xff\xe0...."
WORDS = "Here is my statement."


def asked(customer, hold, *documents):
    return make_appeal(actor=customer, hold_id=hold.pk, words=WORDS, documents=documents)


@db
def test_the_customer_asks_with_words_and_documents_that_are_sealed(customer, hold):
    appeal = asked(customer, hold, PDF, PNG, JPEG)

    appeal.refresh_from_db()
    assert (appeal.state, appeal.words) == ("open", WORDS)
    assert sorted(appeal.files.values_list("kind", flat=True)) == ["jpeg", "pdf", "png"]
    on_disk = b"".join(
        path.read_bytes() for path in Path(settings.DATA).rglob("*") if path.is_file() and path.stat().st_size < 10**6
    )
    assert b"secret words of a statement" not in on_disk
    assert Message.objects.get().kind == "holds.appeal_received"
    assert history_of(customer.pk)[0].details["documents"] == 3


@db
@pytest.mark.parametrize(
    "documents",
    [
        [b"GIF89a...."],
        [b"<html><script>"],
        [b""],
        [b"PK\x03\x04"],
        [PDF, b"MZ"],
        [PDF] * 4,
        [b"%PDF-" + bytes(MOST_BYTES)],
        [b"%PDF-1.4 X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"],
    ],
)
def test_rule_2_other_documents_are_refused_and_nothing_is_kept(customer, hold, documents):
    refused(Wrong, make_appeal, actor=customer, hold_id=hold.pk, words=WORDS, documents=documents)


@db
@pytest.mark.parametrize("words", ["", "  ", "x" * 2001])
def test_an_appeal_needs_words(customer, hold, words):
    refused(Wrong, make_appeal, actor=customer, hold_id=hold.pk, words=words)


@db
def test_rule_1_one_at_a_time_and_only_so_often(customer, hold):
    asked(customer, hold)
    refused(AppealWaits, make_appeal, actor=customer, hold_id=hold.pk, words=WORDS)
    withdraw_appeal(actor=customer, hold_id=hold.pk)
    refused(NothingPending, withdraw_appeal, actor=customer, hold_id=hold.pk)
    for _time in range(2):
        asked(customer, hold)
        withdraw_appeal(actor=customer, hold_id=hold.pk)
    refused(AppealsUsedUp, make_appeal, actor=customer, hold_id=hold.pk, words=WORDS)


@db
def test_rule_1_not_when_nothing_is_held_any_more(customer, hold, travel):
    travel.shift(timedelta(hours=72))
    refused(Over, make_appeal, actor=customer, hold_id=hold.pk, words=WORDS)


@db
def test_the_export_of_ones_own_data_has_holds_and_what_was_asked(customer, stranger, hold):
    asked(customer, hold, PDF)
    (told,) = holds(customer)
    assert (told["amount"], told["appeals"][0]["words"], told["appeals"][0]["documents"]) == (
        "500.000000",
        WORDS,
        ["pdf"],
    )
    assert holds(stranger) == []


@db
def test_nobody_asks_for_somebody_else(stranger, olga, customer, hold):
    for actor in (stranger, olga):
        refused(Absent, make_appeal, actor=actor, hold_id=hold.pk, words=WORDS)
    asked(customer, hold)
    for actor in (stranger, olga):
        refused(Absent, withdraw_appeal, actor=actor, hold_id=hold.pk)


@db
def test_rule_3_a_refusal_has_words_that_the_customer_gets(customer, hold, olga):
    appeal = asked(customer, hold)
    refused(Wrong, refuse_appeal, actor=olga, appeal_id=appeal.pk, words="")
    refuse_appeal(actor=olga, appeal_id=appeal.pk, words="The statement is of another card.")
    appeal.refresh_from_db()
    assert (appeal.state, appeal.answer, appeal.answered_by) == ("refused", "The statement is of another card.", olga)
    assert Message.objects.filter(kind="holds.appeal_refused").count() == 1
    refused(NothingPending, refuse_appeal, actor=olga, appeal_id=appeal.pk, words="Again.")


@db
def test_rule_4_neither_the_customer_nor_who_only_reads_answers(customer, hold, auditor, stranger):
    appeal = asked(customer, hold)
    customer.role = "risk_officer"
    customer.save()
    for actor in (customer, auditor, stranger):
        refused(Absent, refuse_appeal, actor=actor, appeal_id=appeal.pk, words="No.")


@pytest.mark.django_db(transaction=True)
def test_looking_is_recorded_with_its_reason_before_anything_is_shown(customer, hold, olga, auditor, stranger):
    appeal = asked(customer, hold, PDF)
    file = AppealFile.objects.get()
    refused(Wrong, look_at_document, actor=olga, file_id=file.pk, why=" ")
    refused(Wrong, look_at_appeals, actor=olga, hold_id=hold.pk, why="")
    for actor in (auditor, stranger, customer):
        refused(Absent, look_at_document, actor=actor, file_id=file.pk, why="Curious.")
        refused(Absent, look_at_appeals, actor=actor, hold_id=hold.pk, why="Curious.")

    look_at_appeals(actor=olga, hold_id=hold.pk, why="To answer it.")
    found, content = look_at_document(actor=olga, file_id=file.pk, why="To answer it.")

    assert (found.appeal, content) == (appeal, PDF)
    looks = [entry for entry in history_of(hold.pk) if entry.event == "appeal.looked_at"]
    assert [(look.actor, look.details["words"]) for look in looks] == [(olga.pk, "To answer it.")] * 2
    assert Appeal.objects.get().state == "open"
