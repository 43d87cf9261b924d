from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "echt.mail"
    label = "mail"
    verbose_name = _("Messages")

    def ready(self) -> None:
        from echt.mail import checks  # noqa: F401  # they register themselves
        from echt.mail.views.lookup import FORM, lookup
        from echt.ui import landing, navigation
        from echt.ui.audience import Audience

        landing.register(FORM, lookup)
        navigation.menu.add(
            navigation.Entry(
                id="messages",
                label=_("Messages"),
                icon="mail",
                url_name="mail:messages",
                order=40,
                audience=Audience.CUSTOMER,
            )
        )
