from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "echt.identity"
    label = "identity"

    def ready(self) -> None:
        from echt.identity import checks, mails, wiring  # noqa: F401  (checks and mails register themselves)

        wiring.connect()
