"""What is wrong with the rooms' catalogues: the law that German and English are equals, checked."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tools.texts import Text, texts_of

LANGUAGES = ("de",)
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-#0+]*[\d.]*[a-zA-Z%]|\{\w*\}")


@dataclass(frozen=True)
class Complaint:
    """One thing wrong with a translation, with the place where it is put right."""

    path: Path
    text: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}: {self.text!r}"


def catalogue_path(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    """The catalogue; an empty one where the file is not there yet."""
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def complaints(rooms: Iterable[Path]) -> Iterator[Complaint]:
    """Each text that is missing, unsure, unused, differs in its placeholders or is translated in two ways."""
    rooms = list(rooms)
    for language in LANGUAGES:
        catalogues = {path: read(path, language) for path in (catalogue_path(room, language) for room in rooms)}
        for room, (path, catalogue) in zip(rooms, catalogues.items(), strict=True):
            texts = {text.key: text for text in texts_of(room)}
            yield from _missing(path, catalogue, texts.values())
            yield from _odd(path, catalogue, texts)
        yield from _contradictions(catalogues)


def _missing(path: Path, catalogue: Catalog, texts: Iterable[Text]) -> Iterator[Complaint]:
    for text in texts:
        message = catalogue.get(text.singular, text.context)
        if message is None or not _whole(message, text, catalogue.num_plurals):
            yield Complaint(text.path, text.singular, f"has no translation in {path}")


def _odd(path: Path, catalogue: Catalog, texts: dict[tuple[str | None, str], Text]) -> Iterator[Complaint]:
    for message in _entries(catalogue):
        if _key(message) not in texts:
            yield Complaint(path, _singular(message), "is in the catalogue but nowhere in the room")
        if message.fuzzy:
            yield Complaint(path, _singular(message), "is marked as unsure (fuzzy)")
        if odd := _other_placeholders(message):
            yield Complaint(path, _singular(message), f"has other placeholders than its translation {odd!r}")


def _contradictions(catalogues: dict[Path, Catalog]) -> Iterator[Complaint]:
    """Django joins the rooms' catalogues: a text with two translations would have either of them."""
    first: dict[tuple[str | None, str], tuple[Path, object]] = {}
    for path, catalogue in catalogues.items():
        for message in _entries(catalogue):
            place, string = first.setdefault(_key(message), (path, message.string))
            if string != message.string:
                yield Complaint(path, _singular(message), f"is translated otherwise in {place}")


def _entries(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _whole(message: Message, text: Text, plurals: int) -> bool:
    """Whether each form that the language needs is there."""
    strings = _forms(message.string)
    return all(strings) and len(strings) == (plurals if text.plural else 1)


def _other_placeholders(message: Message) -> str | None:
    """A translation whose placeholders are those of none of its sources."""
    allowed = [Counter(PLACEHOLDER.findall(source)) for source in _forms(message.id)]
    translations = filter(None, _forms(message.string))
    return next((text for text in translations if Counter(PLACEHOLDER.findall(text)) not in allowed), None)


def _forms(value: object) -> list[str]:
    return [str(form or "") for form in value] if isinstance(value, list | tuple) else [str(value or "")]


def _singular(message: Message) -> str:
    return _forms(message.id)[0]


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, _singular(message)
