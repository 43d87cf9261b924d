"""What the tests of the mail room share: a transport of choice, and messages in the ledger."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from echt.mail.kinds import Mail
from echt.mail.models import Message
from echt.mail.recipient import Stranger
from echt.mail.send import send
from tests.mail import kinds

LENA = Stranger(address="lena@example.org", language="de", zone="Europe/Berlin")


@pytest.fixture
def set_mail(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Settings of mail for one test: `set_mail(transport="smtp", port=2525)`."""

    def change(**values: Any) -> None:
        changed = settings.ECHT.mail.model_copy(update=values)
        monkeypatch.setattr(settings, "ECHT", settings.ECHT.model_copy(update={"mail": changed}))

    return change


@pytest.fixture
def outbox(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An empty outbox."""
    folder = tmp_path / "outbox"
    monkeypatch.setattr("echt.mail.outbox.folder", lambda: folder)
    return folder


@pytest.fixture
def sent(db: None) -> Callable[..., Message]:
    """A message in the ledger: `sent(to=customer)`."""

    def make(mail: Mail | None = None, *, to: Any = LENA, **values: Any) -> Message:
        with transaction.atomic():
            return send(mail or kinds.Everything(to=to), **values)

    return make
