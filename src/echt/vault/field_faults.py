"""What makes a sealed field of a model unsafe; Django's system checks report it."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldDoesNotExist
from django.db import models

LOSING = (models.SET_NULL, models.SET_DEFAULT, models.DO_NOTHING)


def faults_of(field: "models.Field[Any, Any]", subject: str | None) -> list[CheckMessage]:
    """The faults of a sealed field whose subject stands in the attribute of that name."""
    found = (*_of_the_key(field), *_of_the_subject(field, subject), *_of_the_column(field))
    return [Error(f"{field}: {fault}", hint=hint, obj=field, id=code) for code, fault, hint in found]


def _of_the_key(field: "models.Field[Any, Any]") -> Iterator[tuple[str, str, str]]:
    key = field.model._meta.pk
    if not key.has_default() and not key.is_relation:
        yield (
            "vault.E002",
            "a value is sealed for its primary key, and the database would assign that only afterwards.",
            "Use UUIDField(primary_key=True, default=uuid7).",
        )
    if key.creation_counter > field.creation_counter:
        yield (
            "vault.E003",
            "the primary key stands after it and is not yet known when a row is loaded.",
            "Declare the primary key first.",
        )


def _of_the_subject(field: "models.Field[Any, Any]", subject: str | None) -> Iterator[tuple[str, str, str]]:
    if subject is None or subject == "pk":
        return
    if not hasattr(field.model, subject):
        yield "vault.E004", f"there is no attribute {subject!r} to name the subject.", "Correct `subject`."
    try:
        relation = field.model._meta.get_field(subject).remote_field
    except FieldDoesNotExist:
        return
    if relation is not None and getattr(relation, "on_delete", None) in LOSING:
        yield (
            "vault.E005",
            f"once {subject!r} is emptied, the value cannot be opened: it is sealed for its subject.",
            "Use on_delete=PROTECT or CASCADE, and vault.shred to delete.",
        )


def _of_the_column(field: "models.Field[Any, Any]") -> Iterator[tuple[str, str, str]]:
    if field.unique or getattr(field, "db_index", False):
        yield (
            "vault.E006",
            "equal values have different ciphertexts, so that an index is of no use.",
            "Keep a vault.index.blind_index beside it and index that.",
        )
