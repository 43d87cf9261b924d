"""What the tests of identification share: machines of choice, settings for one test, Lena and her application."""

import pytest
from django.conf import settings

from tests.identity import fakes


@pytest.fixture
def set_identity(monkeypatch):
    """Settings of identification for one test: `set_identity(four_eyes=True)`."""

    def change(**values):
        changed = settings.ECHT.identity.model_copy(update=values)
        monkeypatch.setattr(settings, "ECHT", settings.ECHT.model_copy(update={"identity": changed}))

    return change


@pytest.fixture
def machines(monkeypatch):
    """Machines that find what the test says; pictures are not opened."""
    monkeypatch.setattr("echt.identity.actions.pictures.sanitise", fakes.sanitise)
    monkeypatch.setattr("echt.identity.looking.sanitise_all", fakes.sanitise_all)
    monkeypatch.setattr("echt.vault.file_store.os.fsync", lambda _file: None)
    machines = fakes.Machines()
    with fakes.at_work(machines):
        yield machines


@pytest.fixture
def lena(customer, travel, machines):
    """Lena, reading English, on a day that stands still."""
    customer.language = "en"
    customer.save()
    return customer
