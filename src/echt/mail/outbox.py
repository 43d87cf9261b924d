"""What lies in the local outbox, read back from its files."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import DateHeader
from email.message import EmailMessage
from email.policy import default
from itertools import islice
from pathlib import Path

from django.conf import settings

from echt.mail.recipient import normalise

KEY = re.compile(r"[0-9a-f]{32}")
A_LIST = 200


@dataclass(frozen=True)
class Kept:
    """A mail in the outbox."""

    key: str
    mail: EmailMessage

    @property
    def language(self) -> str:
        return str(self.mail.get("Content-Language", ""))

    @property
    def subject(self) -> str:
        return str(self.mail["Subject"])

    @property
    def to(self) -> str:
        return str(self.mail["To"])

    @property
    def at(self) -> datetime | None:
        date = self.mail["Date"]
        return date.datetime if isinstance(date, DateHeader) else None

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.mail.items()]

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        body = self.mail.get_body((kind,))
        return str(body.get_content()) if isinstance(body, EmailMessage) else ""


def kept(key: str) -> Kept | None:
    """The mail with this key."""
    path = folder() / f"{key}.eml"
    return _read(path) if KEY.fullmatch(key) and path.is_file() else None


def newest(*, to: str = "") -> list[Kept]:
    """The latest mails, to one address where one is given. A key begins with the time, so names sort by it."""
    paths = sorted(folder().glob("*.eml"), reverse=True)
    everything = (_read(path) for path in paths)
    return list(islice((one for one in everything if not to or normalise(one.to) == normalise(to)), A_LIST))


def folder() -> Path:
    """Where the local outbox lies."""
    return Path(settings.DATA) / "outbox"


def _read(path: Path) -> Kept:
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    return Kept(path.stem, mail)
