"""What encrypted model fields have in common (`fields`): encrypted in the database, plain in Python.

1. Only what `save()` or `bulk_create()` sealed reaches the database. Plaintext on any other way (`update()`,
   `bulk_update()`, fixtures) is a TypeError, and so is a search (`filter()`). `None` is NULL and passes.
2. A value opens only in the row, in the field and for the subject that it was sealed for.
3. A value is opened when it is read, not when its row is loaded: a list opens nothing that it does not show.
4. A value that was not read is saved as it is; sealed anew, if its key was retired. A copy under another
   primary key is sealed for its own row.
5. A row that names another subject than before is not saved with a value that was not read.

Reading raises `Tampered` or `Destroyed`. `refresh_from_db()` reads every field: name the ones you want, where
keys may be destroyed. `values()` gives ciphertexts. Renaming a sealed model or field needs a data migration.
"""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar
from uuid import UUID

from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from echt.vault import keyring
from echt.vault.errors import Tampered
from echt.vault.field_faults import faults_of
from echt.vault.purposes import Purpose
from echt.vault.seal import key_id_of, seal, unseal

Set = TypeVar("Set")
Get = TypeVar("Get")

if TYPE_CHECKING:

    class Field(models.Field[Set, Get]): ...

else:

    class Field(models.Field, Generic[Set, Get]): ...


@dataclass(frozen=True)
class Sealed:
    """A ciphertext on its way between a row and the database, and the primary key of the row."""

    data: bytes = field(repr=False)
    row: object = None


class SealedAttribute(DeferredAttribute):
    """The attribute of a row: opens the ciphertext when it is first read and keeps the value."""

    field: "SealedField[Any, Any]"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            value = self.field.opened(value, instance)
            vars(instance)[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: object) -> None:
        if isinstance(value, Sealed) and value.row is None:
            value = replace(value, row=self.field.row_of(instance))
        vars(instance)[self.field.attname] = value


class SealedField(Field[Set, Get]):
    """What the fields have in common.

    Args:
        purpose: what the values are for.
        subject: name of the row's attribute (`"pk"`, `"customer_id"`) that holds the UUID of the person or
            institution whose key seals the value. Where it is None, the key that belongs to nobody does.
    """

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, purpose: Purpose, subject: str | None, **kwargs: Any) -> None:
        self.purpose = Purpose(purpose)
        self.subject = subject
        super().__init__(*args, **kwargs)

    def encode(self, value: Any) -> bytes:
        """The bytes to seal."""
        raise NotImplementedError

    def decode(self, plain: bytes) -> Any:
        """The value again."""
        raise NotImplementedError

    def from_db_value(self, value: Any, *_: object) -> Sealed | None:
        if value is None:
            return None
        data = bytes(value)
        with suppress(Tampered):
            keyring.expect(key_id_of(data))
        return Sealed(data)

    def opened(self, value: Sealed, instance: models.Model) -> Any:
        """The value that the row was loaded with."""
        return self.decode(unseal(value.data, **self._binding(value.row, instance)))

    def sealed(self, value: Any, instance: models.Model) -> Sealed:
        """A value, sealed for its row."""
        row = self.row_of(instance)
        if row is None:
            raise TypeError(f"{self} is sealed for its row: give the row its primary key first.")
        return Sealed(seal(self.encode(value), **self._binding(row, instance)), row)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = vars(model_instance).get(self.attname)
        if isinstance(value, Sealed) and self._stays(value, model_instance):
            return value
        value = super().pre_save(model_instance, add)
        return None if value is None else self.sealed(value, model_instance)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: ARG002
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self} is sealed for its row: assign the value and call save(), row by row.")
        return connection.Database.Binary(value.data)

    def row_of(self, instance: models.Model) -> object:
        """The primary key, in the one form that is authenticated."""
        return instance._meta.pk.to_python(instance.pk)

    def _stays(self, value: Sealed, instance: models.Model) -> bool:
        """Whether a value that was not read can be saved as it is."""
        if value.row != self.row_of(instance):
            return False
        key = keyring.key_for_opening(key_id_of(value.data))
        if key.subject != self._subject_of(value.row, instance):
            raise Tampered(f"{self} is sealed for another subject than its row names now.")
        return not key.retired

    def _binding(self, row: object, instance: models.Model) -> dict[str, Any]:
        return {
            "purpose": self.purpose,
            "subject": self._subject_of(row, instance),
            "context": f"{self.model._meta.label}.{self.name}:{row}",
        }

    def _subject_of(self, row: object, instance: models.Model) -> UUID | None:
        if self.subject is None:
            return None
        subject = row if self.subject == "pk" else getattr(instance, self.subject)
        return None if subject is None else UUID(str(subject))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            self._refuse_search()
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:  # noqa: ARG002
        self._refuse_search()

    def value_to_string(self, obj: models.Model) -> str:  # noqa: ARG002
        raise TypeError(f"{self} is sealed: it is not written into fixtures in clear.")

    def _refuse_search(self) -> NoReturn:
        raise TypeError(f"{self} is sealed, no database can search it: look for a vault.index.blind_index.")

    def get_internal_type(self) -> str:
        return "BinaryField"

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "purpose": self.purpose.value, "subject": self.subject}

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *faults_of(self, self.subject)]
