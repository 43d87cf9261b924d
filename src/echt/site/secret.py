"""Django's secret key: made at the first start, kept with mode 0600 in the data folder."""

import os
import secrets
from pathlib import Path


def secret_key(data: Path) -> str:
    """The secret key of this installation; `ECHT_SECRET_KEY` wins over the file."""
    given = os.environ.get("ECHT_SECRET_KEY")
    if given:
        return given
    path = data / "keys" / "django"
    if not path.exists():
        _create(path)
    return path.read_text().strip()


def _create(path: Path) -> None:
    """Write a new key, whole or not at all; where two start at once, the first one's key stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
