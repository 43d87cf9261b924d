from datetime import UTC, datetime

import pytest
import time_machine

from tests.work import sample_jobs

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def runs():
    """What ran in this process during the test."""
    sample_jobs.runs.clear()
    return sample_jobs.runs


@pytest.fixture
def clock():
    """The clock, standing still at noon until it is moved."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
