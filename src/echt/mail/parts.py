"""What the body of a message is made of. HTML, text and page are all made from these parts, in the same order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from echt.mail.targets import Target


@dataclass(frozen=True)
class Paragraph:
    """Running text. `lead` stands before it in bold: the question that the paragraph answers."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Facts:
    """What happened, as pairs of label and value."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Button:
    """The one thing to do. Where it leads is written below it; `note` adds a sentence, such as how long it is valid."""

    label: str
    url: Target
    danger: bool = False
    note: str = ""


@dataclass(frozen=True)
class Link:
    """A further page, less urgent than a button."""

    label: str
    url: Target


@dataclass(frozen=True)
class OneTimeCode:
    """A code to type in, big. It is never the anti-phishing code."""

    code: str


@dataclass(frozen=True)
class Note:
    """A remark, smaller than the text."""

    text: str


Part = Paragraph | Facts | Button | Link | OneTimeCode | Note


def targets_of(parts: Iterable[Part]) -> list[Target]:
    """Where the parts lead, in their order."""
    return [part.url for part in parts if isinstance(part, Button | Link)]
