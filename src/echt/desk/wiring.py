"""What the desk fills in for the rooms below: its place in the menu, and where staff land after sign-in."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from echt.accounts.adapter import homes
from echt.accounts.models import User
from echt.identity.permissions import Permission, may
from echt.ui.audience import Audience
from echt.ui.navigation import Entry, areas


def home_of(user: User) -> str | None:
    """The queue, for whom may read cases."""
    return reverse("desk:queue") if may(user, Permission.CASES_READ) else None


def connect() -> None:
    """Called once, when the product starts."""
    areas.add(
        Entry(id="desk", label=_("Desk"), icon="filter", url_name="desk:queue", order=90, audience=Audience.STAFF)
    )
    homes.append(home_of)
