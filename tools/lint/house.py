"""All rules over all files."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.lint import code, files, markup
from tools.lint.rules import Finding, Place, Rule

RULES: list[Rule] = [*code.RULES, *markup.RULES, *files.RULES]


def findings(paths: Iterable[Path], root: Path) -> Iterator[Finding]:
    """What the files break; a file that is not text has nothing to break."""
    for path in paths:
        try:
            source = path.read_text()
        except UnicodeDecodeError:
            continue
        yield from findings_in(Place(path.relative_to(root).as_posix()), source)


def findings_in(place: Place, source: str) -> Iterator[Finding]:
    for rule in RULES:
        yield from rule.findings(place, source)
