import pytest

from echt.audit.chain import verify_chain
from echt.audit.record import record
from echt.audit.selectors import history_of
from tests.audit.conftest import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(anna, ben):
    for number in range(4):
        record(Event.CODE_SET, actor=ben, subject=anna.pk, number=number)
        record(Event.CODE_SET, actor=anna, subject=ben.pk, secret=True)
    return anna


def test_a_history_holds_what_concerns_the_subject_newest_first(history, ben):
    entries = history_of(history.pk)

    assert [entry.details for entry in entries] == [{"number": number} for number in (3, 2, 1, 0)]
    assert {entry.actor for entry in entries} == {ben.pk}
    assert {entry.event for entry in entries} == {"code.set"}


def test_a_history_is_read_page_by_page(history):
    first = history_of(history.pk, limit=3)
    second = history_of(history.pk, limit=3, before=first[-1].seq)

    assert [entry.seq for entry in first + second] == [7, 5, 3, 1]


def test_a_destroyed_key_hides_the_details_while_the_chain_holds(history, envelope):
    envelope.destroyed.add(history.pk)

    assert [entry.details for entry in history_of(history.pk)] == [None] * 4
    assert verify_chain().length == 8
