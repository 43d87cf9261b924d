import base64
import json
from enum import StrEnum
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from echt.audit import sealer as sealers
from echt.audit.sealer import KeyDestroyed, register_sealer


class Event(StrEnum):
    CODE_SET = "code.set"
    CODE_CHANGED = "code.changed"


class Envelope:
    """A sealer whose seals can be looked into, to see to what they were bound."""

    def __init__(self) -> None:
        self.destroyed: set[UUID | None] = set()

    def seal(self, plain: bytes, subject: UUID | None, context: str) -> bytes:
        return json.dumps([base64.b85encode(plain).decode(), str(subject), context]).encode()

    def unseal(self, sealed: bytes, subject: UUID | None, context: str) -> bytes:
        if subject in self.destroyed:
            raise KeyDestroyed
        plain, *bound = json.loads(sealed)
        assert bound == [str(subject), context]
        return base64.b85decode(plain)


@pytest.fixture(autouse=True)
def envelope(monkeypatch: pytest.MonkeyPatch) -> Envelope:
    monkeypatch.setattr(sealers, "_registered", [])
    envelope = Envelope()
    register_sealer(envelope)
    return envelope


@pytest.fixture
def anna() -> SimpleNamespace:
    return SimpleNamespace(pk=uuid4())


@pytest.fixture
def ben() -> SimpleNamespace:
    return SimpleNamespace(pk=uuid4())
