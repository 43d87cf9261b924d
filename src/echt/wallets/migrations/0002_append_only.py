"""Transfers and postings are never changed or removed; balances keep room for updates in place on PostgreSQL."""

from django.db import migrations

from echt.wallets.guards import guard, unguard

TABLES = ("wallets_transfer", "wallets_posting")


def install(apps, schema_editor):
    guard(schema_editor, *TABLES)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE wallets_balance SET (fillfactor = 70)", params=None)


def remove(apps, schema_editor):
    unguard(schema_editor, *TABLES)


class Migration(migrations.Migration):
    dependencies = [("wallets", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
