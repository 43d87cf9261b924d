from http import HTTPStatus

import pytest
from django.db import DatabaseError, migrations

from echt.ui import health

pytestmark = pytest.mark.urls("tests.ui.urls")


@pytest.fixture(autouse=True)
def _asked_anew():
    health._require_migrations.cache_clear()
    yield
    health._require_migrations.cache_clear()


def fails(*_):
    raise DatabaseError("secret detail")


def test_the_process_lives(anonymous):
    assert anonymous.get("/healthz").json() == {"status": "ok"}


def test_it_can_do_its_work(anonymous):
    answer = anonymous.get("/readyz")

    assert answer.status_code == HTTPStatus.OK
    assert answer.json() == {"status": "ok", "database": True, "migrations": True}
    assert answer.headers["Cache-Control"] == "no-store"


def test_without_a_database_it_is_not_ready_and_says_no_detail(anonymous, monkeypatch):
    monkeypatch.setattr(health, "_ask_database", fails)
    answer = anonymous.get("/readyz")

    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer.json() == {"status": "not ready", "database": False, "migrations": False}


def test_a_missing_migration_is_asked_for_again_a_complete_database_is_not(anonymous, monkeypatch):
    plan = [(migrations.Migration("0002", "ui"), False)]
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: list(plan))

    assert anonymous.get("/readyz").json() == {"status": "not ready", "database": True, "migrations": False}
    plan.clear()
    assert anonymous.get("/readyz").status_code == HTTPStatus.OK
    plan.append("never asked for again")
    assert anonymous.get("/readyz").status_code == HTTPStatus.OK
