"""Finding the texts for translation in a room's code and templates, without any program from outside."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# The name of a function of Django's to which of its arguments are: context, singular, plural.
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
TEMPLATES = ("*.html", "*.txt", "*.xml", "*.svg")
CALL = re.compile(rf"(?<![\w.])(?:{'|'.join(FUNCTIONS)})\(")


@dataclass(frozen=True)
class Text:
    """One text, as it stands in the source, and the file in which it was found."""

    path: Path
    singular: str
    plural: str | None = None
    context: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.singular


def texts_of(room: Path) -> list[Text]:
    """Every text of the room, each once, in the order of the files."""
    found: dict[tuple[str | None, str], Text] = {}
    for text in _all(room):
        known = found.setdefault(text.key, text)
        if text.plural and not known.plural:
            found[text.key] = text
    return list(found.values())


def _all(room: Path) -> Iterator[Text]:
    for path in sorted(room.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from texts_in_code(path.read_text(), path)
    for pattern in TEMPLATES:
        for path in sorted(room.glob(f"templates/**/{pattern}")):
            yield from texts_in_template(path.read_text(), path)


def texts_in_code(source: str, path: Path) -> Iterator[Text]:
    """The texts in calls of Django's translation functions."""
    for node in ast.walk(ast.parse(source, str(path))):
        if isinstance(node, ast.Call) and (text := _text(node, path)):
            yield text


def texts_in_template(source: str, path: Path) -> Iterator[Text]:
    """The texts in `translate`, `blocktranslate` and `_("...")` of a Django template."""
    calls = _as_calls(source, path)
    for match in CALL.finditer(calls):
        node = ast.parse(_call_at(calls, match.start()), mode="eval").body
        if isinstance(node, ast.Call) and (text := _text(node, path)):
            yield text


def _as_calls(source: str, path: Path) -> str:
    """The template as Django itself rewrites it for extraction: calls, and all else blanked out."""
    _prepare_django()
    from django.utils.translation.template import templatize

    source = re.sub(r"\{#.*?#\}", "", source)
    return templatize(source, origin=str(path))


@cache
def _prepare_django() -> None:
    """Reading templates asks Django for two settings only; the product's own may not be loaded for that."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True, DEBUG=False)


def _call_at(source: str, start: int) -> str:
    """The text of the call that begins at `start`, up to its closing bracket."""
    end = source.index(")", start)
    while True:
        try:
            ast.parse(source[start : end + 1], mode="eval")
        except SyntaxError:
            end = source.index(")", end + 1)
        else:
            return source[start : end + 1]


def _text(call: ast.Call, path: Path) -> Text | None:
    """The text of a translation call; None for any other call, and for one whose text is not written out."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in FUNCTIONS:
        return None
    context, singular, plural = (_constant(call, place) for place in FUNCTIONS[name])
    if singular is None:
        return None
    return Text(path, singular, plural, context)


def _constant(call: ast.Call, place: int | None) -> str | None:
    if place is None or place >= len(call.args):
        return None
    argument = call.args[place]
    is_text = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    return str(argument.value) if is_text and isinstance(argument, ast.Constant) else None
