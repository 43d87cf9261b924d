"""What the desk fills in for the rooms below: its place in the menu, and where staff land after sign-in."""

from django.utils.translation import gettext_lazy as _

from echt.accounts.adapter import homes
from echt.accounts.models import User
from echt.desk.places import places_for
from echt.ui.audience import Audience
from echt.ui.navigation import Entry, areas


def home_of(user: User) -> str | None:
    """The queue of cases, for whom may read them; else the first place of the desk that is theirs."""
    return next((place.url for place in places_for(user)), None)


def connect() -> None:
    """Called once, when the product starts."""
    areas.add(
        Entry(id="desk", label=_("Desk"), icon="filter", url_name="desk:queue", order=90, audience=Audience.STAFF)
    )
    homes.append(home_of)
