"""Nothing that was sealed stands in the database's files in clear, in any form that a search would find."""

import base64
from uuid import uuid4

import pytest
from django.db import connection

from echt.vault.index import blind_index
from echt.vault.keyring import key_for_sealing
from echt.vault.purposes import Purpose
from echt.vault.seal import seal
from tests.vault.files import database_files, on_sqlite
from tests.vault.notes import Note

CANARY = "Kanarienvogel-7731"
pytestmark = [on_sqlite, pytest.mark.django_db(transaction=True)]


def forms(secret):
    return [secret, secret.hex().encode(), base64.b64encode(secret)[:-3], secret[::-1]]


def test_no_plaintext_in_the_files():
    subject = uuid4()
    seal(CANARY.encode(), purpose=Purpose.CODE, subject=subject, context="x")
    blind_index(CANARY, purpose="test")
    Note.objects.create(title="seen", text=CANARY)
    note = Note.objects.create(text=CANARY, remark=CANARY, data={CANARY: [CANARY]})
    note.text = f"{CANARY} again"
    note.save()
    note.delete()

    held = database_files(connection)
    assert b"seen" in held
    assert [form for form in forms(CANARY.encode()) if form in held] == []


def test_no_key_in_the_files():
    keys = [key_for_sealing(purpose, None).secret for purpose in Purpose]

    held = database_files(connection)
    assert b"contact" in held
    assert [form for key in keys for form in forms(key) if form in held] == []
