"""The `echt` command. Each of its commands is a module of `commands`; this one only finds out which.

Every command takes `--data`: the folder that a whole installation lives in. Files that a command makes are for its own
user only.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from echt.site.commands import asked_for

if TYPE_CHECKING:
    from pydantic import ValidationError


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that was asked for; the exit code is 0, or 1 where the answer is no."""
    words = sys.argv[1:] if argv is None else argv
    arguments = parser(words[0] if words else None).parse_args(words)
    os.umask(0o077)
    if arguments.data is not None:
        os.environ["ECHT_DATA"] = str(arguments.data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "echt.site.settings")
    try:
        return int(arguments.run(arguments))
    except KeyboardInterrupt:
        return 130
    except ValueError as error:
        from pydantic import ValidationError

        if not isinstance(error, ValidationError):
            raise
        return _refuse_settings(error)


def parser(word: str | None = None) -> argparse.ArgumentParser:
    """What can be asked, with its help; where the word is a command, that command alone."""
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument("--data", type=Path, metavar="DIR", help="the data folder (ECHT_DATA, else ./var)")
    whole = argparse.ArgumentParser(prog="echt", description="The trust platform of a digital-asset exchange.")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    for command in asked_for(word):
        command.add(commands, data)
    return whole


def _refuse_settings(error: "ValidationError") -> int:
    """One line for each setting that cannot be used, by the name that the operator knows."""
    for wrong in error.errors():
        name = "_".join(["ECHT", *map(str, wrong["loc"])]).upper()
        print(f"{name}: {wrong['msg']}. `echt settings` says what it means.", file=sys.stderr)
    return 1
