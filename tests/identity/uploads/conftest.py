import pytest

from echt.identity.uploads.workers import workers


@pytest.fixture(scope="session", autouse=True)
def no_process_is_left():
    yield
    workers().close()
