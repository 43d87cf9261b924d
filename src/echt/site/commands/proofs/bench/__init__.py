"""`echt proofs bench`: how fast this machine builds, against what its hashing can do, measured in the same run."""

import shutil
import tempfile
from argparse import Namespace
from pathlib import Path

from echt.site.commands.proofs.asking import refusing, say_first_use
from echt.site.words import Commands, Shared

MILLION = 1_000_000
MOST_MILLIONS, MOST_COLUMNS, MOST_PIECES = 10_000, 1000, 16


def add(verbs: Commands, shared: Shared) -> None:
    verb = verbs.add_parser("bench", parents=[shared], help="measure this machine: accounts and compressions a second")
    verb.add_argument("--accounts", type=float, default=1.0, metavar="MILLIONS", help="made-up accounts (default: 1)")
    verb.add_argument("--columns", type=int, default=4, metavar="N", help="assets (default: 4)")
    verb.add_argument("--pieces", type=int, default=1, metavar="K", help="leaves of each account (default: 1)")
    verb.add_argument("--workers", type=int, metavar="N", help="threads (default: some for each core)")
    verb.add_argument(
        "--folder", type=Path, metavar="DIR", help="where to work (default: the system's temporary folder)"
    )
    verb.set_defaults(run=run)


@refusing
def run(arguments: Namespace) -> int:
    say_first_use()
    from echt.proofs.refusals import Refused
    from echt.site.commands.proofs.bar import Bar
    from echt.site.commands.proofs.bench.figures import measured

    if not 0 < arguments.accounts <= MOST_MILLIONS:
        raise Refused(f"bench takes up to {MOST_MILLIONS} million accounts.")
    if not (1 <= arguments.columns <= MOST_COLUMNS and 1 <= arguments.pieces <= MOST_PIECES):
        raise Refused(f"bench takes 1 to {MOST_COLUMNS} columns and 1 to {MOST_PIECES} pieces.")
    folder = Path(tempfile.mkdtemp(prefix="echt-bench-", dir=arguments.folder))
    try:
        with Bar() as bar:
            accounts = max(1, round(arguments.accounts * MILLION))
            figures = measured(accounts, arguments.columns, arguments.pieces, folder, bar, workers=arguments.workers)
    finally:
        shutil.rmtree(folder)
    print("\n".join(figures.lines()))
    return 0
