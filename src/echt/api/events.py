"""What happens to keys of the API."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Event(StrEnum):
    """What happened, as `subject.past_participle`; the value is stored, so it is never renamed."""

    KEY_MADE = "api_key.made"
    KEY_REVOKED = "api_key.revoked"


LABELS: dict[Event, Promise] = {
    Event.KEY_MADE: _("Key of the API made"),
    Event.KEY_REVOKED: _("Key of the API revoked"),
}
