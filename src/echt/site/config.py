"""Every setting of the product, one typed object.

Sources, the first that has a value wins: the environment (`ECHT_MAIL_HOST`), a secret file named by the environment
(`ECHT_MAIL_PASSWORD_FILE=/run/secrets/smtp`), the file `echt.toml` in the data folder or named by `ECHT_CONFIG`,
the default. `echt settings` prints them with their meaning; `docs/settings.md` is its output.
"""

import os
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from echt.accounts.settings import AccountsSettings
from echt.api.settings import ApiSettings
from echt.holds.settings import HoldsSettings
from echt.identity.settings import IdentitySettings
from echt.mail.settings import MailSettings
from echt.ui.settings import BrandSettings, WebSettings
from echt.vault.settings import VaultSettings
from echt.wallets.settings import WalletsSettings
from echt.work.settings import WorkSettings


class DatabaseSettings(BaseModel):
    url: SecretStr = Field(
        default=SecretStr(""),
        description="`postgresql://user:password@host:port/name`. Empty: SQLite in the data folder.",
    )


class DemoSettings(BaseModel):
    on: bool = Field(
        default=False,
        description="Loads the demo's people and opens the pages `/style` and `/outbox`. Never in production.",
    )
    password: SecretStr = Field(
        default=SecretStr(""),
        description="The password of the demo's people. Empty: a random one is made at the first start and printed.",
    )
    cases: bool = Field(
        default=True,
        description="Whether the worker also makes applicants, so that the desk has something to decide.",
    )


class SecretFileSource(PydanticBaseSettingsSource):
    """`ECHT_ROOM_NAME_FILE` names a file whose content is the value of `ECHT_ROOM_NAME`."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        values = {
            name: Path(path).read_text().strip()
            for name in getattr(field.annotation, "model_fields", {})
            if (path := os.environ.get(f"ECHT_{field_name}_{name}_FILE".upper()))
        }
        return values or None, field_name, False

    def __call__(self) -> dict[str, Any]:
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}


class Settings(BaseSettings):
    """All settings, by room."""

    model_config = SettingsConfigDict(
        env_prefix="ECHT_", env_nested_delimiter="_", env_nested_max_split=1, extra="ignore", frozen=True
    )

    data: Path = Field(
        default=Path("var"),
        description="The data folder: database, keys, private files, outbox.",
    )
    brand: BrandSettings = BrandSettings()
    web: WebSettings = WebSettings()
    database: DatabaseSettings = DatabaseSettings()
    vault: VaultSettings = VaultSettings()
    work: WorkSettings = WorkSettings()
    mail: MailSettings = MailSettings()
    accounts: AccountsSettings = AccountsSettings()
    identity: IdentitySettings = IdentitySettings()
    wallets: WalletsSettings = WalletsSettings()
    holds: HoldsSettings = HoldsSettings()
    api: ApiSettings = ApiSettings()
    demo: DemoSettings = DemoSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        data = Path(os.environ.get("ECHT_DATA", "var"))
        toml = Path(os.environ.get("ECHT_CONFIG", data / "echt.toml"))
        return (
            init_settings,
            env_settings,
            SecretFileSource(settings_cls),
            TomlConfigSettingsSource(settings_cls, toml),
        )
