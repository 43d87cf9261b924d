"""From the ledger to the receiving side: nothing lost, nothing acknowledged twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from echt import clock
from echt.audit.models import AuditEvent
from echt.mail import delivery, tasks
from echt.mail.models import Attempt, Message, Outcome, State
from echt.mail.tasks import deliver
from echt.vault.shred import destroy_keys
from echt.work.dead_letters import DeadLetter
from echt.work.worker import run_until_idle
from tests.mail import kinds
from tests.mail.conftest import LENA
from tests.mail.post_office import free_port, open_office
from tests.mail.reading import parsed


class Killed(BaseException):
    """The worker's process is gone."""


def killed(*_args):
    raise Killed


@pytest.fixture
def to_office(set_mail):
    def point(office, **values):
        set_mail(
            **{
                "transport": "smtp",
                "host": "127.0.0.1",
                "port": getattr(office, "port", office),
                "security": "none",
                "timeout": 0.4,
                **values,
            }
        )

    return point


def work(rounds=1):
    """Run the worker, and make what it put off due again."""
    for _ in range(rounds):
        DBTaskResult.objects.filter(status="READY").update(run_after=clock.now())
        run_until_idle()


def outcomes(message):
    return list(message.tries.order_by("began_at").values_list("outcome", flat=True))


def fresh(message):
    return Message.objects.get(pk=message.pk)


def test_a_message_reaches_the_receiving_side_once(sent, to_office):
    with open_office() as office:
        to_office(office)
        message = sent()
        work(3)
    assert office.numbers == [message.number]
    line = fresh(message)
    assert (line.state, line.attempts, outcomes(line)) == (State.SENT, 1, [Outcome.ACCEPTED])
    assert line.sent_at is not None


def test_many_messages_through_every_failure_arrive_each_once_under_one_message_id(sent, to_office):
    plan = ["451 4.3.0 later", "drop", "RCPT 450 4.2.1 later", "slow", "accept", "421 4.3.2 closing", "drop"]
    port = free_port()
    to_office(port)
    messages = [sent() for _ in range(6)]
    work()  # nobody is there
    with open_office(*plan, port=port) as office:
        work(6)
    assert sorted(office.numbers) == sorted(message.number for message in messages)
    assert Message.objects.exclude(state=State.SENT).count() == 0
    tries = {}
    for mail in office.seen:
        tries.setdefault(mail.get_body(("plain",)).get_content().splitlines()[1], set()).add(mail["Message-ID"])
    assert all(len(ids) == 1 for ids in tries.values())
    assert len({mail["Message-ID"] for mail in office.accepted}) == 6


def test_rule_1_two_workers_do_not_try_the_same_message(sent):
    message = sent()
    first = delivery.claim(message.pk)

    with pytest.raises(delivery.Busy) as busy:
        delivery.claim(message.pk)

    assert busy.value.until == first.expires_at
    assert message.tries.count() == 1


def test_rule_1_the_database_allows_one_open_attempt(sent):
    message = sent()
    delivery.claim(message.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(message=message, expires_at=clock.now())


def test_rule_2_handing_over_is_written_down_before_the_receiving_side_could_accept(sent, to_office, monkeypatch):
    with open_office() as office:
        to_office(office)
        message = sent()
        seen = []
        true = office.handle_DATA

        async def look(*args):
            seen.append(True)
            return await true(*args)

        monkeypatch.setattr(office, "handle_DATA", look)
        monkeypatch.setattr(delivery, "handing_over", lambda attempt: seen.append("handed over"))
        work()
    assert seen == ["handed over", True]
    assert fresh(message).state == State.SENT


def test_rule_3_a_result_is_recorded_once_by_its_holder(sent):
    message = sent()
    attempt = delivery.claim(message.pk)
    delivery.accepted(attempt, "250")
    first = fresh(message)

    delivery.accepted(attempt, "250 again")
    delivery.refused(attempt, "550")
    assert delivery.deferred(attempt, "451", answered=True) is not None

    assert (fresh(message).state, fresh(message).sent_at) == (State.SENT, first.sent_at)
    assert list(message.tries.values_list("answer", flat=True)) == ["250"]


def test_rule_3_a_late_result_of_an_abandoned_attempt_is_ignored(sent):
    message = sent()
    late = delivery.claim(message.pk)
    Attempt.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    second = delivery.claim(message.pk)

    delivery.refused(late, "550")

    assert fresh(message).state == State.SENDING
    delivery.accepted(second, "250")
    assert outcomes(message) == [Outcome.BROKEN, Outcome.ACCEPTED]


def test_rule_3_what_was_accepted_is_not_tried_again(sent, outbox):
    message = sent()
    work()
    assert delivery.claim(message.pk) is None
    deliver.func(message=str(message.pk))
    assert message.tries.count() == 1


def test_rule_4_a_worker_that_dies_before_handing_over_leaves_no_doubt(sent, to_office, monkeypatch):
    message = sent()
    with open_office() as office:
        to_office(office)
        with monkeypatch.context() as patch:
            patch.setattr(tasks, "envelope_of", killed)
            with pytest.raises(Killed):
                deliver.func(message=str(message.pk))
        Attempt.objects.update(expires_at=clock.now() - timedelta(seconds=1))
        deliver.func(message=str(message.pk))
    assert outcomes(message) == [Outcome.BROKEN, Outcome.ACCEPTED]
    assert office.numbers == [message.number]


def test_rule_5_a_worker_that_dies_after_the_yes_delivers_again_under_the_same_message_id(sent, to_office, monkeypatch):
    message = sent()
    with open_office() as office:
        to_office(office)
        with monkeypatch.context() as patch:
            patch.setattr(delivery, "accepted", killed)
            with pytest.raises(Killed):
                deliver.func(message=str(message.pk))
        Attempt.objects.update(expires_at=clock.now() - timedelta(seconds=1))
        deliver.func(message=str(message.pk))
    assert outcomes(message) == [Outcome.UNKNOWN, Outcome.ACCEPTED]
    assert message.tries.order_by("began_at").first().handed_over_at is not None
    assert office.numbers == [message.number] * 2
    one, two = office.accepted
    assert one["Message-ID"] == two["Message-ID"]
    assert one.as_bytes() == two.as_bytes()


def test_rule_5_silence_after_handing_over_is_recorded_as_unknown(sent, to_office):
    with open_office("drop") as office:
        to_office(office)
        message = sent()
        work(2)
    assert outcomes(message) == [Outcome.UNKNOWN, Outcome.ACCEPTED]


def test_waits_double_from_half_a_minute_to_two_hours():
    waits = [delivery.wait_after(attempts).total_seconds() for attempts in range(1, 13)]
    assert waits[:4] == [30, 60, 120, 240]
    assert waits[-1] == delivery.wait_after(10_000).total_seconds() == 7200


def test_after_the_last_attempt_the_message_is_a_dead_letter_and_can_be_retried(sent, to_office):
    port = free_port()
    to_office(port, attempts=2)
    message = sent()
    work(4)

    line = fresh(message)
    assert (line.state, line.attempts, line.sent_at) == (State.FAILED, 2, None)
    assert line.last_error == "ConnectionRefusedError"
    letter = DeadLetter.objects.get()
    assert letter.arguments == {"message": str(message.pk)}
    assert AuditEvent.objects.filter(event="mail.given_up").count() == 1

    with open_office(port=port) as office:
        deliver.enqueue(**letter.arguments)
        work()
    assert office.numbers == [message.number]
    assert fresh(message).state == State.SENT


def test_a_refused_message_is_a_dead_letter_at_once(sent, to_office):
    with open_office("RCPT 550 5.1.1 <lena@example.org> unknown") as office:
        to_office(office)
        message = sent()
        work(2)
    line = fresh(message)
    assert (line.state, line.attempts, line.last_error) == (State.BOUNCED, 1, "RCPT 550 5.1.1")
    assert DeadLetter.objects.count() == 1
    assert AuditEvent.objects.filter(event="mail.refused").count() == 1
    assert office.accepted == []


def test_news_wait_until_everything_else_is_out(sent, outbox):
    sent(kinds.News(to=LENA))
    sent()
    assert [entry.task_path.rpartition(".")[2] for entry in DBTaskResult.objects.ready()] == ["deliver", "deliver_news"]


def test_purge_removes_text_and_html_after_the_retention_and_nothing_else(sent, outbox, set_mail):
    old, young, waiting = sent(carrying="Fjord7"), sent(), sent()
    DBTaskResult.objects.filter(args_kwargs__kwargs__message=str(waiting.pk)).delete()
    work()
    Message.objects.exclude(pk=young.pk).update(created_at=clock.now() - timedelta(days=91))

    tasks.purge.func()

    line = fresh(old)
    assert (line.text, line.html) == (None, None)
    assert line.purged_at is not None
    assert (line.subject_line, line.carried_code, line.digest, line.links) == (
        old.subject_line,
        "Fjord7",
        old.digest,
        old.links,
    )
    assert fresh(young).text == young.text
    assert fresh(waiting).text == waiting.text


def test_a_message_whose_text_is_gone_cannot_be_delivered(sent, outbox):
    message = sent()
    message.text = message.html = None
    message.save()
    work()
    assert fresh(message).state == State.BOUNCED
    assert fresh(message).last_error == "the text is no longer kept"
    assert not outbox.exists()


def test_a_message_whose_key_is_destroyed_is_given_up(sent, outbox, customer):
    message = sent(to=customer)
    destroy_keys(customer.pk)
    work()
    assert Message.objects.values_list("state", "last_error").get(pk=message.pk) == (
        State.BOUNCED,
        "the recipient's key is destroyed",
    )
    assert not outbox.exists()


def test_the_outbox_holds_each_mail_once_readable_by_the_owner_alone(sent, outbox):
    message = sent()
    work()
    Message.objects.update(state=State.QUEUED, sent_at=None)
    Attempt.objects.all().delete()
    deliver.func(message=str(message.pk))
    (path,) = outbox.iterdir()
    assert path.name == f"{message.pk.hex}.eml"
    assert path.stat().st_mode & 0o777 == 0o600
    assert parsed(path.read_bytes())["Message-ID"] == message.message_id
    assert fresh(message).state == State.SENT


def test_an_outbox_that_cannot_be_written_is_tried_again(sent, outbox):
    message = sent()
    outbox.write_text("in the way")
    work()
    assert (fresh(message).state, fresh(message).attempts) == (State.QUEUED, 1)
    outbox.unlink()
    work()
    assert fresh(message).state == State.SENT
