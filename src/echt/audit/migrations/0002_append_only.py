"""The database itself keeps the record append-only.

- An event cannot be changed or removed, nor the table emptied while it holds one.
- An event can only be put where the head says that the chain ends.
- The head cannot be removed; it moves one place at a time, to the digest of the event in that place; it begins but once.

Every refusal is an integrity error, so that the transaction that tried it is undone.
"""

from django.db import migrations

SQLITE = {
    "audit_event_unchanged": """
        BEFORE UPDATE ON audit_auditevent
        BEGIN SELECT RAISE(ABORT, 'audit: an event is never changed'); END""",
    "audit_event_kept": """
        BEFORE DELETE ON audit_auditevent
        BEGIN SELECT RAISE(ABORT, 'audit: an event is never removed'); END""",
    "audit_event_next": """
        BEFORE INSERT ON audit_auditevent
        WHEN NEW.seq IS NOT (SELECT seq + 1 FROM audit_head) OR NEW.previous IS NOT (SELECT digest FROM audit_head)
        BEGIN SELECT RAISE(ABORT, 'audit: an event is put at the end only'); END""",
    "audit_head_first": """
        BEFORE INSERT ON audit_head
        WHEN NEW.seq <> 0 OR EXISTS (SELECT 1 FROM audit_auditevent)
        BEGIN SELECT RAISE(ABORT, 'audit: the record begins once'); END""",
    "audit_head_step": """
        BEFORE UPDATE ON audit_head
        WHEN NEW.seq <> OLD.seq + 1
          OR NEW.digest IS NOT (SELECT digest FROM audit_auditevent WHERE seq = NEW.seq)
        BEGIN SELECT RAISE(ABORT, 'audit: the head follows the events'); END""",
    "audit_head_kept": """
        BEFORE DELETE ON audit_head
        WHEN EXISTS (SELECT 1 FROM audit_auditevent)
        BEGIN SELECT RAISE(ABORT, 'audit: the head is never removed'); END""",
}

FUNCTIONS = {
    "audit_refuse": """
        BEGIN
            RAISE EXCEPTION 'audit: %', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
        END""",
    "audit_refuse_unless_empty": """
        BEGIN
            IF EXISTS (SELECT 1 FROM audit_auditevent) THEN
                RAISE EXCEPTION 'audit: %', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF TG_OP = 'INSERT' THEN RETURN NEW; END IF;
            RETURN OLD;
        END""",
    "audit_event_is_next": """
        BEGIN
            IF NEW.seq IS DISTINCT FROM (SELECT seq + 1 FROM audit_head)
            OR NEW.previous IS DISTINCT FROM (SELECT digest FROM audit_head) THEN
                RAISE EXCEPTION 'audit: an event is put at the end only'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END""",
    "audit_head_is_next": """
        BEGIN
            IF NEW.seq IS DISTINCT FROM OLD.seq + 1
            OR NEW.digest IS DISTINCT FROM (SELECT digest FROM audit_auditevent WHERE seq = NEW.seq) THEN
                RAISE EXCEPTION 'audit: the head follows the events' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END""",
}

POSTGRESQL = {
    "audit_event_unchanged": """
        BEFORE UPDATE ON audit_auditevent FOR EACH ROW
        EXECUTE FUNCTION audit_refuse('an event is never changed')""",
    "audit_event_kept": """
        BEFORE DELETE ON audit_auditevent FOR EACH ROW
        EXECUTE FUNCTION audit_refuse('an event is never removed')""",
    "audit_event_table_kept": """
        BEFORE TRUNCATE ON audit_auditevent FOR EACH STATEMENT
        EXECUTE FUNCTION audit_refuse_unless_empty('the record is never emptied')""",
    "audit_event_next": """
        BEFORE INSERT ON audit_auditevent FOR EACH ROW
        EXECUTE FUNCTION audit_event_is_next()""",
    "audit_head_first": """
        BEFORE INSERT ON audit_head FOR EACH ROW WHEN (NEW.seq = 0)
        EXECUTE FUNCTION audit_refuse_unless_empty('the record begins once')""",
    "audit_head_first_place": """
        BEFORE INSERT ON audit_head FOR EACH ROW WHEN (NEW.seq <> 0)
        EXECUTE FUNCTION audit_refuse('the record begins once')""",
    "audit_head_step": """
        BEFORE UPDATE ON audit_head FOR EACH ROW
        EXECUTE FUNCTION audit_head_is_next()""",
    "audit_head_kept": """
        BEFORE DELETE ON audit_head FOR EACH ROW
        EXECUTE FUNCTION audit_refuse_unless_empty('the head is never removed')""",
    "audit_head_table_kept": """
        BEFORE TRUNCATE ON audit_head FOR EACH STATEMENT
        EXECUTE FUNCTION audit_refuse_unless_empty('the head is never removed')""",
}

TABLE = {"audit_event": "audit_auditevent", "audit_head_": "audit_head"}


def install(apps, schema_editor):
    """Set up the guards of this kind of database."""
    {"sqlite": install_on_sqlite, "postgresql": install_on_postgresql}[schema_editor.connection.vendor](schema_editor)


def remove(apps, schema_editor):
    """Take the guards away again: for going back to the state before this migration."""
    {"sqlite": remove_from_sqlite, "postgresql": remove_from_postgresql}[schema_editor.connection.vendor](schema_editor)


def install_on_sqlite(schema_editor):
    for name, rule in SQLITE.items():
        schema_editor.execute(f"CREATE TRIGGER {name} {rule}", params=None)


def install_on_postgresql(schema_editor):
    for name, body in FUNCTIONS.items():
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard${body}$guard$", params=None
        )
    for name, rule in POSTGRESQL.items():
        schema_editor.execute(f"CREATE TRIGGER {name} {rule}", params=None)


def remove_from_sqlite(schema_editor):
    for name in SQLITE:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)


def remove_from_postgresql(schema_editor):
    for name in POSTGRESQL:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {TABLE[name[:11]]}", params=None)
    for name in FUNCTIONS:
        schema_editor.execute(f"DROP FUNCTION {name}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
