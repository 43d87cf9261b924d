"""What must hold before the settings are read: a data folder of this process's own, and no settings from outside.

Only `ECHT_DATABASE_URL` may come from outside: it is how the same tests run on PostgreSQL.
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SETTINGS = "echt.site.settings"


def prepare() -> Path:
    """A fresh data folder, gone when the process ends; with xdist, each of its processes has its own."""
    folder = Path(tempfile.mkdtemp(prefix="echt-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith("ECHT_") and name != "ECHT_DATABASE_URL"]:
        del os.environ[name]
    os.environ["ECHT_DATA"] = str(folder)
    os.environ["ECHT_HOLDS_CLOCK_SKEW"] = "0"  # tests travel in time, the database does not
    return folder


def load_django(folder: Path) -> None:
    """Read the settings and load the rooms.

    The name of the settings leaves the environment again: xdist's processes inherit it and would read the settings
    before they have a data folder of their own.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django
    from django.conf import settings

    django.setup()
    del os.environ["DJANGO_SETTINGS_MODULE"]
    _hash_passwords_fast()
    if "sqlite3" in settings.DATABASES["default"]["ENGINE"]:
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")


def _hash_passwords_fast() -> None:
    """Argon2 as ever, with the least memory and time: what it costs to break is not what tests are about."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost = 1
    Argon2PasswordHasher.memory_cost = 8
    Argon2PasswordHasher.parallelism = 1


def settings_with(**environment: str) -> dict[str, Any]:
    """Django's settings as they would be with these variables, read in a process of its own."""
    program = (
        "import json, echt.site.settings as s;"
        "print(json.dumps({name: value for name, value in vars(s).items()"
        " if name.isupper() and isinstance(value, str | int | bool)}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
