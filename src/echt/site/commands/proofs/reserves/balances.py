"""`echt proofs reserves balances`: the list beside the chains."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from echt.site.commands.proofs.reserves import lists

if TYPE_CHECKING:
    from echt.proofs.reserves.addresses import AddressList
    from echt.proofs.reserves.balances import Balances, Compared

HOLDS, DOES_NOT, OPEN = 0, 1, 3


def add_arguments(task: ArgumentParser) -> None:
    task.add_argument("--node", action="append", default=[], metavar="NETWORK=URL", help="a node to ask")
    task.add_argument(
        "--node-secret", action="append", default=[], metavar="NETWORK=FILE", help="a file with name:password"
    )
    task.add_argument(
        "--token", action="append", default=[], metavar="ASSET@NETWORK=ADDRESS", help="a token's contract"
    )
    task.add_argument("--balances", type=Path, metavar="FILE", help="balances that were read elsewhere, as such a list")
    task.add_argument("--height", type=int, metavar="N", help="the block to ask for, instead of the list's")
    task.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS", help="for one answer (60)")
    task.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: Namespace) -> int:
    """Every balance beside what a node or another file says."""
    from echt.proofs.reserves.balances import Agreement, compare
    from echt.proofs.reserves.units import WELL_KNOWN

    addresses, decimals = lists.read(arguments), WELL_KNOWN | lists.decimals_given(arguments)
    rows = list(compare(addresses, _sources(arguments, addresses, decimals), decimals))
    if arguments.json:
        print(json.dumps([_compared_json(row) for row in rows], indent=2, ensure_ascii=False))
    else:
        for row in rows:
            print(_compared_line(row, decimals))
    found = {row.agreement for row in rows}
    if Agreement.MORE in found:
        return DOES_NOT
    return HOLDS if found <= {Agreement.EQUAL, Agreement.LESS} else OPEN


def _sources(arguments: Namespace, addresses: "AddressList", decimals: dict[str, int]) -> "dict[str, Balances]":
    from echt.proofs.reserves.addresses import read_list
    from echt.proofs.reserves.balances import ListedBalances

    sources: dict[str, Balances] = {}
    if arguments.balances is not None:
        listed = ListedBalances(read_list(arguments.balances.read_bytes(), str(arguments.balances)), decimals)
        sources = {entry.network: listed for entry in addresses.entries}
    return sources | _nodes(arguments)


def _nodes(arguments: Namespace) -> "dict[str, Balances]":
    from echt.proofs.refusals import Refused
    from echt.proofs.reserves.nodes import source_of
    from echt.proofs.reserves.signatures.networks import network
    from echt.site.json_rpc import JsonRpc

    secrets = {name: Path(file).read_text() for name, file in lists.pairs(arguments.node_secret)}
    found: dict[str, Balances] = {}
    for name, url in lists.pairs(arguments.node):
        place = network(name)
        transport = JsonRpc(url, secret=secrets.get(name), seconds=arguments.timeout)
        source = source_of(transport, place, _tokens(arguments, place.name), arguments.height) if place else None
        if place is None or source is None:
            raise Refused(f"We know no questions for nodes of {name!r}.")
        found[place.name] = source
    return found


def _tokens(arguments: Namespace, place: str) -> dict[str, str]:
    """Contracts of one network, by asset."""
    from echt.proofs.reserves.signatures.networks import network

    found = {}
    for name, contract in lists.pairs(arguments.token):
        asset, _, where = name.partition("@")
        known = network(where)
        if known is not None and known.name == place:
            found[asset] = contract
    return found


def _compared_line(row: "Compared", decimals: dict[str, int]) -> str:
    from echt.proofs.reserves.units import shown

    entry = row.entry
    listed = shown(entry.asset, entry.amount, decimals)
    head = f"{row.agreement:<19} {entry.asset} on {entry.network}  {entry.address}  list {listed}"
    if row.found is None:
        return f"{head}  {row.why}"
    at = "" if row.height is None else f" at {row.height}"
    wanted = "" if entry.height is None or entry.height == row.height else f" (the list's is at {entry.height})"
    return f"{head}  chain {shown(entry.asset, row.found, decimals)}{at}{wanted}"


def _compared_json(row: "Compared") -> dict[str, object]:
    return {
        "asset": row.entry.asset,
        "network": row.entry.network,
        "address": row.entry.address,
        "height": row.entry.height,
        "amount": str(row.entry.amount),
        "agreement": row.agreement.name.lower(),
        "found": None if row.found is None else str(row.found),
        "found_height": row.height,
        "why": row.why,
    }
