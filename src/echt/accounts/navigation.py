"""Where the pages of accounts stand in the menus."""

from django.utils.translation import gettext_lazy as _

from echt.ui.audience import Audience
from echt.ui.navigation import Entry, menu


def register_navigation() -> None:
    """Called once, when the product starts."""
    menu.add(
        Entry(
            id="profile",
            label=_("Profile"),
            icon="user",
            url_name="accounts:profile",
            order=10,
            audience=Audience.CUSTOMER,
        )
    )
    menu.add(
        Entry(
            id="security",
            label=_("Security"),
            icon="shield",
            url_name="accounts:security",
            order=20,
            audience=Audience.CUSTOMER,
        )
    )
