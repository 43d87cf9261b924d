"""All settings with their meaning: what `echt settings` prints and `docs/settings.md` holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from echt.site.config import Settings

SECRET = "••••"  # noqa: S105
INTRODUCTION = """\
# Settings

`echt settings` prints this list with the values that count. Each setting can stand in three places; the first that has
it wins:

1. in the environment: `ECHT_MAIL_HOST=mail.example.org`; or, for a secret, in a file that the environment names:
   `ECHT_MAIL_PASSWORD_FILE=/run/secrets/smtp`;
2. in `echt.toml` in the data folder, or in the file that `ECHT_CONFIG` names: `[mail]`, beneath it `host = "..."`;
3. nowhere: the default.

Besides, `ECHT_SECRET_KEY` replaces Django's secret key in the data folder, and `ECHT_ADMIN_PASSWORD` gives
`echt admin create` its password.
"""


@dataclass(frozen=True)
class Setting:
    """One setting, as an operator sees it."""

    group: str
    variable: str
    meaning: str
    default: str
    kind: str

    def __str__(self) -> str:
        return self.variable


def settings() -> Iterator[Setting]:
    """Every setting there is, in the order of the rooms."""
    for name, field in Settings.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            for part, of_part in inner.model_fields.items():
                yield _setting(name, f"ECHT_{name}_{part}".upper(), of_part)
        else:
            yield _setting("", f"ECHT_{name}".upper(), field)


def as_markdown() -> str:
    """The page of the documentation."""
    lines, group = [INTRODUCTION], ""
    for setting in settings():
        if setting.group != group:
            group = setting.group
            lines.append(f"\n## {group.capitalize()}\n")
        lines.append(f"* `{setting.variable}` ({setting.kind}; default: {setting.default}): {setting.meaning}")
    return "\n".join([*lines, ""])


def as_text(current: Settings) -> str:
    """The list with the values that count now; secrets are not shown."""
    return "\n".join(f"{it.variable}={_value(current, it)}\n    {it.meaning}\n" for it in settings())


def _setting(group: str, variable: str, field: FieldInfo) -> Setting:
    default = field.get_default(call_default_factory=True, validated_data={})
    return Setting(group, variable, field.description or "", _shown(default), _kind(field))


def _kind(field: FieldInfo) -> str:
    """What can stand there, in words."""
    annotation = field.annotation
    if get_origin(annotation) is Literal:
        return "one of " + ", ".join(f"`{value}`" for value in get_args(annotation))
    types = [part for part in (get_args(annotation) or (annotation,)) if part is not type(None)]
    if get_origin(annotation) is list:
        return "a JSON list of texts"
    return WORDS[types[0]]


WORDS: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "`true` or `false`",
    Path: "path",
    SecretStr: "secret text",
}


def _shown(value: object) -> str:
    if value is None or value in ("", []) or (isinstance(value, SecretStr) and not value.get_secret_value()):
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value.value if isinstance(value, Enum) else value}`"


def _value(current: Settings, setting: Setting) -> str:
    holder: Any = getattr(current, setting.group) if setting.group else current
    name = setting.variable.removeprefix("ECHT_").lower().removeprefix(f"{setting.group}_")
    value = getattr(holder, name)
    if isinstance(value, SecretStr):
        return SECRET if value.get_secret_value() else ""
    return "" if value is None else str(value)
