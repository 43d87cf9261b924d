from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "echt.ui"
    label = "ui"

    def ready(self) -> None:
        from echt.ui import checks, navigation

        checks.register()
        navigation.add_home()
