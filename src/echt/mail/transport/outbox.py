"""The local outbox: each mail a file in the data folder, to be read by any mail program.

1. A file is there whole or not at all.
2. A second delivery of the same mail replaces the first: its name is the mail's key.
"""

import os
from collections.abc import Callable
from pathlib import Path

from echt.mail.envelope import Envelope
from echt.mail.transport import Temporary


class OutboxTransport:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deliver(self, envelope: Envelope, *, handing_over: Callable[[], None]) -> str:
        path = self.folder / f"{envelope.key}.eml"
        try:
            draft = self._draft(envelope)
            handing_over()
            draft.replace(path)
        except OSError as problem:
            raise Temporary(f"outbox: {problem.strerror}") from problem
        return "written"

    def _draft(self, envelope: Envelope) -> Path:
        """The mail in a hidden file, safely on the disk, readable by the owner alone."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.folder / f".{envelope.key}-{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(envelope.content)
            file.flush()
            os.fsync(file.fileno())
        return draft
