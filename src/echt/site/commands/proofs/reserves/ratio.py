"""`echt proofs reserves ratio`: reserves over liabilities."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from echt.site.commands.proofs.reserves import lists

if TYPE_CHECKING:
    from echt.proofs.reserves.addresses import AddressList
    from echt.proofs.reserves.liabilities import Liabilities
    from echt.proofs.reserves.ratio import Cover

HOLDS, DOES_NOT, OPEN = 0, 1, 3


def add_arguments(task: ArgumentParser) -> None:
    task.add_argument("statement", type=Path, metavar="STATEMENT", help="the statement of what is owed")
    task.add_argument("--operator-key", metavar="KEY", help="the key that must have signed the statement")
    task.add_argument("--places", type=int, choices=range(13), default=2, metavar="N", help="decimals of a percentage")
    task.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: Namespace) -> int:
    """Reserves over liabilities, asset by asset."""
    from echt.proofs.reserves.ratio import covers

    addresses, liabilities = lists.read(arguments), lists.liabilities_of(arguments)
    found = covers(liabilities.columns, liabilities.totals, addresses.totals())
    belongs = liabilities.reserves == addresses.hash
    if arguments.json:
        print(json.dumps(_ratio_json(addresses, liabilities, found, arguments.places), indent=2, ensure_ascii=False))
    else:
        _print_ratio(addresses, liabilities, found, arguments)
    if not all(cover.is_enough for cover in found) or (liabilities.reserves is not None and not belongs):
        return DOES_NOT
    return HOLDS if belongs and arguments.operator_key else OPEN


def _print_ratio(
    addresses: "AddressList", liabilities: "Liabilities", found: "tuple[Cover, ...]", arguments: Namespace
) -> None:
    from echt.proofs.reserves.units import shown

    print(f"Snapshot {liabilities.snapshot} of {liabilities.operator}, taken at {liabilities.taken_at}")
    for cover in found:
        amounts = [shown(cover.asset, amount, liabilities.decimals) for amount in (cover.reserves, cover.liabilities)]
        print(f"{cover.asset}: reserves {amounts[0]}, owed {amounts[1]}: {_cover_words(cover, arguments.places)}")
        if cover.debt:
            print(f"  Customers owe {shown(cover.asset, cover.debt, liabilities.decimals)}; it is not taken off.")
    print(_belonging(addresses, liabilities))
    if arguments.operator_key is None:
        print("The statement's signature was not checked (--operator-key).")


def _cover_words(cover: "Cover", places: int) -> str:
    share = cover.percent(places)
    if share is None:
        return "nothing is owed" if cover.is_counted else "not an asset of the statement"
    return f"{share} %" if cover.is_enough else f"{share} %, not enough"


def _belonging(addresses: "AddressList", liabilities: "Liabilities") -> str:
    if liabilities.reserves is None:
        return "The statement names no list of reserves, so this list may be of another day."
    if liabilities.reserves != addresses.hash:
        return (
            f"This is not the list that the statement names: {liabilities.reserves}, but its hash is {addresses.hash}."
        )
    return f"This is the list that the statement names: {addresses.hash}."


def _ratio_json(
    addresses: "AddressList", liabilities: "Liabilities", found: "tuple[Cover, ...]", places: int
) -> dict[str, object]:
    return {
        "snapshot": liabilities.snapshot,
        "taken_at": liabilities.taken_at,
        "hash": addresses.hash,
        "list_named": None if liabilities.reserves is None else liabilities.reserves == addresses.hash,
        "assets": [
            {
                "asset": cover.asset,
                "decimals": liabilities.decimals.get(cover.asset),
                "reserves": str(cover.reserves),
                "liabilities": str(cover.liabilities),
                "debt": str(cover.debt),
                "percent": cover.percent(places),
                "enough": cover.is_enough,
            }
            for cover in found
        ],
    }
