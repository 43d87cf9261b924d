"""`echt proofs log`: the public log of statements, for who keeps it, who witnesses it and who follows it.

Exit codes: 0, 1 where something does not hold, 2 where the input can't be used, 3 where all holds and no operator key
was given, so that it is nobody's word.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from echt.site.words import Commands, Shared

if TYPE_CHECKING:
    from echt.proofs.log.following import Brought
    from echt.proofs.verify.note import VerifierKey


LONGEST_KEY = 4096
WORDS = {True: "yes", False: "NO", None: "not checked"}


def add(verbs: Commands, shared: Shared) -> None:
    log = verbs.add_parser("log", help="the public log of statements: append, prove, follow, witness")
    does = log.add_subparsers(required=True, metavar="VERB")
    _add_append(does.add_parser("append", parents=[shared], help="append a statement and sign the new checkpoint"))
    _add_prove(does.add_parser("prove", parents=[shared], help="print the part `log` of proof files for a statement"))
    _add_verify(does.add_parser("verify", parents=[shared], help="check a checkpoint, and what it has grown from"))
    _add_witness(does.add_parser("witness", parents=[shared], help="cosign a checkpoint, if it continues the last one"))
    _add_collect(does.add_parser("collect", parents=[shared], help="take a witness's cosignature into the log"))


def _add_append(append_: ArgumentParser) -> None:
    append_.add_argument("folder", type=Path, metavar="LOGDIR", help="the log; made where it is not there")
    append_.add_argument("statement", type=Path, metavar="NOTE", help="the statement's note, as `build` writes it")
    append_.add_argument("--signing-key", type=Path, required=True, metavar="FILE", help="the operator's key")
    append_.add_argument("--origin", metavar="TEXT", help="the name of a new log (default: the key's name)")
    append_.set_defaults(run=_said(append))


def _add_prove(prove_: ArgumentParser) -> None:
    prove_.add_argument("folder", type=Path, metavar="LOGDIR")
    prove_.add_argument("--index", type=int, required=True, metavar="N", help="the statement's number, from 0")
    prove_.set_defaults(run=_said(prove))


def _add_verify(verify_: ArgumentParser) -> None:
    verify_.add_argument("checkpoint", type=Path, metavar="CHECKPOINT")
    verify_.add_argument(
        "--operator-key", metavar="KEY", help="the operator's public key, from elsewhere, or a file with it"
    )
    verify_.add_argument("--older", type=Path, metavar="CHECKPOINT", help="the checkpoint that you kept last time")
    verify_.add_argument("--log", type=Path, metavar="DIR", help="a copy of the log's folder: every statement is read")
    verify_.add_argument(
        "--witness-key", action="append", default=[], metavar="KEY", help="a witness that you trust; repeat"
    )
    verify_.add_argument(
        "--witnesses", type=int, metavar="N", help="how many of them have to have cosigned it (default: all)"
    )
    verify_.set_defaults(run=_said(verify))


def _add_witness(witness_: ArgumentParser) -> None:
    witness_.add_argument("checkpoint", type=Path, metavar="CHECKPOINT")
    witness_.add_argument("--key", type=Path, required=True, metavar="FILE", help="the witness's private key")
    witness_.add_argument("--state", type=Path, required=True, metavar="FILE", help="what this witness remembers")
    witness_.add_argument("--operator-key", required=True, metavar="KEY", help="the operator's public key")
    witness_.add_argument("--log", type=Path, required=True, metavar="DIR", help="a copy of the log's folder")
    witness_.set_defaults(run=_said(witness))


def _add_collect(collect_: ArgumentParser) -> None:
    collect_.add_argument("folder", type=Path, metavar="LOGDIR")
    collect_.add_argument("cosigned", type=Path, metavar="CHECKPOINT", help="what the witness has printed")
    collect_.add_argument("--witness-key", action="append", required=True, metavar="KEY", help="whose cosignature")
    collect_.set_defaults(run=_said(collect))


def _said(does: Callable[[Namespace], int]) -> Callable[[Namespace], int]:
    """What stops a command is said in a sentence."""

    def run(arguments: Namespace) -> int:
        from echt.proofs.log.witness import NotCosigned
        from echt.proofs.refusals import Refused

        try:
            return does(arguments)
        except NotCosigned as refusal:
            print(f"Not cosigned. {refusal}", file=sys.stderr)
            return 1
        except Refused as refused:
            print(refused, file=sys.stderr)
            return 2
        except OSError as error:
            print(f"{error.filename}: {error.strerror}.", file=sys.stderr)
            return 2

    return run


def append(arguments: Namespace) -> int:
    from echt.proofs import keys, statements
    from echt.proofs.log.append import append as append_to

    statement = statements.read(arguments.statement)
    signer = keys.read(arguments.signing_key)
    index = append_to(arguments.folder, statement.line, signer=signer, origin=arguments.origin)
    print(f"It is statement {index} of the log. Its hash, which the next one names as previous: {statement.hash}")
    return 0


def prove(arguments: Namespace) -> int:
    from echt.proofs.log.folder import Log

    print(json.dumps(Log(arguments.folder).inclusion_part(arguments.index), ensure_ascii=False))
    return 0


def verify(arguments: Namespace) -> int:
    from echt.proofs.log import checkpoints
    from echt.proofs.log.following import follow

    checkpoint = checkpoints.read(arguments.checkpoint)
    brought = _brought(arguments)
    steps = list(follow(checkpoint, brought))
    print(f"{checkpoint.origin}: {checkpoints.shown(checkpoint.size)}, root {checkpoint.root.hex()}")
    for step in steps:
        print(f"  {WORDS[step.passed]:11}  {step.title}: {step.detail}")
    if any(step.passed is False for step in steps):
        return 1
    return 0 if brought.operator else 3


def _brought(arguments: Namespace) -> "Brought":
    from echt.proofs.log import checkpoints
    from echt.proofs.log.folder import Log
    from echt.proofs.log.following import Brought
    from echt.proofs.refusals import Refused

    witnesses = [_witness_key(text) for text in arguments.witness_key]
    different = len({key.public for key in witnesses})
    needed = different if arguments.witnesses is None else arguments.witnesses
    if not (0 if not witnesses else 1) <= needed <= different:
        raise Refused(
            f"--witnesses {needed} does not go with {different} different keys. Give a --witness-key for each."
        )
    return Brought(
        operator=_operator_key(arguments.operator_key) if arguments.operator_key else None,
        older=checkpoints.read(arguments.older) if arguments.older else None,
        log=Log(arguments.log) if arguments.log else None,
        witnesses=witnesses,
        needed=needed,
    )


def witness(arguments: Namespace) -> int:
    from echt import clock
    from echt.proofs import keys
    from echt.proofs.log import checkpoints
    from echt.proofs.log.folder import Log
    from echt.proofs.log.witness import Witness

    offered = checkpoints.read(arguments.checkpoint)
    one = Witness(keys.read(arguments.key), arguments.state)
    if one.newest(offered.origin) is None:
        print(f"This is the first checkpoint of {offered.origin} that this witness sees.", file=sys.stderr)
    done = one.cosign(
        offered,
        operator=_operator_key(arguments.operator_key),
        consistency=Log(arguments.log).consistency_path,
        at=int(clock.now().timestamp()),
    )
    print(checkpoints.as_text(done), end="")
    return 0


def collect(arguments: Namespace) -> int:
    from echt.proofs.log import checkpoints
    from echt.proofs.log.append import collect as collect_into

    witnesses = [_witness_key(text) for text in arguments.witness_key]
    head = collect_into(arguments.folder, checkpoints.read(arguments.cosigned), witnesses)
    names = ", ".join(key.name for key in witnesses)
    print(f"The checkpoint over {checkpoints.shown(head.size)} now carries the cosignature of {names}.")
    return 0


def _operator_key(text: str) -> "VerifierKey":
    from echt.proofs.verify.note import NOTE_KEY

    return _key(_text_or_file(text), NOTE_KEY, "an operator's public key")


def _text_or_file(text: str) -> str:
    """The key itself, or what the file of this name holds."""
    path = Path(text)
    return path.read_text(encoding="utf-8", errors="replace")[:LONGEST_KEY].strip() if path.is_file() else text


def _witness_key(text: str) -> "VerifierKey":
    from echt.proofs.verify.note import WITNESS_KEY

    return _key(_text_or_file(text), WITNESS_KEY, "a witness's public key")


def _key(text: str, kind: int, what: str) -> "VerifierKey":
    from echt.proofs.refusals import Refused
    from echt.proofs.verify.note import BadNote, read_key

    try:
        return read_key(text, kind)
    except BadNote:
        raise Refused(f"{text} is not {what}: NAME+ID+KEY, as `echt proofs keygen` prints it.") from None
