"""`echt proofs reserves verify`: the signature of every address."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from echt.site.commands.proofs.reserves import lists

if TYPE_CHECKING:
    from echt.proofs.reserves.addresses import AddressList
    from echt.proofs.reserves.liabilities import Liabilities
    from echt.proofs.reserves.verification import Examination, Expectation


def add_arguments(task: ArgumentParser) -> None:
    task.add_argument("--message", metavar="TEXT", help="what every message must be, exactly")
    task.add_argument("--snapshot", metavar="ID", help="what every message must contain")
    task.add_argument("--statement", type=Path, metavar="FILE", help="its snapshot and date must be in every message")
    task.add_argument("--operator-key", metavar="KEY", help="the key that must have signed the statement")
    task.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: Namespace) -> int:
    """Every signature, every message, and the sums."""
    from echt.proofs.reserves.verification import examine

    expectation, liabilities = _expectation(arguments)
    addresses = lists.read(arguments)
    examination = examine(addresses, expectation)
    decimals = lists.decimals_given(arguments) | (liabilities.decimals if liabilities else {})
    if arguments.json:
        print(json.dumps(_examination_json(addresses, examination, decimals), indent=2, ensure_ascii=False))
    else:
        _print_examination(addresses, examination, decimals)
    return int(examination.verdict)


def _expectation(arguments: Namespace) -> "tuple[Expectation, Liabilities | None]":
    from echt.proofs.reserves.verification import Expectation

    if arguments.statement is None:
        return Expectation(arguments.message, arguments.snapshot), None
    liabilities = lists.liabilities_of(arguments)
    snapshot = arguments.snapshot or liabilities.snapshot
    return Expectation(arguments.message, snapshot, liabilities.date), liabilities


def _print_examination(addresses: "AddressList", examination: "Examination", decimals: dict[str, int]) -> None:
    from echt.proofs.reserves.signatures import Control
    from echt.proofs.reserves.units import shown

    for remark in addresses.remarks:
        print(f"Note: {remark}")
    for examined in examination.addresses:
        entry, finding = examined.entry, examined.finding
        print(f"{finding.control:<9} {entry.asset} on {entry.network}  {entry.address}  {finding.text}")
        if examined.message_fault:
            print(f"{'message':<9} {examined.message_fault}")
    print()
    for asset, sums in examination.sums().items():
        parts = [f"{control} {shown(asset, sums[control], decimals)}" for control in Control if sums[control]]
        print(f"{asset}: {', '.join(parts) or 'nothing'}")
    counts = examination.counts()
    print(", ".join(f"{counts[control]} {control}" for control in Control if counts[control]))
    print(f"Hash of the list: {addresses.hash}")
    if not examination.expected:
        print("No message was expected (--message, --snapshot or --statement), so these signatures may be of any age.")


def _examination_json(
    addresses: "AddressList", examination: "Examination", decimals: dict[str, int]
) -> dict[str, object]:
    from echt.proofs.reserves.units import decimals_of

    return {
        "verdict": examination.verdict.name.lower(),
        "hash": addresses.hash,
        "message_expected": examination.expected,
        "remarks": list(addresses.remarks),
        "counts": examination.counts(),
        "sums": {
            asset: {"decimals": decimals_of(asset, decimals)} | {name: str(amount) for name, amount in sums.items()}
            for asset, sums in examination.sums().items()
        },
        "addresses": [
            {
                "asset": examined.entry.asset,
                "network": examined.entry.network,
                "address": examined.entry.address,
                "amount": str(examined.entry.amount),
                "control": examined.finding.control,
                "scheme": examined.finding.scheme,
                "code": examined.finding.why,
                "text": examined.finding.text,
                "message": examined.message_fault,
            }
            for examined in examination.addresses
        ],
    }
