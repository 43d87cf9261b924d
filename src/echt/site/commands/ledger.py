"""`echt ledger`: bring the history of accounts in, and look whether the ledger is whole."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from echt.site.words import Commands, Shared

if TYPE_CHECKING:
    from echt.wallets.importing.checking import Found

A_STEP = 10_000
"""Lines between two words about how far it is."""


def add(commands: Commands, shared: Shared) -> None:
    ledger = commands.add_parser("ledger", help="accounts, balances and holds").add_subparsers(
        required=True, metavar="VERB"
    )
    bring = ledger.add_parser("import", parents=[shared], help="take over the history of accounts from a CSV file")
    bring.add_argument("file", type=Path, metavar="FILE", help="its columns are described in docs/wallets.md")
    bring.add_argument("--dry-run", action="store_true", help="check the file and say what it holds; take nothing")
    bring.set_defaults(run=import_)
    check = ledger.add_parser("verify", parents=[shared], help="check every transfer, balance and hold")
    check.set_defaults(run=verify)


def import_(arguments: Namespace) -> int:
    import django

    django.setup()
    from echt import clock
    from echt.holds.import_holds import held_since
    from echt.wallets.importing.checking import check
    from echt.wallets.importing.taking import Interrupted, take

    now = clock.now()
    since, path = held_since(now), arguments.file
    try:
        found = check(path, now=now, held_since=since, report=_complain, tell=_Progress("checked"))
    except OSError as error:
        print(f"The file cannot be read: {error.strerror}.", file=sys.stderr)
        return 1
    if found.problems:
        print("Nothing was taken. Problems:", found.problems, file=sys.stderr)
        return 1
    _tell(found)
    if arguments.dry_run:
        print("The file can be taken. Nothing was taken.")
        return 0
    try:
        new = take(path, found, now=now, held_since=since, tell=_Progress("taken"))
    except Interrupted as interrupted:
        print(interrupted, "Mend it and run the command again: what was taken stays.", file=sys.stderr)
        return 1
    print(f"Taken: {new} lines.")
    return 0


def verify(_arguments: Namespace) -> int:
    import django

    django.setup()
    from echt.holds.integrity import verify as check

    report = check(tell=lambda fault: print(fault, file=sys.stderr))
    if report.faults:
        print(f"The ledger does not hold: {report.faults} faults.", file=sys.stderr)
        return 1
    print(
        f"The ledger is whole: {report.transfers} transfers, {report.postings} postings, {report.balances} balances, "
        f"{report.holds} holds."
    )
    return 0


def _complain(problem: object) -> None:
    print(problem, file=sys.stderr)


class _Progress:
    """Says now and then how many lines are done."""

    def __init__(self, word: str) -> None:
        self.word, self.told = word, 0

    def __call__(self, done: int) -> None:
        if done // A_STEP > self.told:
            self.told = done // A_STEP
            print(f"{self.told * A_STEP} lines {self.word}", file=sys.stderr)


def _tell(found: "Found") -> None:
    from echt.wallets.amounts import as_text
    from echt.wallets.models import Asset

    print(f"{found.rows} lines of {found.accounts} accounts; {found.known} of them were taken before.")
    for asset in Asset.objects.filter(code__in={*found.came, *found.went}):
        came, went = (as_text(sums.get(asset.code, 0), asset.decimals) for sums in (found.came, found.went))
        print(f"{asset.code}: {came} came in, {went} went out.")
