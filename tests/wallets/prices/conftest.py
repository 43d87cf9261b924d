"""What tests of prices share."""

import pytest
from django.conf import settings


@pytest.fixture
def set_wallets(monkeypatch):
    """Settings of wallets for one test: `set_wallets(least_sources=1)`."""

    def change(**values):
        changed = settings.ECHT.wallets.model_copy(update=values)
        monkeypatch.setattr(settings, "ECHT", settings.ECHT.model_copy(update={"wallets": changed}))

    return change
