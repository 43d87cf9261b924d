from uuid import uuid4

import pytest
from django.db import connection

from echt.vault.errors import Destroyed
from echt.vault.models import DataKey
from echt.vault.purposes import Purpose
from echt.vault.rotation import retire_data_keys
from echt.vault.seal import seal, unseal
from echt.vault.shred import destroy_keys
from tests.vault.files import database_files, on_sqlite
from tests.vault.notes import Note

PURPOSES = [Purpose.CONTACT, Purpose.CODE, Purpose.MAIL]


@pytest.fixture
def lena(db):
    return uuid4()


@pytest.fixture
def ben(db):
    return uuid4()


def sealed_for(subject):
    return {purpose: seal(b"text", purpose=purpose, subject=subject, context="x") for purpose in PURPOSES}


def test_rule_1_nothing_of_the_subject_opens_and_all_else_does(lena, ben):
    hers, his = sealed_for(lena), sealed_for(ben)

    assert destroy_keys(lena) == len(PURPOSES)

    for purpose, sealed in hers.items():
        with pytest.raises(Destroyed):
            unseal(sealed, purpose=purpose, subject=lena, context="x")
    for purpose, sealed in his.items():
        assert unseal(sealed, purpose=purpose, subject=ben, context="x") == b"text"


def test_rule_1_retired_keys_are_destroyed_too(lena):
    old = sealed_for(lena)[Purpose.MAIL]
    retire_data_keys(Purpose.MAIL)
    seal(b"text", purpose=Purpose.MAIL, subject=lena, context="x")

    assert destroy_keys(lena) == len(PURPOSES) + 1
    with pytest.raises(Destroyed):
        unseal(old, purpose=Purpose.MAIL, subject=lena, context="x")


def test_rule_1_the_rows_stay_without_their_keys(lena):
    sealed_for(lena)
    destroy_keys(lena)

    assert set(DataKey.objects.filter(subject=lena).values_list("wrapped", flat=True)) == {None}
    assert not DataKey.objects.filter(subject=lena, destroyed_at=None).exists()


def test_rule_2_this_process_refuses_at_once(lena):
    note = Note.objects.create(text="one", owner_id=lena)
    assert Note.objects.get(pk=note.pk).text == "one"
    destroy_keys(lena)

    with pytest.raises(Destroyed):
        _ = Note.objects.get(pk=note.pk).text


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_rule_3_the_wrapped_key_is_overwritten_in_the_file():
    subject = uuid4()
    seal(b"text", purpose=Purpose.CODE, subject=subject, context="x")
    wrapped = bytes(DataKey.objects.get(subject=subject).wrapped)
    assert wrapped in database_files(connection)

    destroy_keys(subject)

    assert wrapped not in database_files(connection)


def test_destroying_again_destroys_nothing(lena):
    sealed_for(lena)
    destroy_keys(lena)
    when = DataKey.objects.filter(subject=lena).values_list("destroyed_at", flat=True)
    before = list(when)

    assert destroy_keys(lena) == 0
    assert list(when.all()) == before


def test_what_is_sealed_afterwards_has_a_new_key(lena):
    old = sealed_for(lena)[Purpose.CODE]
    destroy_keys(lena)
    new = seal(b"text", purpose=Purpose.CODE, subject=lena, context="x")

    assert unseal(new, purpose=Purpose.CODE, subject=lena, context="x") == b"text"
    with pytest.raises(Destroyed):
        unseal(old, purpose=Purpose.CODE, subject=lena, context="x")
