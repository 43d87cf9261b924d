"""A table with sealed fields, made for these tests alone. Its room is not installed, so that nothing else sees it."""

from uuid import uuid4

from django.db import models

from echt.vault.fields import EncryptedJSONField, EncryptedTextField
from echt.vault.ids import uuid7
from echt.vault.purposes import Purpose


class Note(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7)
    owner_id = models.UUIDField(null=True, default=uuid4)
    title = models.CharField(max_length=40, default="")
    text = EncryptedTextField(purpose=Purpose.MAIL, subject="owner_id", blank=True, default="")
    remark = EncryptedTextField(purpose=Purpose.CONTACT, subject="pk", null=True)
    data = EncryptedJSONField(purpose=Purpose.MAIL, subject=None, null=True)

    class Meta:
        app_label = "vault_tests"

    def __str__(self):
        return self.title
