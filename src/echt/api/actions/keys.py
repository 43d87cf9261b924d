"""Keys are made and revoked by the operator."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from echt import clock
from echt.accounts.access import Absent
from echt.accounts.models import User
from echt.api.events import Event
from echt.api.keys import digest_of, new_secret
from echt.api.models import ApiKey
from echt.api.scopes import Scope
from echt.audit.record import record


def make_key(
    *, actor: User | None, name: str, scopes: Iterable[Scope], ends_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """A new key and its secret, which nobody can see again. `actor` None: the operator, at the machine."""
    prefix, secret = new_secret()
    with transaction.atomic():
        made = ApiKey.objects.create(
            name=name,
            prefix=prefix,
            digest=digest_of(secret),
            scopes=sorted({scope.value for scope in scopes}),
            made_by=actor,
            ends_at=ends_at,
        )
        record(Event.KEY_MADE, actor=actor, name=name, prefix=prefix, scopes=list(made.scopes))
    return made, secret


def revoke_key(*, actor: User | None, prefix: str) -> ApiKey:
    """From now on the key counts no more; a key that is revoked already stays as it is.

    Raises:
        Absent: there is no such key.
    """
    with transaction.atomic():
        found = ApiKey.objects.select_for_update().filter(prefix=prefix).first()
        if found is None:
            raise Absent
        if found.revoked_at is None:
            found.revoked_at = clock.now()
            found.save(update_fields=["revoked_at"])
            record(Event.KEY_REVOKED, actor=actor, name=found.name, prefix=prefix)
    return found
