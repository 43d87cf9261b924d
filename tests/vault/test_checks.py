import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps

from echt.vault import keyring
from echt.vault.checks import check_exposure, check_presence
from echt.vault.fields import EncryptedTextField
from echt.vault.ids import uuid7
from echt.vault.keyring import key_for_sealing
from echt.vault.keys import key_store
from echt.vault.purposes import Purpose
from tests.vault.notes import Note


def ids(messages):
    return [message.id for message in messages]


def test_an_installation_without_keys_yet_may_start(key_folder):
    assert check_exposure() == []


def test_closed_keys_may_start(key_folder):
    key_store().begin()

    assert check_exposure() == []


@pytest.mark.parametrize(("name", "mode"), [("", 0o755), ("master-0001", 0o644), ("django", 0o640)])
def test_keys_open_to_others_refuse_the_start(key_folder, name, mode):
    key_store().begin()
    (key_folder / "django").touch(mode=0o600)
    (key_folder / name).chmod(mode)

    [error] = check_exposure()
    assert (error.id, error.is_serious()) == ("vault.E001", True)
    assert str(key_folder / name) in error.msg
    assert "vault.E001" in ids(run_checks(tags=["security"]))


@pytest.mark.django_db
def test_a_folder_that_belongs_to_another_database_refuses_the_start(key_folder):
    assert check_presence(databases=["default"]) == []
    key_for_sealing(Purpose.CODE, None)
    assert check_presence(databases=["default"]) == []
    (key_folder / "master-0001").unlink()
    key_store().begin()
    keyring.forget()

    [error] = check_presence(databases=["default"])
    assert (error.id, error.is_serious()) == ("vault.E007", True)
    assert ids(run_checks(tags=["database"], databases=["default"])).count("vault.E007") == 1
    assert check_presence(databases=None) == []


def field_faults(**attributes):
    made = type(
        "Probe",
        (models.Model,),
        {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "vault"})} | attributes,
    )
    return [
        message.id for field in made._meta.local_fields for message in field.check() if message.id.startswith("vault")
    ]


def key():
    return models.UUIDField(primary_key=True, default=uuid7)


def sealed(**arguments):
    return EncryptedTextField(**{"purpose": Purpose.MAIL, "subject": "pk"} | arguments)


@isolate_apps("echt.vault")
def test_a_sound_field_has_no_faults():
    assert field_faults(id=key(), text=sealed()) == []
    assert [message for field in Note._meta.local_fields for message in field.check()] == []


@isolate_apps("echt.vault")
def test_a_primary_key_from_the_database_is_a_fault():
    assert field_faults(id=models.BigAutoField(primary_key=True), text=sealed()) == ["vault.E002"]


@isolate_apps("echt.vault")
def test_a_primary_key_below_the_field_is_a_fault():
    assert field_faults(text=sealed(), id=key()) == ["vault.E003"]


@isolate_apps("echt.vault")
def test_a_subject_that_does_not_exist_is_a_fault():
    assert field_faults(id=key(), text=sealed(subject="owner_id")) == ["vault.E004"]


@isolate_apps("echt.vault")
@pytest.mark.parametrize(
    ("on_delete", "faults"),
    [(models.SET_NULL, ["vault.E005"]), (models.PROTECT, []), (models.CASCADE, [])],
)
def test_a_subject_that_gets_lost_is_a_fault(on_delete, faults):
    owner = models.ForeignKey(apps.get_model("vault", "DataKey"), on_delete=on_delete, null=True)

    assert field_faults(id=key(), owner=owner, text=sealed(subject="owner_id")) == faults


@isolate_apps("echt.vault")
@pytest.mark.parametrize("arguments", [{"unique": True}, {"db_index": True}])
def test_an_index_over_ciphertexts_is_a_fault(arguments):
    assert field_faults(id=key(), text=sealed(**arguments)) == ["vault.E006"]
