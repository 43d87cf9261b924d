"""`echt proofs reserves hash`: what a statement names as its reserves."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from echt.site.commands.proofs.reserves import lists

HOLDS = 0


def add_arguments(task: ArgumentParser) -> None:
    task.add_argument("--write", type=Path, metavar="FILE", help="write the list in its one form, to be published")


def run(arguments: Namespace) -> int:
    """The hash, and the list in its one form."""
    addresses = lists.read(arguments)
    if arguments.write is not None:
        with arguments.write.open("xb") as file:
            file.write(addresses.canonical)
    print(addresses.hash)
    if arguments.write is None and arguments.list.read_bytes() != addresses.canonical:
        print(
            f"{arguments.list} is not in the one form, so its own SHA-256 differs; --write FILE writes it.",
            file=sys.stderr,
        )
    return HOLDS
