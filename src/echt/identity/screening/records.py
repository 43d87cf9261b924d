"""Records of an XML file as they come, in constant memory, of a file that may be hostile.

1. A document type is refused: without one there are no entities, so nothing is fetched and nothing multiplies.
2. A record is bounded in depth, number of elements and length of text; what is longer is refused.
3. The file is UTF-8, whatever it says of itself.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from django.utils.translation import gettext as _

from echt.identity.screening.entries import ListRefused

CHUNK = 64 * 1024
DEEPEST = 24
MOST_ELEMENTS = 50_000
MOST_TEXT = 4 * 1024 * 1024


@dataclass(slots=True)
class Node:
    """An element. Namespaces are left out."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, *path: str) -> Iterator["Node"]:
        """The elements at the end of the path, from here down."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.name == path[0]:
                yield from child.all(*path[1:])

    def texts(self, *path: str) -> tuple[str, ...]:
        """Their texts that say something."""
        return tuple(text for node in self.all(*path) if (text := node.text.strip()))

    def first(self, *path: str) -> str:
        """The first of these texts; empty where there is none."""
        return next(iter(self.texts(*path)), "")


def records_of(path: Path, names: Collection[str]) -> Iterator[tuple[int, Node]]:
    """The elements of these names, in their order, counted from 1.

    Raises:
        ListRefused: the file is not XML that we take.
    """
    builder = _Builder(names)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            builder.feed(chunk)
            yield from builder.finished()
        builder.feed(b"", last=True)
    yield from builder.finished()


def root_of(path: Path) -> str:
    """The name of the outermost element.

    Raises:
        ListRefused: the file is not XML that we take.
    """
    builder = _Builder(())
    with path.open("rb") as file:
        while not builder.root and (chunk := file.read(CHUNK)):
            builder.feed(chunk)
    return builder.root


class _Builder:
    def __init__(self, names: Collection[str]) -> None:
        self.root = ""
        self._names = names
        self._open: list[Node] = []
        self._finished: list[tuple[int, Node]] = []
        self._count = self._depth = self._elements = self._length = 0
        self._parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._document_type
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise ListRefused(_not_well_formed(error)) from error

    def finished(self) -> Iterator[tuple[int, Node]]:
        finished, self._finished = self._finished, []
        yield from finished

    def _document_type(self, *_of: object) -> None:
        raise ListRefused(
            _("The file declares a document type. Lists have none, and it could hide an attack: refused.")
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        self.root = self.root or name
        self._depth += 1
        if self._depth > DEEPEST:
            raise ListRefused(_too_large(self._count + 1))
        if self._open or name in self._names:
            self._grow(1, sum(map(len, attributes.values())))
            self._push(Node(name, {key.rpartition(" ")[2]: value for key, value in attributes.items()}))

    def _push(self, node: Node) -> None:
        if self._open:
            self._open[-1].children.append(node)
        self._open.append(node)

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        node = self._open.pop()
        if not self._open:
            self._count += 1
            self._finished.append((self._count, node))
            self._elements = self._length = 0

    def _text(self, text: str) -> None:
        if self._open:
            self._grow(0, len(text))
            self._open[-1].text += text

    def _grow(self, elements: int, length: int) -> None:
        self._elements += elements
        self._length += length
        if self._elements > MOST_ELEMENTS or self._length > MOST_TEXT:
            raise ListRefused(_too_large(self._count + 1))


def _not_well_formed(error: expat.ExpatError) -> str:
    text = _(
        "The file is not well-formed XML at line %(line)d, column %(column)d. Download it again; it may be cut off."
    )
    return text % {"line": error.lineno, "column": error.offset + 1}


def _too_large(record: int) -> str:
    return _("Entry %(entry)d is larger than an entry of a list can be.") % {"entry": record}
