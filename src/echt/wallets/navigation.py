"""The pages of the area Wallets, in the line below the top bar."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from echt.ui.audience import Audience
from echt.ui.navigation import Entry, Register

AREA = "wallets"
LABELS = {
    "overview": (_("Overview"), "home"),
    "buy": (_("Buy"), "plus"),
    "convert": (_("Convert"), "swap"),
    "send": (_("Send"), "send"),
    "gifts": (_("Gifts"), "gift"),
    "withdraw": (pgettext_lazy("money", "Withdraw"), "upload"),
    "addresses": (_("Address book"), "note"),
    "history": (_("History"), "history"),
}
"""By the name of the address; in the order in which they stand."""


def _register() -> Register:
    made = Register()
    for order, (place, (label, icon)) in enumerate(LABELS.items()):
        made.add(
            Entry(
                id=place,
                label=label,
                icon=icon,
                url_name=f"wallets:{place}",
                order=order,
                audience=Audience.CUSTOMER,
            )
        )
    return made


places = _register()
