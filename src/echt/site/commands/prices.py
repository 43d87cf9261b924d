"""`echt prices`: what the sources of prices say, how old that is, and what counts."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from echt.site.words import Commands, Shared

if TYPE_CHECKING:
    from echt.wallets.prices.board import Line


def add(commands: Commands, shared: Shared) -> None:
    prices = commands.add_parser("prices", parents=[shared], help="print what sources of prices say, and the medians")
    prices.add_argument("--ask", action="store_true", help="ask the sources now, instead of showing what is stored")
    prices.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """0 if every active asset has a price."""
    import django

    django.setup()
    from echt.wallets.prices.board import board
    from echt.wallets.prices.refreshing import refresh
    from echt.wallets.prices.register import sources
    from echt.wallets.prices.sources import SourceFailed

    if arguments.ask:
        for name, answer in refresh(sources()).items():
            if isinstance(answer, SourceFailed):
                print(f"{name}: {answer}", file=sys.stderr)
    lines = board()
    for line in lines:
        print(*_told(line), sep="\n")
    return 0 if all(line.rate is not None for line in lines if line.asset.is_active) else 1


def _told(line: "Line") -> list[str]:
    from echt.wallets.prices.board import decimal

    rate = f"{decimal(line.rate.value)}  {line.age} s old, {line.rate.sources} sources" if line.rate else "no price"
    if line.is_reference:
        rate = "the reference currency"
    said = [f"    {it.source}  {decimal(it.value)}  {it.age} s old  {it.standing.value}" for it in line.said]
    return [f"{line.asset.code}  {rate}", *said]
