"""What must be there before anything works: tables, the cache's, the basic assets, the demo's. Safe to repeat."""

import time
from pathlib import Path

import structlog
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from echt.site import demo

PAUSE = 0.2

logger = structlog.get_logger(__name__)


def prepare() -> None:
    """Bring the database to this version of the product."""
    from echt.wallets.actions.assets import ensure_basics

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    ensure_basics()
    connection.close()


def prepare_demo(data: Path, password: str) -> None:
    """Make the demo's people and money; an empty password leaves the choice to `demo`. Applicants are the worker's."""
    from echt.site import demo_cases, demo_money

    before = demo.kept_password(data)
    given = demo.load(data, password)
    if before and before != given:
        demo_cases.give_passwords(given)
    demo_money.load()
    if settings.ECHT.demo.cases:
        demo_cases.begin()
    connection.close()


def wait_until_prepared() -> None:
    """Wait until somebody else has brought the database to this version."""
    told = False
    while not is_prepared():
        if not told:
            logger.info("waiting_for_the_database")
            told = True
        time.sleep(PAUSE)
    connection.close()


def is_prepared() -> bool:
    try:
        return missing_migrations() == 0
    except DatabaseError:
        connection.close()
        return False


def missing_migrations() -> int:
    """How many changes of this version the database lacks.

    Raises:
        DatabaseError: the database does not answer.
    """
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
