"""The people of the demo. They exist only where `echt serve --demo` made them.

1. All have one password: that of `ECHT_DEMO_PASSWORD`, else a random one made at the first start.
2. It is kept in the data folder with mode 0600, because every start prints it.
3. Another `ECHT_DEMO_PASSWORD` at a later start counts: the people that are there get it.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

FILE = "demo-password"


@dataclass(frozen=True)
class Person:
    address: str
    language: str
    nickname: str = ""
    role: str = "customer"


PEOPLE = (
    Person("anna@demo.example", "de", "Anna"),
    Person("ben@demo.example", "en", "Ben"),
    Person("desk@demo.example", "en", role="administrator"),
    Person("second@demo.example", "en", role="reviewer"),
)
"""Two at the desk, since some decisions need a second person. Staff set up a second factor at their first sign-in."""


def load(data: Path, given: str) -> str:
    """Make the demo's people where they are not there yet; their password.

    Args:
        data: the data folder.
        given: the password that the operator chose; empty for a random one, or the one that there is.
    """
    from echt.accounts.actions.provisioning import give_password, provision
    from echt.accounts.models import Role

    kept = kept_password(data)
    password = given or kept or secrets.token_urlsafe(12)
    if not kept:
        _keep(data / FILE, password)
    for person in PEOPLE:
        user = provision(
            address=person.address,
            password=password,
            role=Role(person.role),
            language=person.language,
            nickname=person.nickname,
        )
        if kept and password != kept:
            give_password(user=user, password=password)
    _keep(data / FILE, password)
    return password


def kept_password(data: Path) -> str:
    """The password that the people have; empty before the first start."""
    path = data / FILE
    return path.read_text() if path.exists() else ""


def _keep(path: Path, password: str) -> None:
    draft = path.with_suffix(".draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(password)
    draft.replace(path)
