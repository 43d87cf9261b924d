"""`echt proofs keygen`: a key that signs statements and checkpoints, or a witness's key."""

import sys
from argparse import Namespace
from pathlib import Path

from echt.site.words import Commands, Shared


def add(verbs: Commands, shared: Shared) -> None:
    keygen = verbs.add_parser("keygen", parents=[shared], help="make a signing key and print its public key")
    keygen.add_argument("--name", required=True, help="the name in its signatures, e.g. por.example.org/log")
    keygen.add_argument("--out", type=Path, required=True, metavar="FILE", help="a new file for the private key")
    keygen.add_argument("--witness", action="store_true", help="a witness's key, which cosigns other people's logs")
    keygen.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    from echt.proofs import keys
    from echt.proofs.refusals import Refused

    purpose = keys.Purpose.COSIGNATURE if arguments.witness else keys.Purpose.NOTE
    try:
        signer = keys.generate(arguments.name, purpose)
        keys.write(signer, arguments.out)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename}: {error.strerror}.", file=sys.stderr)
        return 2
    print(signer.public)
    print(
        f"The private key is in {arguments.out}, for you alone. It can't be made again: keep a copy in a safe place. "
        "The line above is the public key: publish it.",
        file=sys.stderr,
    )
    return 0
