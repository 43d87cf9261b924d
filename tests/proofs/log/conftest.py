import os

import pytest

from tests.proofs.log.logs import entries, lay_out


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture(scope="session")
def six_hundred(tmp_path_factory):
    """A log of 600 entries. Nobody writes there."""
    return lay_out(tmp_path_factory.mktemp("six_hundred") / "log", entries(600)).folder
