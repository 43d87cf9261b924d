"""One installation for the tests of a module, running or not."""

import signal
from collections.abc import Iterator

import pytest

from tests.installation import Installation
from tests.many_processes import house


@pytest.fixture(scope="module")
def _installed(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Installation]:
    data = tmp_path_factory.mktemp("installation") / "data"
    data.mkdir(mode=0o700)
    with django_db_blocker.unblock(), house(data) as opened:
        environment = {name: value for name, value in opened.environment.items() if not name.startswith("ECHT_WEB")}
        installation = Installation(data, environment)
        yield installation
        if installation.process is not None and installation.process.poll() is None:
            installation.stop(signal.SIGKILL)


@pytest.fixture
def installation(_installed) -> Iterator[Installation]:
    """Not running; what the test starts is stopped after it, so that no other finds it with its flags."""
    _stop(_installed)
    yield _installed
    _stop(_installed)


def _stop(installation: Installation) -> None:
    if installation.process is not None and installation.process.poll() is None:
        installation.stop()


@pytest.fixture
def running(_installed) -> Installation:
    """Running with the demo's people."""
    if _installed.process is None or _installed.process.poll() is not None:
        _installed.start("--demo")
    return _installed
