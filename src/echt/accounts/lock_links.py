"""The link "it was not me" in every security mail.

1. It can only lock, never open anything; so it needs no sign-in.
2. It is signed, ends after seven days, and is used up by the first lock.
3. What it answers does not depend on whether an account exists.
"""

from datetime import timedelta
from uuid import UUID

from django.core import signing

from echt.accounts.models import User

SALT = "accounts.lock"
LIFETIME = timedelta(days=7)


class LinkRefused(Exception):
    """The link is not ours, too old, or used up."""


def new_lock_link(user: User) -> str:
    """The secret part of a new link for this person."""
    return signing.dumps([user.pk.hex, user.lock_links], salt=SALT)


def owner_of(link: str) -> UUID:
    """The person whom a link can lock.

    Raises:
        LinkRefused: see the class.
    """
    try:
        person, used = signing.loads(link, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature as bad:
        raise LinkRefused from bad
    owner = User.objects.filter(pk=UUID(hex=person), lock_links=used, is_active=True).first()
    if owner is None:
        raise LinkRefused
    return owner.pk
