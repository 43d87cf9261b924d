"""`echt proofs prove`: one customer's proof file."""

import json
import sys
from argparse import Namespace
from pathlib import Path

from echt.site.commands.proofs.asking import refusing, say_first_use
from echt.site.words import Commands, Shared


def add(verbs: Commands, shared: Shared) -> None:
    verb = verbs.add_parser("prove", parents=[shared], help="make one customer's proof file")
    verb.add_argument("folder", type=Path, metavar="DIR", help="what `echt proofs build` made")
    verb.add_argument("--account", required=True, metavar="ID", help="the customer's account number")
    verb.add_argument(
        "--out", type=Path, metavar="FILE", help="the file to write (default: private-proof-ID.json; - prints)"
    )
    verb.add_argument("--master-key", type=Path, metavar="FILE", help="the key of the build (default: the one in DIR)")
    verb.set_defaults(run=run)


@refusing
def run(arguments: Namespace) -> int:
    say_first_use()
    from echt.proofs.engine import master_key, prove
    from echt.proofs.engine.folder import Folder, write_private
    from echt.proofs.refusals import Refused

    path = arguments.out or Path(f"private-proof-{_safe(arguments.account)}.json")
    if path.is_dir():
        raise Refused(f"{path} is a folder. Name a file with --out.")
    key = master_key.read(arguments.master_key or Folder(arguments.folder).master_key)
    try:
        proof = prove.opened(arguments.folder, key).proof(arguments.account)
    except prove.NotIncluded:
        print(f"The account {arguments.account!r} is not in this snapshot.", file=sys.stderr)
        return 1
    text = json.dumps(proof, ensure_ascii=False, separators=(",", ":"))
    if arguments.out == Path("-"):
        print(text)
        return 0
    write_private(path, text.encode() + b"\n")
    print(f"{path}: for this customer alone, it shows the balance.")
    return 0


def _safe(account: str) -> str:
    """The account as a part of a file's name."""
    return "".join(character if character.isalnum() or character in "-_" else "_" for character in account)
