"""`echt proofs verifier`: the verifiers that customers download, each one file, and the list of their hashes."""

import argparse
import sys
from pathlib import Path

from echt.site.words import Commands, Shared


def add(verbs: Commands, shared: Shared) -> None:
    verb = verbs.add_parser(
        "verifier",
        parents=[shared],
        help="write the verifiers that customers download",
        description="Write echt-verify.py, echt-verify.html and SHA256SUMS, to be published next to the statements.",
    )
    verb.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write them to")
    verb.set_defaults(run=tools)


def tools(arguments: argparse.Namespace) -> int:
    from echt.proofs.refusals import Refused
    from echt.proofs.verifier_files import write_verifiers

    try:
        written = write_verifiers(arguments.out)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    print(*written, sep="\n")
    return 0
