"""`echt proofs`: build the tree, prove, verify, look in.

One module a verb, light to import: what is heavy is imported when the verb runs.

Exit codes: 0, 1 where the answer is no, 2 where the input cannot be used, 3 where a proof is consistent and no more.
"""

import importlib

from echt.site.words import Commands, Shared

VERBS: tuple[str, ...] = (
    "build",
    "prove",
    "verify",
    "inspect",
    "export",
    "reserves",
    "keygen",
    "log",
    "verifier",
    "bench",
)
"""The modules of this package, in the order of the help."""


def add(commands: Commands, shared: Shared) -> None:
    proofs = commands.add_parser("proofs", help="proof of reserves: build, prove, verify")
    verbs = proofs.add_subparsers(required=True, metavar="VERB")
    for name in VERBS:
        importlib.import_module(f"{__name__}.{name}").add(verbs, shared)
