"""Settings of the vault."""

from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, Field


class VaultSettings(BaseModel):
    keys: Path | None = Field(
        default=None,
        description="Folder of the master keys (0700, files 0600). Default: `keys/` in the data folder.",
    )
    files: Path | None = Field(
        default=None,
        description="Folder of private files, which lie there sealed (0700). Default: `private/` in the data folder.",
    )


def vault_settings() -> VaultSettings:
    return settings.ECHT.vault
