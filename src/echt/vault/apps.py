from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class VaultConfig(AppConfig):
    name = "echt.vault"
    label = "vault"

    def ready(self) -> None:
        from echt.vault.checks import check_exposure, check_presence
        from echt.vault.keyring import forget_all

        register(check_exposure, Tags.security)
        register(check_presence, Tags.database)
        # A database that was made anew or emptied has none of the keys that this process remembers.
        post_migrate.connect(forget_all, dispatch_uid="vault.forget_all")
