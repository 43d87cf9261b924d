from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HoldsConfig(AppConfig):
    name = "echt.holds"
    label = "holds"

    def ready(self) -> None:
        from echt.holds import defaults, wiring

        post_migrate.connect(defaults.bring_in, sender=self)
        wiring.connect()
