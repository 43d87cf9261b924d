from django.apps import AppConfig
from django.core.checks import Tags, register


class AuditConfig(AppConfig):
    name = "echt.audit"
    label = "audit"

    def ready(self) -> None:
        from echt.audit.checks import check_guards

        register(check_guards, Tags.database)
