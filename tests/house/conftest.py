"""What the walks through all pages share."""

import shutil

import pytest


@pytest.fixture
def demo(settings):
    """The demo is on, so that its pages are there too."""
    settings.ECHT = settings.ECHT.model_copy(update={"demo": settings.ECHT.demo.model_copy(update={"on": True})})


@pytest.fixture(autouse=True)
def _empty_outbox(settings):
    """The outbox is a folder, so no rollback takes out what earlier tests have sent."""
    shutil.rmtree(settings.DATA / "outbox", ignore_errors=True)
