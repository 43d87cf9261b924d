"""What wallets fill in for the rooms below."""

from django.utils.translation import gettext_lazy as _

from echt.accounts import history
from echt.accounts.actions.closing import exports, objections
from echt.ui.audience import Audience
from echt.ui.landing import Pillar, add_pillar
from echt.ui.navigation import Entry, areas
from echt.wallets.custody.register import register as register_custody
from echt.wallets.custody.sandbox import FileCustody
from echt.wallets.events import LABELS
from echt.wallets.own_data import money_there, money_underway, wallets
from echt.wallets.processors.register import register as register_processor
from echt.wallets.processors.sandbox import SANDBOXES


def connect() -> None:
    """Called once, when the product starts."""
    history.register(LABELS)
    objections.extend([money_there, money_underway])
    exports["wallets"] = wallets
    for sandbox in SANDBOXES:
        register_processor(sandbox)
    register_custody(FileCustody())
    add_pillar(
        Pillar(
            title=_("You know to the minute when your coins may leave"),
            text=_(
                "What you buy with fiat money rests for a while, so that stolen cards are noticed. You are told how "
                "long before you confirm, and until then you may trade it."
            ),
            words=_("Your wallets"),
            url_name="wallets:overview",
            order=20,
        )
    )
    areas.add(
        Entry(
            id="wallets",
            label=_("Wallets"),
            icon="wallet",
            url_name="wallets:overview",
            order=10,
            audience=Audience.CUSTOMER,
        )
    )
