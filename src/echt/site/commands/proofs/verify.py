"""`echt proofs verify`: a proof file of any known format; `echt.proofs.verify` does it, which anybody can run alone."""

from argparse import Namespace

from echt.proofs.verify import command
from echt.site.words import Commands, Shared


def add(verbs: Commands, shared: Shared) -> None:
    verb = verbs.add_parser(
        "verify",
        parents=[shared],
        help="verify a proof file, ours or another exchange's",
        description=command.DESCRIPTION,
        epilog=command.EXIT_CODES,
    )
    command.add_arguments(verb)
    verb.set_defaults(run=verify)


def verify(arguments: Namespace) -> int:
    return command.run(arguments)
