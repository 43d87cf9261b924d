"""`echt version`."""

from argparse import Namespace

from echt import __version__
from echt.site.words import Commands, Shared


def add(commands: Commands, shared: Shared) -> None:
    command = commands.add_parser("version", parents=[shared], help="say which version this is")
    command.set_defaults(run=version)


def version(_arguments: Namespace) -> int:
    print(__version__)
    return 0
