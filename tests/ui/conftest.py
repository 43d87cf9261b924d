"""A web setting or brand of a test's own, and the room's own addresses."""

import pytest
from django.test import Client

from echt.ui import landing


@pytest.fixture(autouse=True)
def _no_other_room(monkeypatch):
    """The landing page without what the rooms above put there."""
    monkeypatch.setattr(landing, "_lookups", [])
    monkeypatch.setattr(landing, "_pillars", [])


@pytest.fixture
def chosen(settings):
    """`chosen(brand={"red": True}, web={"proxies": 1})`: other settings for this test."""

    def choose(**rooms):
        changed = {name: getattr(settings.ECHT, name).model_copy(update=values) for name, values in rooms.items()}
        settings.ECHT = settings.ECHT.model_copy(update=changed)

    return choose


@pytest.fixture
def anonymous(db):
    """A stranger's browser; a failing view answers instead of failing the test."""
    return Client(raise_request_exception=False)


@pytest.fixture
def demo(chosen):
    chosen(demo={"on": True})


@pytest.fixture
def no_demo(chosen):
    chosen(demo={"on": False})
