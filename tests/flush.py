"""Tests with real transactions empty all tables at their end; for that alone the guards of what is never removed step aside."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.db import connection
from django.test import TransactionTestCase

from echt.wallets.guards import guard, unguard
from tests.audit.attacker import Editor, without_guards

LEDGER = ("wallets_transfer", "wallets_posting", "holds_holdevent")


@contextmanager
def without_ledger_guards() -> Iterator[None]:
    """The ledger's tables as somebody has them who owns the database."""
    unguard(Editor(), *LEDGER)
    try:
        yield
    finally:
        guard(Editor(), *LEDGER)


@pytest.fixture(scope="session", autouse=True)
def _tables_of_the_record_may_be_emptied() -> Iterator[None]:
    teardown = TransactionTestCase._fixture_teardown

    def guarded(case: TransactionTestCase) -> None:
        with ExitStack() as stack:
            stack.enter_context(without_guards())
            if connection.vendor == "sqlite":
                stack.enter_context(without_ledger_guards())
            teardown(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", guarded)
        yield
