"""The repository as a whole: what is written down is true, and what must be there is there."""

import re
import tomllib

import pytest
from django.core.management import call_command

import echt
from echt.site.catalogue import as_markdown, settings
from tools.repository import ROOT, files
from tools.sizes import Measured, measure

MOST_LINES_OF_A_FUNCTION = 60


def test_every_setting_has_a_meaning():
    assert all(setting.meaning.endswith((".", "”")) or setting.meaning for setting in settings())
    assert [setting.variable for setting in settings() if len(setting.meaning) < 10] == []


def test_the_page_of_settings_is_what_the_command_prints():
    assert (ROOT / "docs" / "settings.md").read_text() == as_markdown(), "Run make pages."


@pytest.mark.django_db
def test_every_change_of_a_table_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_changelog_tells_of_this_version():
    changelog = (ROOT / "CHANGELOG.md").read_text()
    newest = re.split(r"^## ", changelog, flags=re.MULTILINE)[1]

    assert newest.startswith(("Unreleased\n", f"{echt.__version__} "))
    assert re.search(r"^\* \S", newest, re.MULTILINE), "Say what changed."


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert project["version"] == echt.__version__


def test_the_lock_files_name_everything_with_its_hash():
    for name in ("requirements.lock", "requirements-dev.lock"):
        entries = re.split(r"\n(?=\S)", (ROOT / name).read_text().strip())
        pinned = [entry for entry in entries if not entry.startswith("#")]

        assert len(pinned) > 20
        assert [entry.split()[0] for entry in pinned if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_the_development_lock_has_the_runtimes_versions():
    runtime, develop = (
        {*re.findall(r"^([\w.-]+==\S+)", (ROOT / name).read_text(), re.MULTILINE)}
        for name in ("requirements.lock", "requirements-dev.lock")
    )

    assert runtime <= develop


def test_every_decision_is_numbered_once():
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]

    assert sorted(numbers) == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_every_room_is_on_the_map():
    house = (ROOT / "docs" / "house.md").read_text()
    rooms = [path.parent.name for path in (ROOT / "src" / "echt").glob("*/__init__.py")]

    assert [room for room in rooms if f"`{room}`" not in house] == []


def test_links_between_documents_lead_somewhere():
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in files()
        if path.suffix == ".md"
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())
        if not (path.parent / target).exists()
    ]

    assert broken == []


def test_functions_are_short():
    functions = measure(
        path for path in files() if path.is_relative_to(ROOT / "src") and path.suffix == ".py"
    ).functions

    assert [str(function) for function in functions if function.lines > MOST_LINES_OF_A_FUNCTION] == []
    assert Measured.median(functions) <= 10
    assert Measured.p90(functions) <= 30
