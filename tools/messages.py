"""The rooms' texts and their translations: `python -m tools.messages check`.

Every room has its own catalogue, `src/echt/<room>/locale/<language>/LC_MESSAGES/django.po`. English is the
source text in code and templates; every other language must have each text, in the reader's words.

* `check` names the file and the text of all that is wrong (`tools.translations`).
* `update` brings new texts into the catalogues and takes unused ones out; translations stay.
* `extract` prints the template of a room's catalogue.
* `compile` writes the `.mo` files that Django reads; they are not in the repository.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from tools.texts import texts_of
from tools.translations import LANGUAGES, catalogue_path, complaints, read

PLACEHOLDERS = re.compile(
    rb'^"(?:Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team'
    rb"|Generated-By): .*\n",
    re.MULTILINE,
)
"""Header lines that Babel fills with nobody's name and today's date."""
ROOMS = Path(__file__).resolve().parent.parent / "src" / "echt"


def main() -> int:
    verbs = {"check": check, "update": update, "extract": extract, "compile": compile_all}
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description="The rooms' texts.")
    parser.add_argument("verb", choices=verbs)
    parser.add_argument("room", nargs="?", help="one room; without it, all")
    arguments = parser.parse_args()
    rooms = [ROOMS / arguments.room] if arguments.room else list(rooms_of(ROOMS))
    return verbs[arguments.verb](rooms)


def rooms_of(house: Path) -> Iterator[Path]:
    """Every room, with or without a catalogue."""
    return (path.parent for path in sorted(house.glob("*/__init__.py")))


def check(rooms: Iterable[Path]) -> int:
    found = list(complaints(rooms))
    for complaint in found:
        print(complaint)
    return 1 if found else 0


def update(rooms: Iterable[Path]) -> int:
    for room in rooms:
        template = template_of(room)
        for path, language in ((catalogue_path(room, language), language) for language in LANGUAGES):
            if len(template) or path.exists():
                catalogue = read(path, language)
                catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
                catalogue.obsolete.clear()
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(_written(catalogue))
    return 0


def extract(rooms: Iterable[Path]) -> int:
    for room in rooms:
        sys.stdout.write(_written(template_of(room)).decode())
    return 0


def compile_all(rooms: Iterable[Path]) -> int:
    """Write each `.mo` that is not newer than its `.po`, whole or not at all."""
    for path, language in ((catalogue_path(room, language), language) for room in rooms for language in LANGUAGES):
        target = path.with_suffix(".mo")
        if path.exists() and not (target.exists() and target.stat().st_mtime_ns > path.stat().st_mtime_ns):
            draft = target.with_suffix(".draft")
            with draft.open("wb") as file:
                write_mo(file, read(path, language))
            draft.replace(target)
    return 0


def template_of(room: Path) -> Catalog:
    """The room's texts without translations."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for text in texts_of(room):
        key = (text.singular, text.plural) if text.plural else text.singular
        catalogue.add(key, locations=[(str(text.path.relative_to(room)), 0)], context=text.context)
    return catalogue


def _written(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, omit_header=not catalogue.locale, include_lineno=False)
    return PLACEHOLDERS.sub(b"", buffer.getvalue())


if __name__ == "__main__":
    sys.exit(main())
