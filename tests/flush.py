"""Tests with real transactions empty all tables at their end; for that alone the record's guards step aside."""

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase

from tests.audit.attacker import without_guards


@pytest.fixture(scope="session", autouse=True)
def _tables_of_the_record_may_be_emptied() -> Iterator[None]:
    teardown = TransactionTestCase._fixture_teardown

    def guarded(case: TransactionTestCase) -> None:
        with without_guards():
            teardown(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", guarded)
        yield
