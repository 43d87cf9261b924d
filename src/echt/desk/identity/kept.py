"""What is left of a person's data once it was deleted, or its key destroyed: the desk says so and shows the rest."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model

from echt.identity.models import Case
from echt.identity.states import CLOSED, State
from echt.vault.errors import Destroyed

Row = TypeVar("Row", bound=Model)


def kept(row: Model, field: str) -> Any:
    """A sealed value; None where its key was destroyed."""
    try:
        return getattr(row, field)
    except Destroyed:
        return None


def with_what_is_kept(rows: Iterable[Row], *fields: str) -> list[Row]:
    """The rows, to be shown and never saved, with None in place of what was destroyed."""
    found = list(rows)
    for row in found:
        for field in fields:
            setattr(row, field, kept(row, field))
    return found


def is_gone(case: Case) -> bool:
    """Whether there were data of the document, and nothing of them is left."""
    document = case.document
    try:
        if document.typed is not None or document.read is not None:
            return False
    except Destroyed:
        return True
    return State(document.state) in CLOSED and (document.submitted_at is not None or document.pictures.exists())
