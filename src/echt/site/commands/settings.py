"""`echt settings`: every setting, what it means, and which value counts."""

import sys
from argparse import Namespace

from echt.site.catalogue import as_markdown, as_text
from echt.site.config import Settings
from echt.site.words import Commands, Shared


def add(commands: Commands, shared: Shared) -> None:
    command = commands.add_parser("settings", parents=[shared], help="print all settings with their meaning")
    command.add_argument("--markdown", action="store_true", help="as the page of the documentation, with defaults")
    command.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    sys.stdout.write(as_markdown() if arguments.markdown else as_text(Settings()))
    return 0
