from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "echt.desk"
    label = "desk"

    def ready(self) -> None:
        from echt.desk import wiring

        wiring.connect()
