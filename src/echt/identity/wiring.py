"""What identification fills in for the rooms below."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.accounts import history
from echt.accounts.actions.closing import exports, objections
from echt.accounts.models import User
from echt.identity.events import LABELS
from echt.identity.models import Case
from echt.identity.own_data import identity
from echt.identity.states import OPEN, State
from echt.ui.audience import Audience
from echt.ui.landing import Pillar, add_pillar
from echt.ui.navigation import Entry, menu

PAGE = "identity:overview"


def connect() -> None:
    """Called once, when the product starts."""
    history.register(LABELS)
    objections.append(running_case)
    exports["identity"] = identity
    menu.add(
        Entry(
            id="identification",
            label=gettext_lazy("Identification"),
            icon="id-card",
            url_name=PAGE,
            order=30,
            audience=Audience.CUSTOMER,
        )
    )
    add_pillar(
        Pillar(
            title=gettext_lazy("You prove who you are, and keep your face"),
            text=gettext_lazy(
                "Document and face are checked on our own machines, a person decides within a day, and you can take "
                "your face data back at any time."
            ),
            words=gettext_lazy("Your identification"),
            url_name=PAGE,
            order=40,
        )
    )


def running_case(user: User) -> str | None:
    """What stands against closing the account: an application that somebody is looking at, or waits for."""
    running = Case.objects.filter(applicant=user, state__in=list(OPEN - {State.DRAFT}))
    if not running.exists():
        return None
    return _("An application for identification is running. Withdraw it on the page Identification first.")
