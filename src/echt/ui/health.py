"""Whether the process lives (`/healthz`) and whether it can do its work (`/readyz`), for whoever runs it."""

from collections.abc import Callable
from functools import cache
from http import HTTPStatus

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from echt.ui.audience import Audience, page

NOT_KEPT = {"Cache-Control": "no-store"}


class MigrationsMissing(Exception):
    """The database is older than this version."""


@page(Audience.ANYONE, "GET", shared=True)
def live(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The process answers."""
    return JsonResponse({"status": "ok"}, headers=NOT_KEPT)


@page(Audience.ANYONE, "GET", shared=True)
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The database answers and has every migration of this version."""
    database = _holds(_ask_database)
    migrations = database and _holds(_require_migrations)
    return JsonResponse(
        {"status": "ok" if migrations else "not ready", "database": database, "migrations": migrations},
        status=HTTPStatus.OK if migrations else HTTPStatus.SERVICE_UNAVAILABLE,
        headers=NOT_KEPT,
    )


def _holds(require: Callable[[], None]) -> bool:
    try:
        require()
    except (DatabaseError, MigrationsMissing):
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@cache
def _require_migrations() -> None:
    """A yes holds as long as the process does; a no is asked again."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MigrationsMissing
