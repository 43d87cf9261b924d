"""What happens at the desk that belongs to no case."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Event(StrEnum):
    """What happened, as `subject.past_participle`; the value is stored, so it is never renamed."""

    RECORD_EXPORTED = "record.exported"


LABELS: dict[Event, Promise] = {Event.RECORD_EXPORTED: _("Audit record exported")}
