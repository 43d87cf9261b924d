from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction

from echt import clock
from echt.vault import keyring, rotation
from echt.vault.errors import MasterKeyMissing, Tampered, TooSoon
from echt.vault.keyring import key_for_sealing
from echt.vault.keys import key_store
from echt.vault.models import DataKey
from echt.vault.purposes import Purpose
from echt.vault.rotation import reseal_all, retire_data_keys, retire_master_keys, rotate_master_key
from echt.vault.seal import key_id_of, seal, unseal
from echt.vault.shred import destroy_keys
from tests.vault.notes import Note

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("key_folder")]

HERE = {"purpose": Purpose.CODE, "subject": None, "context": "x"}


@pytest.fixture(autouse=True)
def notes_are_installed(monkeypatch):
    monkeypatch.setattr(rotation, "apps", SimpleNamespace(get_models=lambda: [Note, DataKey]))


def masters_in_use():
    return {bytes(wrapped)[:8] for (wrapped,) in DataKey.objects.filter(destroyed_at=None).values_list("wrapped")}


def loaded(note):
    return Note.objects.get(pk=note.pk)


def test_rule_1_a_new_master_key_changes_no_ciphertext(column):
    note = Note.objects.create(text="one")
    before, old = column(note, "text"), masters_in_use()

    assert rotate_master_key() == DataKey.objects.count() == 1
    keyring.forget()

    assert column(note, "text") == before
    assert masters_in_use().isdisjoint(old)
    assert loaded(note).text == "one"


def test_rule_1_all_keys_are_wrapped_anew_in_small_steps(monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    for _ in range(5):
        key_for_sealing(Purpose.CODE, uuid4())
    old = masters_in_use()

    assert rotate_master_key() == 5
    assert len(masters_in_use()) == 1
    assert masters_in_use().isdisjoint(old)


def test_rule_1_destroyed_keys_stay_destroyed():
    subject = uuid4()
    key_for_sealing(Purpose.CODE, subject)
    destroy_keys(subject)

    assert rotate_master_key() == 0
    assert DataKey.objects.get().wrapped is None


def test_rule_2_the_old_master_key_stays_for_an_hour(key_folder):
    sealed = seal(b"text", **HERE)
    rotate_master_key()

    with pytest.raises(TooSoon):
        retire_master_keys()

    assert sorted(path.name for path in key_folder.iterdir()) == ["master-0001", "master-0002"]
    with time_machine.travel(clock.now() + timedelta(hours=1, seconds=1), tick=False):
        retire_master_keys()
    keyring.forget()
    assert [path.name for path in key_folder.iterdir()] == ["master-0002"]
    assert unseal(sealed, **HERE) == b"text"


def test_rule_2_a_key_that_was_wrapped_late_is_wrapped_anew_before():
    secret = key_for_sealing(Purpose.CODE, None).secret
    late = bytes(DataKey.objects.get().wrapped)
    rotate_master_key()
    DataKey.objects.update(wrapped=late)
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        retire_master_keys()
    keyring.forget()

    assert key_for_sealing(Purpose.CODE, None).secret == secret


def test_rule_2_without_any_master_key_there_is_nothing_to_retire():
    with pytest.raises(MasterKeyMissing):
        retire_master_keys()


def test_rule_3_a_retired_key_opens_and_does_not_seal():
    old = seal(b"old", **HERE)
    assert retire_data_keys(Purpose.CODE) == 1
    new = seal(b"new", **HERE)

    assert key_id_of(new) != key_id_of(old)
    assert [unseal(old, **HERE), unseal(new, **HERE)] == [b"old", b"new"]


def test_rule_3_other_purposes_keep_their_keys():
    mail = key_for_sealing(Purpose.MAIL, None).id
    key_for_sealing(Purpose.CODE, None)
    retire_data_keys(Purpose.CODE)

    assert key_for_sealing(Purpose.MAIL, None).id == mail


@pytest.mark.parametrize("read_first", [True, False])
def test_rule_3_saving_a_row_seals_its_value_anew(column, read_first):
    note = Note.objects.create(text="one")
    old = key_id_of(column(note, "text"))
    retire_data_keys(Purpose.MAIL)
    note = loaded(note)
    if read_first:
        assert note.text == "one"
    note.save()

    assert key_id_of(column(note, "text")) != old
    assert loaded(note).text == "one"


def test_rule_3_all_rows_can_be_sealed_anew_and_only_those_that_need_it(column):
    stale = [Note.objects.create(text=f"{n}", remark="kept", data=None) for n in range(5)]
    retire_data_keys(Purpose.MAIL)
    retired = set(DataKey.objects.exclude(retired_at=None).values_list("pk", flat=True))
    fresh = Note.objects.create(text="fresh")
    before = column(fresh, "text")
    contact = column(stale[0], "remark")

    assert reseal_all() == 5
    assert reseal_all() == 0

    assert {key_id_of(column(note, "text")) for note in stale}.isdisjoint(retired)
    assert (column(fresh, "text"), column(stale[0], "remark")) == (before, contact)
    assert [loaded(note).text for note in stale] == [f"{n}" for n in range(5)]


def test_rule_3_a_row_whose_keys_were_destroyed_is_left_alone(column):
    note = Note.objects.create(text="one")
    retire_data_keys(Purpose.MAIL)
    destroy_keys(note.owner_id)
    before = column(note, "text")

    assert reseal_all() == 0
    assert column(note, "text") == before


def test_rule_4_what_was_tampered_with_is_not_sealed_anew(column, overwrite):
    owner = uuid4()
    mine, other = (Note.objects.create(text=text, owner_id=owner) for text in ("mine", "other"))
    swapped = column(other, "text")
    overwrite(mine, text=swapped)
    retire_data_keys(Purpose.MAIL)

    with pytest.raises(Tampered), transaction.atomic():
        reseal_all()
    with pytest.raises(Tampered), transaction.atomic():
        loaded(mine).save()

    assert column(mine, "text") == swapped


def test_the_store_of_an_installation_lies_in_its_data_folder(key_folder):
    key_store().begin()

    assert [path.name for path in key_folder.iterdir()] == ["master-0001"]
