"""How long functions and files are: `python -m tools.sizes`.

A function counts from its `def` to its last line, a file all of its lines. Migrations are left out.
"""

import ast
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.repository import ROOT, files

LONGEST_SHOWN = 5


@dataclass(frozen=True)
class Measured:
    """A function or a file, with its number of lines."""

    name: str
    lines: int

    def __str__(self) -> str:
        return f"{self.lines:4} {self.name}"

    @staticmethod
    def median(of: Sequence["Measured"]) -> float:
        return statistics.median(one.lines for one in of)

    @staticmethod
    def p90(of: Sequence["Measured"]) -> float:
        return statistics.quantiles([one.lines for one in of], n=10, method="inclusive")[-1]


@dataclass(frozen=True)
class Sizes:
    files: list[Measured]
    functions: list[Measured]


def main() -> None:
    for part in ("src", "tests", "tools"):
        sizes = measure(path for path in files() if path.is_relative_to(ROOT / part) and path.suffix == ".py")
        for kind, measured in (("files", sizes.files), ("functions", sizes.functions)):
            print(f"{part:6} {kind:10} {_summary(measured)}")
            if part == "src":
                print(*sorted(measured, key=lambda one: -one.lines)[:LONGEST_SHOWN], sep="\n")


def measure(paths: Iterable[Path]) -> Sizes:
    """The files that hold anything, and the functions in them."""
    sizes = Sizes([], [])
    for path in paths:
        source = path.read_text()
        if source and "migrations" not in path.parts:
            name = path.relative_to(ROOT).as_posix()
            sizes.files.append(Measured(name, source.count("\n")))
            sizes.functions.extend(_functions(name, ast.parse(source)))
    return sizes


def _functions(name: str, tree: ast.Module) -> Iterator[Measured]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Measured(f"{name}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)


def _summary(measured: Sequence[Measured]) -> str:
    longest = max(one.lines for one in measured)
    return f"{len(measured):5}  median {Measured.median(measured):g}  p90 {Measured.p90(measured):g}  max {longest}"


if __name__ == "__main__":
    main()
