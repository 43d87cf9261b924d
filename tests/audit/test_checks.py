import pytest
from django.db import connection

from echt.audit.checks import GUARDS, check_guards
from tests.audit.attacker import guards, without_guards

pytestmark = pytest.mark.django_db


def test_a_record_with_its_guards_passes():
    assert check_guards(databases=["default"]) == []


def test_a_record_without_its_guards_is_reported():
    with without_guards():
        (error,) = check_guards(databases=["default"])

    assert error.id == "audit.E001"
    assert all(name in error.msg for name in GUARDS)


def test_no_database_is_asked_that_was_not_named():
    with without_guards():
        assert check_guards(databases=None) == []


def test_every_guard_of_the_migration_is_watched():
    installed = {"sqlite": guards.SQLITE, "postgresql": guards.POSTGRESQL}[connection.vendor]

    assert set(installed) >= GUARDS
