"""The engine's functions on PostgreSQL, and the steps of a hold kept as they were written."""

from django.db import migrations

from echt.holds.engine import installing
from echt.wallets.guards import guard, unguard


def install(apps, schema_editor):
    installing.install(apps, schema_editor)
    guard(schema_editor, "holds_holdevent")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE holds_holdposition SET (fillfactor = 70)", params=None)


def remove(apps, schema_editor):
    unguard(schema_editor, "holds_holdevent")


class Migration(migrations.Migration):
    dependencies = [
        ("holds", "0001_initial"),
        ("wallets", "0002_append_only"),
        ("accounts", "__first__"),
        ("identity", "__first__"),
    ]
    operations = [migrations.RunPython(install, remove)]
