"""The end of levels: notice before, notice after, and from when on a new case is possible.

1. A level ends by comparison (`levels`); what runs here only writes to people.
2. Each notice is sent once, and not where another grant of the same or a higher level lasts longer.
3. From the notice before on, its holder may verify anew while the level still lasts.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from echt import clock
from echt.audit.record import record
from echt.identity.access import lock_applicant
from echt.identity.events import Event
from echt.identity.levels import Level, reaches
from echt.identity.mails import LevelEnded, LevelEnds
from echt.identity.models import LevelGrant
from echt.identity.selectors import level_of, live_grants
from echt.identity.settings import identity_settings
from echt.mail.send import send

AT_ONCE = 500


def is_renewable(grant: LevelGrant) -> bool:
    """Whether the level ends so soon that its holder may verify anew (rule 3)."""
    return grant.ends_at is not None and grant.ends_at <= clock.now() + _ahead()


def warn() -> int:
    """Write to those whose level ends soon. Returns how many grants were looked at."""
    soon = _of_open_accounts().filter(
        noticed_at=None, revoked_at=None, ends_at__gt=clock.now(), ends_at__lte=clock.now() + _ahead()
    )
    return _each(soon, _warn)


def tell_ended() -> int:
    """Write to those whose level has ended. Returns how many grants were looked at."""
    ended = _of_open_accounts().filter(end_told_at=None, revoked_at=None, ends_at__lte=clock.now())
    return _each(ended, _tell_ended)


def _ahead() -> timedelta:
    return timedelta(days=identity_settings().expiry_days)


def _of_open_accounts() -> QuerySet[LevelGrant]:
    return LevelGrant.objects.filter(applicant__is_active=True)


def _each(grants: QuerySet[LevelGrant], tell: Callable[[LevelGrant], None]) -> int:
    found = list(grants.order_by("ends_at", "pk").values_list("pk", "applicant_id")[:AT_ONCE])
    for pk, applicant in found:
        with transaction.atomic():
            lock_applicant(applicant)
            tell(LevelGrant.objects.select_related("applicant").get(pk=pk))
    return len(found)


def _warn(grant: LevelGrant) -> None:
    if grant.noticed_at is not None or grant.revoked_at is not None or grant.ends_at is None:
        return
    grant.noticed_at = clock.now()
    grant.save(update_fields=["noticed_at"])
    if not _is_replaced(grant):
        send(LevelEnds(to=grant.applicant, level=Level(grant.level), ends_at=grant.ends_at))


def _tell_ended(grant: LevelGrant) -> None:
    if grant.end_told_at is not None or grant.revoked_at is not None:
        return
    grant.end_told_at = clock.now()
    grant.save(update_fields=["end_told_at"])
    record(Event.LEVEL_EXPIRED, actor=None, subject=grant.applicant_id, case=str(grant.case_id), level=grant.level)
    now = level_of(grant.applicant)
    if not reaches(now, Level(grant.level)):
        send(LevelEnded(to=grant.applicant, level=Level(grant.level), now=now))


def _is_replaced(grant: LevelGrant) -> bool:
    """Whether the person holds the same or a higher level for longer."""
    longer = live_grants().filter(Q(ends_at=None) | Q(ends_at__gt=grant.ends_at), applicant=grant.applicant)
    return any(reaches(Level(other.level), Level(grant.level)) for other in longer)
