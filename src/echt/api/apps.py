from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "echt.api"
    label = "api"

    def ready(self) -> None:
        from echt.api import wiring

        wiring.connect()
