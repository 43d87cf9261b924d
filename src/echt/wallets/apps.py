from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WalletsConfig(AppConfig):
    name = "echt.wallets"
    label = "wallets"

    def ready(self) -> None:
        from echt.wallets import (  # checks and mails register themselves
            checks,  # noqa: F401
            defaults,
            mails,  # noqa: F401
            outgoing_mails,  # noqa: F401
            wiring,
        )

        post_migrate.connect(defaults.bring_in, sender=self)
        wiring.connect()
