"""The places of the desk, in its own line below the bar."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from echt.accounts.models import User
from echt.desk.permissions import Permission, may
from echt.holds.permissions import Permission as Holds
from echt.identity.permissions import Permission as Identity
from echt.wallets.permissions import Permission as Wallets


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
    Place("queue", _("Queue"), "desk:queue", Identity.CASES_READ),
    Place("hits", _("List hits"), "desk:hits", Identity.HITS_DECIDE),
    Place("holds", pgettext_lazy("money", "Holds"), "desk:holds", Holds.HOLDS_READ),
    Place("policies", _("Policies"), "desk:policies", Holds.POLICIES_READ),
    Place("limits", _("Limits"), "desk:limits", Holds.LIMITS_READ),
    Place("assets", pgettext_lazy("desk", "Assets"), "desk:assets", Wallets.ASSETS_READ),
    Place("figures", _("Figures"), "desk:figures", Identity.FIGURES_READ),
    Place("audit", _("Audit"), "desk:audit", Identity.AUDIT_READ),
)


def places_for(user: User) -> list[Place]:
    """Where this person may go."""
    return [place for place in PLACES if may(user, place.needs)]
