"""`echt-verify.py`: all of `verify` as one file that anybody can read and run, with nothing but Python.

1. It is the modules' own text, one below the other, each below its name; nothing is packed, coded or generated.
2. Imports from the standard library stand together at the top; what modules import from each other is there anyway.
3. A top-level name exists once in the whole file, and none hides a builtin, so that no module can change another's
   meaning. Where that does not hold, there is no file.
4. The same modules give the same bytes.

What this asks of the modules is written in `verify/formats/__init__.py`.
"""

import ast
import builtins
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from textwrap import fill

from echt import __version__

PACKAGE = "echt.proofs.verify"
FOLDER = Path(__file__).parent / "verify"
START = f"{PACKAGE}.command"
RULE = "# " + "=" * 78
WIDTH, NAME_WIDTH = 118, 21

HEAD = """#!/usr/bin/env python3
\"\"\"Verify a proof that your balance is in what an exchange says it owes.

    python3 echt-verify.py FILE --statement STATEMENT --operator-key KEY
    python3 echt-verify.py --help

It reads proof files of the format echt/1 and of other exchanges. It needs Python 3.9 or later and nothing else, opens
no connection, and writes nothing but its answer. Exit codes: 0 verified, 1 not verified, 2 cannot read, 3 consistent
only.

Part of echt {version}, Apache License 2.0. These are the modules of its package echt.proofs.verify, joined:

{contents}
\"\"\"

from __future__ import annotations

{imports}
"""

FOOT = """

if __name__ == "__main__":
    sys.exit(main())
"""


class NotJoinable(Exception):
    """Modules cannot stand in one file; the text says which and why."""


@dataclass(frozen=True)
class Module:
    """A module of the package."""

    name: str

    @cached_property
    def source(self) -> str:
        path = FOLDER.joinpath(*self.name.removeprefix(PACKAGE).strip(".").split("."))
        return (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @property
    def about(self) -> list[str]:
        return (ast.get_docstring(self.tree) or "").splitlines()

    @cached_property
    def imports(self) -> list[ast.Import | ast.ImportFrom]:
        return [one for one in self.tree.body if isinstance(one, ast.Import | ast.ImportFrom)]

    @cached_property
    def definitions(self) -> list[ast.stmt]:
        return [one for one in self.tree.body[1:] if one not in self.imports]

    @property
    def needed(self) -> list[str]:
        """The modules of the package that it imports from."""
        return [str(one.module) for one in self.imports if _is_ours(one) and isinstance(one, ast.ImportFrom)]

    @property
    def section(self) -> str:
        """What stands in the file: docstring as a comment, then everything below the imports, as it is."""
        above = max((one.end_lineno or 0 for one in self.tree.body if one not in self.definitions), default=0)
        if any(one.lineno < above and not _is_text(one) for one in self.definitions):
            raise NotJoinable(f"{self.name} imports something below its first definition.")
        about = [f"# {line}".rstrip() for line in self.about]
        body = "\n".join(self.source.splitlines()[above:]).strip("\n")
        return "\n".join(["", "", RULE, f"# {self.name}", "#", *about, RULE, "", body, ""])


def build() -> str:
    """The text of the file.

    Raises:
        NotJoinable: rule 3, or one of the rules for modules.
    """
    modules = in_order()
    _refuse_clashes(modules)
    head = HEAD.format(
        version=__version__,
        contents="\n".join(map(_contents_line, modules)),
        imports="\n".join(_library_imports(modules)),
    )
    return head + "".join(one.section for one in modules) + FOOT


def in_order() -> list[Module]:
    """The modules that the command needs, each below those that it needs itself; other exchanges' formats come late."""
    found: dict[str, Module] = {}
    _follow(START, (), found)
    return list(found.values())


def _follow(name: str, above: tuple[str, ...], found: dict[str, Module]) -> None:
    if name in above:
        raise NotJoinable(f"{name} imports itself by way of {above[-1]}.")
    if name in found:
        return
    module = Module(name)
    for other in sorted(module.needed, key=lambda needed: "formats" in needed):
        _follow(other, (*above, name), found)
    found[name] = module


def _contents_line(module: Module) -> str:
    name = module.name.removeprefix(f"{PACKAGE}.").ljust(NAME_WIDTH)
    return fill(f"{name} {module.about[0]}", WIDTH, initial_indent=" " * 4, subsequent_indent=" " * (5 + NAME_WIDTH))


def _is_ours(one: ast.Import | ast.ImportFrom) -> bool:
    """Whether it is an import from another module of the package, which must be of single names under their own.

    Raises:
        NotJoinable: it is another kind of import from `echt`.
    """
    if isinstance(one, ast.ImportFrom) and one.level == 0 and str(one.module).startswith(f"{PACKAGE}."):
        if any(alias.asname for alias in one.names):
            raise NotJoinable(f"{ast.unparse(one)}: a name must stay the same in the whole file.")
        return True
    if "echt" in ast.unparse(one) or (isinstance(one, ast.ImportFrom) and one.level):
        raise NotJoinable(f"{ast.unparse(one)}: only names out of single modules of {PACKAGE} can be joined.")
    return False


def _library_imports(modules: Iterable[Module]) -> Iterator[str]:
    """Rule 2: whole modules first, then names out of modules."""
    whole: set[str] = set()
    names: dict[str | None, set[str]] = defaultdict(set)
    for one in _from_the_library(modules):
        if isinstance(one, ast.Import):
            whole.update(map(ast.unparse, one.names))
        elif one.module != "__future__":
            names[one.module].update(map(ast.unparse, one.names))
    yield from (f"import {name}" for name in sorted(whole))
    for module in sorted(map(str, names)):
        yield f"from {module} import {', '.join(sorted(names[module]))}"


def _from_the_library(modules: Iterable[Module]) -> Iterator[ast.Import | ast.ImportFrom]:
    return (one for module in modules for one in module.imports if not _is_ours(one))


def _refuse_clashes(modules: Iterable[Module]) -> None:
    """Rule 3."""
    homes: dict[str, str] = dict.fromkeys(dir(builtins), "Python itself")
    for one in _from_the_library(modules):
        source = one.module if isinstance(one, ast.ImportFrom) else None
        for alias in one.names:
            _settle(homes, alias.asname or alias.name, f"{source or ''} {alias.name}")
    for module in modules:
        for name in (name for one in module.definitions for name in _names_of(module, one)):
            if name in homes:
                raise NotJoinable(f"{name} is defined in {module.name} and already in {homes[name]}.")
            homes[name] = module.name


def _settle(homes: dict[str, str], name: str, home: str) -> None:
    if homes.setdefault(name, home) != home:
        raise NotJoinable(f"{name} is imported from {home} and already from {homes[name]}.")


def _names_of(module: Module, one: ast.stmt) -> Iterator[str]:
    """The names that a definition gives to the whole file."""
    if isinstance(one, ast.ClassDef | ast.FunctionDef):
        yield one.name
    elif isinstance(one, ast.Assign | ast.AnnAssign):
        targets = one.targets if isinstance(one, ast.Assign) else [one.target]
        yield from (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))
    elif not _is_text(one):
        raise NotJoinable(f"{module.name}, line {one.lineno}: something runs here that defines nothing.")


def _is_text(one: ast.stmt) -> bool:
    return isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
