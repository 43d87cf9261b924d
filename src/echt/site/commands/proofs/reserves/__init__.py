"""`echt proofs reserves`: whose addresses these are, what is on them, and whether it is enough.

Exit codes: 0 everything holds, 1 something does not, 2 the input cannot be used, 3 nothing contradicts but something is
known from the list alone (owners of a contract, a network that we cannot check, a balance that no node told).
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from echt.site.commands.proofs.reserves import balances, hash, ratio, verify  # noqa: A004 - named for the task
from echt.site.words import Commands, Shared

CANNOT_READ = 2


def add(verbs: Commands, shared: Shared) -> None:
    reserves = verbs.add_parser("reserves", help="addresses: who controls them, what is on them, is it enough")
    tasks = reserves.add_subparsers(required=True, metavar="TASK")
    for module, name, words in (
        (verify, "verify", "check the signature of every address"),
        (balances, "balances", "compare the list with the chains"),
        (ratio, "ratio", "reserves over liabilities of a statement"),
        (hash, "hash", "the hash that a statement names as its reserves"),
    ):
        module.add_arguments(_task(tasks, shared, name, words, module.run))


def _task(tasks: Commands, shared: Shared, name: str, words: str, run: Callable[[Namespace], int]) -> ArgumentParser:
    task = tasks.add_parser(name, parents=[shared], help=words, description=words)
    task.add_argument("list", type=Path, metavar="LIST", help="the list of addresses (CSV)")
    task.add_argument("--format", choices=("echt", "okx"), default="echt", help="our own form, or OKX's published list")
    task.add_argument(
        "--decimals", default="", metavar="BTC=8,…", help="decimals of assets that are not generally known"
    )
    task.set_defaults(run=lambda arguments: _refusing(run, arguments))
    return task


def _refusing(run: Callable[[Namespace], int], arguments: Namespace) -> int:
    from echt.proofs.refusals import Refused

    try:
        return run(arguments)
    except (Refused, OSError) as error:
        print(error, file=sys.stderr)
        return CANNOT_READ
