"""`echt proofs inspect`: what a folder or a file is, in words."""

from argparse import Namespace
from pathlib import Path

from echt.site.commands.proofs.asking import refusing
from echt.site.words import Commands, Shared


def add(verbs: Commands, shared: Shared) -> None:
    verb = verbs.add_parser("inspect", parents=[shared], help="say in words what a folder or file is")
    verb.add_argument("path", type=Path, metavar="DIR|FILE")
    verb.set_defaults(run=run)


@refusing
def run(arguments: Namespace) -> int:
    from echt.proofs.engine import inspect

    lines = inspect.of_folder(arguments.path) if arguments.path.is_dir() else inspect.of_file(arguments.path)
    print("\n".join(lines))
    return 0
