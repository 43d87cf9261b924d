"""What the verbs share: sentences on the terminal, and the exit code of a refusal."""

import sys
from argparse import Namespace
from collections.abc import Callable
from functools import wraps

UNUSABLE = 2


def refusing(run: Callable[[Namespace], int]) -> Callable[[Namespace], int]:
    """A verb that says in one sentence why it cannot go on, and exits with 2; nothing was written then."""

    @wraps(run)
    def careful(arguments: Namespace) -> int:
        from echt.proofs.refusals import Refused

        try:
            return run(arguments)
        except Refused as refusal:
            print(refusal, file=sys.stderr)
        except OSError as error:
            print(f"{error.filename or 'The input'}: {error.strerror}.", file=sys.stderr)
        return UNUSABLE

    return careful


def say_first_use() -> None:
    """Why it takes longer this once."""
    from echt.proofs.kernel.compiled import is_first_use

    if is_first_use():
        print("First use here: compiling for this processor, up to half a minute.", file=sys.stderr, flush=True)
