"""The places of the desk, in its own line below the bar."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.accounts.models import User
from echt.identity.permissions import Permission, may


@dataclass(frozen=True)
class Place:
    """Somewhere at the desk. `needs`: what one's role must permit."""

    id: str
    label: Promise
    url_name: str
    needs: Permission

    @property
    def url(self) -> str:
        return reverse(self.url_name)


PLACES = (
    Place("queue", _("Queue"), "desk:queue", Permission.CASES_READ),
    Place("hits", _("List hits"), "desk:hits", Permission.HITS_DECIDE),
    Place("figures", _("Figures"), "desk:figures", Permission.FIGURES_READ),
    Place("audit", _("Audit"), "desk:audit", Permission.AUDIT_READ),
)


def places_for(user: User) -> list[Place]:
    """Where this person may go."""
    return [place for place in PLACES if may(user, place.needs)]
