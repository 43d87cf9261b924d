"""What the processes of `test_concurrency` do."""

from types import SimpleNamespace
from uuid import uuid4

from django.db import transaction

from echt.audit.chain import verify_chain
from echt.audit.record import record
from echt.audit.sealer import register_sealer
from tests.audit.conftest import Envelope, Event


def write(count: int) -> None:
    """Record `count` times, every fifth time in vain."""
    register_sealer(Envelope())
    actor = SimpleNamespace(pk=uuid4())
    for number in range(count):
        with transaction.atomic():
            record(Event.CODE_SET, actor=actor, number=number)
            record(Event.CODE_CHANGED, actor=actor, number=number)
            transaction.set_rollback(number % 5 == 4)


def verify() -> tuple[bool, int]:
    report = verify_chain()
    return report.ok, report.length


def verify_while(count: int) -> bool:
    return all(verify()[0] for _ in range(count))
