import pytest
from django.db import connection

from echt.vault import keyring
from echt.vault.local_keys import LocalKeyStore
from tests.vault.notes import Note


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Note)


@pytest.fixture(autouse=True)
def empty_memory():
    keyring.forget()


@pytest.fixture
def store(tmp_path):
    made = LocalKeyStore(tmp_path / "keys")
    made.begin()
    return made


@pytest.fixture
def key_folder(settings, tmp_path):
    """An installation whose folder of keys is not there yet."""
    settings.DATA = tmp_path
    return tmp_path / "keys"


@pytest.fixture
def column():
    """What the database itself holds in a column of a row."""

    def read(note, name):
        with connection.cursor() as cursor:
            key = Note._meta.pk.get_db_prep_value(note.pk, connection)
            cursor.execute(f"SELECT {name} FROM vault_tests_note WHERE id = %s", [key])
            value = cursor.fetchone()[0]
        return None if value is None else bytes(value)

    return read


@pytest.fixture
def overwrite():
    """Write into a column behind Django's back."""

    def write(note, **columns):
        with connection.cursor() as cursor:
            key = Note._meta.pk.get_db_prep_value(note.pk, connection)
            for name, value in columns.items():
                cursor.execute(f"UPDATE vault_tests_note SET {name} = %s WHERE id = %s", [value, key])

    return write
