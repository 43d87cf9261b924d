"""`echt proofs export`: proof files in another exchange's format, for tools that people already have."""

import sys
from argparse import Namespace
from pathlib import Path

from echt.site.commands.proofs.asking import refusing
from echt.site.words import Commands, Shared


def add(verbs: Commands, shared: Shared) -> None:
    verb = verbs.add_parser("export", parents=[shared], help="write proof files in another exchange's format")
    verb.add_argument("folder", type=Path, metavar="DIR", help="what `echt proofs build` made")
    verb.add_argument("--format", choices=("mexc",), required=True, help="the other format")
    verb.add_argument(
        "--out", type=Path, required=True, metavar="DIR2", help="the folder to write to, a file a customer"
    )
    verb.add_argument("--account", metavar="ID", help="this customer's file alone")
    verb.add_argument(
        "--balances", type=Path, nargs="+", required=True, metavar="FILE", help="the balances that DIR was built from"
    )
    verb.set_defaults(run=run)


@refusing
def run(arguments: Namespace) -> int:
    from echt.proofs.balances_again import balances_of, statement_of
    from echt.proofs.mexc_export import check_columns, export_mexc

    statement = statement_of(arguments.folder)
    check_columns(statement.config.columns)
    written = export_mexc(
        statement.config.columns,
        balances_of(statement, arguments.balances),
        snapshot=statement.config.snapshot,
        out=arguments.out,
        only=arguments.account,
        say=lambda sentence: print(sentence, file=sys.stderr),
    )
    print(f"{written} {'file' if written == 1 else 'files'} in {arguments.out}: each for its customer alone.")
    return 0
