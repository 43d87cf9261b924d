"""`echt proofs build`: from balances to a folder with the tree, its statement, and what is needed to prove."""

import argparse
import re
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from echt import clock
from echt.site.commands.proofs.asking import refusing, say_first_use
from echt.site.words import Commands, Shared

if TYPE_CHECKING:
    from echt.proofs.engine.build import Built, Engine
    from echt.proofs.input import Source
    from echt.proofs.keys import Signer

TIME = "%Y-%m-%dT%H:%M:%SZ"
UNNAMED = "unnamed operator"
MOST_PIECES, MOST_CORES = 16, 1024


def add(verbs: Commands, shared: Shared) -> None:
    verb = verbs.add_parser("build", parents=[shared], help="build the tree of all balances and its statement")
    verb.add_argument(
        "balances", type=Path, nargs="+", metavar="BALANCES", help="Parquet or CSV files, or a folder of them"
    )
    verb.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="the folder to make; it must not be there yet"
    )
    verb.add_argument(
        "--decimals", type=_decimals, default={}, metavar="BTC=8,...", help="decimals of assets (default: 0)"
    )
    verb.add_argument("--debt", type=_names, default=[], metavar="COLUMN,...", help="columns of what customers owe")
    verb.add_argument("--engine", choices=("local", "spark"), default="local", help="where to compute (default: local)")
    verb.add_argument("--workers", type=_count, metavar="N", help="threads (default: some for each core)")
    verb.add_argument("--pieces", type=_pieces, default=2, metavar="K", help="leaves of each account (default: 2)")
    verb.add_argument("--snapshot", type=_snapshot, metavar="ID", help="name of the snapshot (default: its time)")
    verb.add_argument(
        "--taken-at", type=_time, metavar="T", help="moment of the balances, RFC 3339 in UTC (default: now)"
    )
    verb.add_argument(
        "--master-key", type=Path, metavar="FILE", help="secret that ids come from (default: made in DIR)"
    )
    verb.add_argument("--signing-key", type=Path, metavar="FILE", help="key that signs (echt proofs keygen)")
    verb.add_argument("--operator", metavar="NAME", help="who owes it (default: name of the signing key)")
    verb.add_argument("--previous", type=Path, metavar="STATEMENT", help="the statement before this one")
    verb.add_argument("--reserves", type=Path, metavar="LIST", help="published list of reserves (echt proofs reserves)")
    verb.add_argument(
        "--log", type=Path, metavar="LOGDIR", help="log to append the statement to; it needs --signing-key"
    )
    verb.set_defaults(run=run)


@refusing
def run(arguments: Namespace) -> int:
    say_first_use()
    from echt.proofs import keys, statements
    from echt.proofs.engine import master_key
    from echt.proofs.engine.build import Order, build
    from echt.proofs.input import open_source
    from echt.proofs.refusals import Refused
    from echt.site.commands.proofs.bar import Bar

    if arguments.log and not arguments.signing_key:
        raise Refused("--log needs --signing-key: the log's head is signed by the operator.")
    taken_at = arguments.taken_at or clock.now().strftime(TIME)
    signer = keys.read(arguments.signing_key) if arguments.signing_key else None
    source = open_source(arguments.balances, decimals=arguments.decimals, debt=arguments.debt)
    _say_columns(source, arguments)
    order = Order(
        snapshot=arguments.snapshot,
        taken_at=taken_at,
        operator=arguments.operator or (signer.name if signer else UNNAMED),
        pieces=arguments.pieces,
        previous=statements.read(arguments.previous).hash if arguments.previous else None,
        reserves=_hash_of(arguments.reserves) if arguments.reserves else None,
        moment_given=arguments.taken_at is not None,
    )
    with Bar() as bar:
        built = build(
            source,
            arguments.out,
            order,
            given_key=master_key.read(arguments.master_key) if arguments.master_key else None,
            signer=signer,
            engine=_engine(arguments),
            progress=bar,
        )
    if arguments.log and signer:
        _append(built, arguments.log, signer)
    _say_result(built, arguments, signer)
    return 0


def _decimals(text: str) -> dict[str, int]:
    """`BTC=8,ETH=18`."""
    found: dict[str, int] = {}
    for part in filter(None, text.split(",")):
        asset, equals, number = part.partition("=")
        if not (equals and asset and number.isascii() and number.isdigit() and len(number) < 3 and asset not in found):  # noqa: PLR2004
            raise argparse.ArgumentTypeError(f"{part!r} is not an asset with its decimals once, as in BTC=8,ETH=18")
        found[asset] = int(number)
    return found


def _count(text: str) -> int:
    return _number(text, 1, MOST_CORES)


def _pieces(text: str) -> int:
    return _number(text, 1, MOST_PIECES)


def _number(text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least} to {most}")
    return int(text)


def _names(text: str) -> list[str]:
    return list(filter(None, text.split(",")))


def _snapshot(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._:-]{1,64}", text):
        raise argparse.ArgumentTypeError("a snapshot's name is 1 to 64 of the characters A-Z a-z 0-9 . _ : -")
    return text


def _time(text: str) -> str:
    try:
        return datetime.strptime(text, TIME).replace(tzinfo=UTC).strftime(TIME)
    except ValueError:
        raise argparse.ArgumentTypeError("a time looks like 2026-11-22T20:00:00Z, in UTC") from None


def _engine(arguments: Namespace) -> "Engine":
    if arguments.engine == "spark":
        from echt.proofs.engine.spark import SparkEngine

        return SparkEngine()
    from echt.proofs.engine.local import LocalEngine

    return LocalEngine(arguments.workers)


def _hash_of(path: Path) -> str:
    from echt.proofs.reserves.addresses import read_list

    return read_list(path.read_bytes(), str(path)).hash


def _say_columns(source: "Source", arguments: Namespace) -> None:
    """The norm: a column that `--decimals` does not name has none, and the command says so."""
    unnamed = [column.name for column in source.columns if column.asset not in arguments.decimals]
    if unnamed:
        print(f"Whole units, no decimals: {', '.join(unnamed)}. Name others with --decimals.")


def _append(built: "Built", log: Path, signer: "Signer") -> None:
    from echt.proofs.engine.publish import append_to_log

    index = append_to_log(built.folder, log, signer)
    print(f"Entry {index} of the log in {log}.")


def _say_result(built: "Built", arguments: Namespace, signer: "Signer | None") -> None:
    sizes = built.plan.sizes
    print(f"{built.accounts} accounts in a tree of height {sizes.prefix_bits + sizes.bucket_bits}: {built.folder.path}")
    for column, total in zip(built.plan.columns, built.totals, strict=True):
        print(f"  {column.name:<12} {column.shown(total)}")
    print(f"Root {built.root}")
    if signer is None:
        print(
            "The statement is not signed: it shows what you say to whoever knows the root from you. See --signing-key."
        )
    if arguments.master_key is None:
        print(f"The secret {built.folder.master_key} was made. Whoever has it and the folder can read every balance.")
