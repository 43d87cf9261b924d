"""Several processes record at once; places have no gap, and whoever checks meanwhile finds a chain that holds."""

import pytest

from tests.many_processes import house

WRITERS, EACH = 4, 30


@pytest.fixture
def record_house(db, tmp_path):
    with house(tmp_path, "audit") as opened:
        yield opened


@pytest.mark.slow
def test_rule_2_concurrent_writers_leave_no_gap(record_house):
    writers = [record_house.start("tests.audit.writers:write", count=EACH) for _ in range(WRITERS)]
    reader = record_house.start("tests.audit.writers:verify_while", count=10)

    for writer in writers:
        record_house.result(writer)

    assert record_house.result(reader) is True
    assert record_house.call("tests.audit.writers:verify") == [True, WRITERS * EACH * 2 * 4 // 5]
