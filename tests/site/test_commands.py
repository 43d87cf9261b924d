"""The commands beside `serve`."""

import json
import os

import pytest

import echt
from echt.accounts.models import Role, User
from echt.audit.models import AuditEvent
from echt.site.cli import main
from echt.site.config import Settings

GOOD = "a long and quiet evening"


@pytest.fixture
def run(db, capsys, monkeypatch):
    """`run("admin", "create", ...)`: the exit code, what was printed, and what was complained of."""
    before = os.umask(0o077)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "echt.site.settings")
    yield run
    os.umask(before)


@pytest.fixture
def create(run, monkeypatch):
    """An account for staff, its password from the environment."""

    def create(address: str, password: str = GOOD, *more: str):
        monkeypatch.setenv("ECHT_ADMIN_PASSWORD", password)
        return run("admin", "create", "--address", address, *more)

    return create


def test_version(run):
    assert run("version") == (0, f"{echt.__version__}\n", "")


def test_admin_create_makes_an_account_for_staff(create):
    code, told, _ = create("chief@example.org", GOOD, "--role", "auditor", "--language", "de")
    chief = User.objects.by_address("chief@example.org")

    assert code == 0
    assert "chief@example.org may sign in" in told
    assert (chief.role, chief.language) == (Role.AUDITOR, "de")
    assert chief.check_password(GOOD)


def test_admin_create_makes_it_once(create):
    create("chief@example.org")
    code, _, complaint = create("Chief@Example.org", "another quiet evening")

    assert code == 1
    assert "already" in complaint
    assert User.objects.by_address("chief@example.org").check_password(GOOD)


@pytest.mark.parametrize(
    ("address", "password", "why"),
    [("no-address", GOOD, "valid"), ("new@example.org", "short", "12"), ("new@example.org", "password1234", "common")],
)
def test_admin_create_refuses_with_a_sentence_and_makes_nothing(create, address, password, why):
    code, _, complaint = create(address, password)

    assert code == 1
    assert why in complaint
    assert not User.objects.exists()
    assert not AuditEvent.objects.exists()


def test_admin_create_takes_the_password_from_a_file(run, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(f"{GOOD}\n")

    assert run("admin", "create", "--address", "file@example.org", "--password-file", str(secret))[0] == 0
    assert User.objects.by_address("file@example.org").check_password(GOOD)


def test_admin_create_asks_for_what_is_missing(run, monkeypatch):
    asked = iter([GOOD, GOOD])
    monkeypatch.setattr("builtins.input", lambda _: "typed@example.org")
    monkeypatch.setattr("echt.site.commands.admin.getpass", lambda _: next(asked))

    assert run("admin", "create")[0] == 0
    assert User.objects.by_address("typed@example.org").check_password(GOOD)


def test_admin_create_refuses_two_different_passwords(run, monkeypatch):
    asked = iter([GOOD, "something else"])
    monkeypatch.setattr("echt.site.commands.admin.getpass", lambda _: next(asked))

    assert run("admin", "create", "--address", "typed@example.org")[0] == 1
    assert not User.objects.exists()


def test_settings_shows_what_counts_and_no_secret(run, monkeypatch):
    monkeypatch.setenv("ECHT_MAIL_HOST", "mail.example.org")
    monkeypatch.setenv("ECHT_MAIL_PASSWORD", "tell nobody")
    _, shown, _ = run("settings")

    assert "ECHT_MAIL_HOST=mail.example.org" in shown
    assert "ECHT_MAIL_PASSWORD=••••" in shown
    assert "tell nobody" not in shown


def test_settings_come_from_environment_secret_file_and_file_in_this_order(monkeypatch, tmp_path):
    (tmp_path / "echt.toml").write_text('[mail]\nhost = "file"\nuser = "file"\ndomain = "file"\n')
    (tmp_path / "secret").write_text("secret\n")
    monkeypatch.setenv("ECHT_DATA", str(tmp_path))
    monkeypatch.setenv("ECHT_MAIL_USER_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("ECHT_MAIL_HOST_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("ECHT_MAIL_HOST", "environment")

    mail = Settings().mail

    assert (mail.host, mail.user, mail.domain) == ("environment", "secret", "file")


def test_a_setting_that_cannot_be_is_named(run, monkeypatch):
    monkeypatch.setenv("ECHT_MAIL_PORT", "many")
    code, _, complaint = run("settings")

    assert code == 1
    assert complaint.startswith("ECHT_MAIL_PORT: ")


def test_audit_verify_and_export_agree_on_the_head(run, create, tmp_path):
    create("auditor@example.org")
    file = tmp_path / "record.jsonl"

    code, told, _ = run("audit", "verify")
    head = told.split()[-1]
    _, exported, _ = run("audit", "export", str(file))
    lines = file.read_text().splitlines()

    assert code == 0
    assert head in exported
    assert len(lines) == int(head.partition(":")[0]) > 0
    assert all(json.loads(line) for line in lines)
    assert run("audit", "verify", "--passing", head)[0] == 0


def test_audit_verify_notices_that_the_record_is_not_the_one_noted(run, create):
    create("auditor@example.org")
    code, _, complaint = run("audit", "verify", "--passing", f"1:{'0' * 64}")

    assert code == 1
    assert "event 1" in complaint


def test_audit_export_overwrites_nothing(run, tmp_path):
    file = tmp_path / "record.jsonl"
    file.write_text("mine")

    assert run("audit", "export", str(file))[0] == 1
    assert file.read_text() == "mine"


def test_doctor_finds_nothing_wrong(run, create):
    create("chief@example.org")
    code, told, _ = run("doctor")

    assert code == 0, told
    assert "What is sealed opens again." in told
    assert "broken" not in told


def test_doctor_says_what_to_do_about_a_key_that_others_may_read(run, settings):
    key = next((settings.DATA / "keys").iterdir())
    key.chmod(0o644)
    try:
        code, told, _ = run("doctor")
    finally:
        key.chmod(0o600)

    assert code == 1
    assert f"chmod 600 {key}" in told
