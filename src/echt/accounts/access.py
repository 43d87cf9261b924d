"""The only way to a person's row for a change."""

from uuid import UUID

from echt.accounts.models import User


class Absent(Exception):
    """There is nothing there, or nothing for you: the same answer for both."""


def lock_user(actor: User) -> User:
    """The actor's own row, locked until the transaction ends.

    Raises:
        Absent: the account is closed.
    """
    return _locked(actor.pk)


def lock_person(pk: UUID) -> User:
    """A person's row, locked; for what a signed link or the system does.

    Raises:
        Absent: there is no such person, or the account is closed.
    """
    return _locked(pk)


def _locked(pk: UUID) -> User:
    user = User.objects.select_for_update().filter(pk=pk).first()
    if user is None:
        raise Absent
    if not user.is_active:
        raise Absent
    return user
