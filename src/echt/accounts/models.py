"""Tables of accounts: who may sign in, with what, from where, and what is paused.

Personal data is sealed under the person's own key (`vault`), so closing an account can destroy it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from echt import clock
from echt.accounts.addresses import alias_of
from echt.vault.fields import EncryptedTextField
from echt.vault.ids import uuid7
from echt.vault.purposes import Purpose


def _choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Role(StrEnum):
    """What a person is to the house. All but `customer` are staff."""

    CUSTOMER = "customer"
    REVIEWER = "reviewer"
    RISK_OFFICER = "risk_officer"
    TREASURER = "treasurer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class UserManager(BaseUserManager["User"]):
    def by_address(self, address: str) -> User | None:
        """The person with this mail address, in whatever case it is written."""
        return self.filter(alias=alias_of(address)).first()


class User(AbstractBaseUser):
    """A person who may sign in. `alias` stands for the address wherever something must look it up."""

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alias = models.EmailField(unique=True)
    address = EncryptedTextField(purpose=Purpose.CONTACT, subject="pk")
    nickname = EncryptedTextField(purpose=Purpose.CONTACT, subject="pk", blank=True, default="")
    language = models.CharField(max_length=2, choices=[("de", _("German")), ("en", _("English"))], default="en")
    zone = models.CharField(max_length=64, blank=True, default="")
    role = models.CharField(max_length=16, choices=_choices(Role), default=Role.CUSTOMER.value)
    created_at = models.DateTimeField(default=clock.now)
    password_changed_at = models.DateTimeField(default=clock.now)
    locked_at = models.DateTimeField(null=True, blank=True)
    lock_links = models.PositiveIntegerField(default=0)
    settings_locked_until = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "alias"

    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="user_role_is_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_staff(self) -> bool:
        return self.role != Role.CUSTOMER

    @property
    def display(self) -> str:
        """How we call the person: the nickname, or what stands before the @ of the address."""
        return self.nickname or str(self.address).partition("@")[0]

    @property
    def salutation(self) -> str:
        return str(self.nickname)

    @property
    def settings_locked(self) -> bool:
        return self.settings_locked_until is not None and clock.now() < self.settings_locked_until

    def carried_code(self) -> str | None:
        """The anti-phishing code that a mail to this person carries now."""
        current = self.codes.filter(valid_until=None).first()
        return str(current.value) if current else None

    def has_perm(self, perm: str, obj: Any = None) -> bool:  # noqa: ARG002
        """Django's own permissions are not used: what staff may do is asked of `permissions`."""
        return False


class AntiPhishingCode(models.Model):
    """A code with the time in which mails carried it; kept, so that an old mail can be explained."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="codes")
    value = EncryptedTextField(purpose=Purpose.CODE, subject="owner_id")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(valid_until=None), name="one_current_code_each"
            )
        ]


class RecoveryCode(models.Model):
    """One recovery code, hashed like a password; used once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=128)
    created_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True)


class Device(models.Model):
    """A browser that has signed in before; known by the digest of a random cookie."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "digest"], name="a_device_once_each")]


class Session(AbstractBaseSession):
    """A session. Its primary key is the digest of the cookie's key, its data are sealed (`sessions`)."""

    session_key = models.CharField(max_length=64, primary_key=True)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type[Any]:
        from echt.accounts.sessions import SessionStore

        return SessionStore


class FreezeReason(StrEnum):
    """Why outgoing money pauses; the value is stored, so it is never renamed."""

    PASSWORD_RESET = "password_reset"  # noqa: S105
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    FACTOR_REMOVED = "factor_removed"
    RECOVERED = "recovered"
    FACTOR_ADDED = "factor_added"


class Freeze(models.Model):
    """A pause of outgoing money. It ends when its end has come, never because a job ran."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="freezes")
    reason = models.CharField(max_length=20, choices=_choices(FreezeReason))
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("begins_at")), name="freeze_ends_after_it_begins"
            )
        ]
