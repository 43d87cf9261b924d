"""What the tests of accounts share."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection


@pytest.fixture
def lena(customer):
    """Lena, reading English."""
    customer.language = "en"
    customer.save()
    return customer


@pytest.fixture
def browser(lena, client_of):
    """Her browser, in which she is signed in."""
    return client_of(lena)


@pytest.fixture
def database_text(db) -> Callable[[], str]:
    """Everything the database holds, as text in which a canary can be looked for."""

    def dump() -> str:
        return "\n".join(_rows(model._meta.db_table) for model in apps.get_models(include_auto_created=True))

    return dump


def _rows(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return "\n".join(" ".join(_text(value) for value in row) for row in cursor.fetchall())


def _text(value: object) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
