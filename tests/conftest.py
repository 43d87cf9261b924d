"""What every test may use: people, their browsers, the clock; and no way out of this machine."""

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
import time_machine

from tests.environment import load_django, prepare

load_django(prepare())

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: E402
from django.test import Client  # noqa: E402

from echt.accounts.actions.provisioning import provision  # noqa: E402
from echt.accounts.models import Role, User  # noqa: E402
from tests.flush import _tables_of_the_record_may_be_emptied  # noqa: E402, F401

hypothesis.settings.register_profile("echt", deadline=None, derandomize="CI" in os.environ, print_blob=True)
hypothesis.settings.load_profile("echt")

PASSWORD = "correct horse battery staple"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ClientOf = Callable[[User], Client]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run those that meet a database: the others would show the same once more."""
    if not os.environ.get("ECHT_DATABASE_URL"):
        return
    meets = {item: meets_a_database(item) for item in items}
    config.hook.pytest_deselected(items=[item for item in items if not meets[item]])
    items[:] = [item for item in items if meets[item]]


def meets_a_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "django_db_setup"}
    asked = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & asked)


@pytest.fixture(scope="session", autouse=True)
def _no_way_out() -> Iterator[None]:
    """A test that reaches for another machine fails, saying so."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not _is_loopback(str(address[0])):
            raise AssertionError(f"A test tried to reach {address[0]}.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture
def customer(db: None) -> User:
    """Lena, who reads German."""
    return provision(address="lena@example.org", password=PASSWORD, language="de", nickname="Lena")


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody else, for everything that is not theirs."""
    return provision(address="stranger@example.org", password=PASSWORD, language="en")


@pytest.fixture
def staff(db: None) -> User:
    """Somebody at the desk, with the second factor without which staff can do nothing."""
    person = provision(address="desk@example.org", password=PASSWORD, role=Role.ADMINISTRATOR, language="en")
    TOTP.activate(person, generate_totp_secret())
    return person


@pytest.fixture
def client_of() -> ClientOf:
    """A browser in which somebody is signed in: `client_of(customer).get("/")`."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return make


@pytest.fixture
def travel() -> Iterator[time_machine.Traveller]:
    """The clock, standing still: `travel.shift(timedelta(hours=1))`, `travel.move_to(...)`."""
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False) as coordinates:
        yield coordinates
