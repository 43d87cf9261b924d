"""Accounts made by the operator: staff, and the people of the demo."""

from allauth.account.models import EmailAddress
from django.db import transaction

from echt import clock
from echt.accounts.access import lock_person
from echt.accounts.addresses import alias_of, normalise
from echt.accounts.events import Event
from echt.accounts.models import Role, User
from echt.audit.record import record


def provision(
    *, address: str, password: str, role: Role = Role.CUSTOMER, language: str = "en", nickname: str = ""
) -> User:
    """The person with this address; made where there is none. An existing one is left as it is."""
    with transaction.atomic():
        existing = User.objects.by_address(address)
        if existing is not None:
            return existing
        user = User(
            alias=alias_of(address),
            address=normalise(address),
            role=role,
            language=language,
            nickname=nickname,
        )
        user.set_password(password)
        user.save(force_insert=True)
        EmailAddress.objects.create(user=user, email=user.alias, verified=True, primary=True)
        record(Event.ACCOUNT_CREATED, actor=None, subject=user.pk, role=role)
        return user


def give_password(*, user: User, password: str) -> None:
    """Replace a person's password by the operator's choice; all their sessions end."""
    with transaction.atomic():
        user = lock_person(user.pk)
        user.set_password(password)
        user.password_changed_at = clock.now()
        user.save(update_fields=["password", "password_changed_at"])
        user.sessions.all().delete()
        record(Event.PASSWORD_CHANGED, actor=None, subject=user.pk)
