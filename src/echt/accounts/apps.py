from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "echt.accounts"
    label = "accounts"

    def ready(self) -> None:
        from echt.accounts import checks, wiring  # noqa: F401  (checks register themselves)

        wiring.connect()
