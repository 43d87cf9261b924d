"""Write `docs/words.md`: every event, permission and kind of mail, as the rooms declare them.

`python -m tools.words`, with the settings of an installation (`ECHT_DATA`).
"""

import importlib
import importlib.util
import os
from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import ModuleType
from typing import TYPE_CHECKING

from tools.repository import ROOT

if TYPE_CHECKING:
    from echt.mail.kinds import Mail

HEAD = """\
# Words

What the rooms record, permit and send. The values are stored, so none is ever renamed. This page is generated.
"""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "echt.site.settings")
    import django

    django.setup()
    (ROOT / "docs" / "words.md").write_text(as_markdown())


def as_markdown() -> str:
    """The page, in English."""
    from django.utils.translation import override

    with override("en"):
        return "\n".join([HEAD, *_vocabularies(), *_mails()])


def vocabularies() -> list[type[StrEnum]]:
    """Every enumeration of events and permissions."""
    return [
        words
        for name in ("events", "permissions")
        for module in _modules(name)
        for words in vars(module).values()
        if isinstance(words, type) and issubclass(words, StrEnum) and words.__module__ == module.__name__
    ]


def labels_of(words: type[StrEnum]) -> Mapping[StrEnum, object]:
    """What people read for these words; none where only the operator reads them."""
    labels: Mapping[StrEnum, object] = getattr(importlib.import_module(words.__module__), "LABELS", {})
    return labels


def _modules(name: str) -> Iterator[ModuleType]:
    """The module of this name in every room that has one."""
    from django.apps import apps

    rooms = [config.name for config in apps.get_app_configs() if config.name.startswith("echt.")]
    for room in sorted(rooms):
        if importlib.util.find_spec(f"{room}.{name}"):
            yield importlib.import_module(f"{room}.{name}")


def _vocabularies() -> Iterator[str]:
    for words in vocabularies():
        labels = labels_of(words)
        yield f"## {words.__module__.removeprefix('echt.')}: {words.__name__}\n"
        yield f"{(words.__doc__ or '').splitlines()[0]}\n"
        yield "\n".join(f"* `{word.value}` {labels.get(word, '')}".rstrip() for word in words)
        yield ""


def kinds_of_mail() -> list[tuple[str, type["Mail"]]]:
    """Every kind that a room declares, by its name; kinds that tests declare are not the product's."""
    from echt.mail.kinds import registry

    return sorted((name, kind) for name, kind in registry.items() if kind.__module__.startswith("echt."))


def _mails() -> Iterator[str]:
    yield "## Mails\n"
    yield "By kind, with the stream and what the public look-up calls it.\n"
    yield "\n".join(f"* `{name}` ({kind.stream.value}) {kind.label}" for name, kind in kinds_of_mail())
    yield ""


if __name__ == "__main__":
    main()
