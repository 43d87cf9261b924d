"""Whole numbers of any length in the database, exact on both (law 3).

1. On PostgreSQL an amount is `numeric(78, 0)`, wide enough for 256 bits; `bigint` would end at 9.2 ether.
2. On SQLite it is text: SQLite keeps a number of more than 63 bits as a float, and loses digits.
3. So SQLite adds and compares nothing: sums are made in Python. Only the comparison with zero works on text, and the
   constraints use it.
4. A value that is no whole number, or has more than 78 digits, is refused before it reaches the database.
"""

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

Set = TypeVar("Set")
Get = TypeVar("Get")

if TYPE_CHECKING:

    class Field(models.Field[Set, Get]): ...

else:

    class Field(models.Field, Generic[Set, Get]): ...


DIGITS = 78
LARGEST = 10**DIGITS - 1


class AmountField(Field[Set, Get]):
    """A number of an asset's smallest units, negative ones too; `None` where the field may be null."""

    _pyi_private_set_type: int
    _pyi_private_get_type: int
    description = _("Whole number of smallest units")
    empty_strings_allowed = False

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return f"numeric({DIGITS}, 0)" if connection.vendor == "postgresql" else "text"

    def from_db_value(self, value: Any, _expression: Any, _connection: BaseDatabaseWrapper) -> int | None:
        return None if value is None else int(value)

    def to_python(self, value: Any) -> int | None:
        return None if value is None else checked(int(value) if isinstance(value, str) else value)

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return checked(int(value) if isinstance(value, str) else value)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        value = value if prepared else self.get_prep_value(value)
        return str(value) if isinstance(value, int) and connection.vendor != "postgresql" else value

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))


def checked(value: object) -> int:
    """The amount, if it is one.

    Raises:
        TypeError: it is no whole number.
        ValueError: it has too many digits.
    """
    if type(value) is not int:
        raise TypeError(f"An amount is a whole number of smallest units, not {type(value).__name__}.")
    if not -LARGEST <= value <= LARGEST:
        raise ValueError(f"An amount has at most {DIGITS} digits.")
    return value
