"""The command: `verify FILE`, with what you know from elsewhere. Answers with an exit code that scripts can use.

0 verified, 1 not verified, 2 cannot read, 3 consistent only.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from echt.proofs.verify.proof_file import LARGEST_FILE
from echt.proofs.verify.reasons import Unreadable
from echt.proofs.verify.recognition import verify
from echt.proofs.verify.report import Knowledge, Report, Verdict
from echt.proofs.verify.wording import ENGLISH, GERMAN, wording

LARGEST_KEY_FILE = 4096
DESCRIPTION = (
    "Verify a proof that your balance is in what an exchange says it owes. Any known format; it is recognised."
)
EXIT_CODES = "Exit codes: 0 verified, 1 not verified, 2 cannot read, 3 consistent only."


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; the result is the exit code."""
    parser = argparse.ArgumentParser(prog="echt-verify", description=DESCRIPTION, epilog=EXIT_CODES)
    add_arguments(parser)
    return run(parser.parse_args(words))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the proof file")
    published = parser.add_mutually_exclusive_group()
    published.add_argument(
        "--statement", type=Path, metavar="FILE", help="the statement from elsewhere, or a format's second file"
    )
    published.add_argument("--root", metavar="HEX", help="the root, as it was published elsewhere")
    parser.add_argument("--operator-key", metavar="KEY", help="the operator's public key, or a file with it")
    parser.add_argument("--account", metavar="ID", help="your own account number")
    parser.add_argument("--credential", metavar="TEXT", help="your secret of the exchange, where its format has one")
    parser.add_argument("--nonce", metavar="HEX", help="your nonce of the exchange, where its format has one")
    parser.add_argument("--checkpoint", type=Path, metavar="OLDER", help="an older checkpoint of the log")
    parser.add_argument("--log", type=Path, metavar="DIR", help="the log's tiles, to compare with the older checkpoint")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.add_argument(
        "--language", choices=(ENGLISH, GERMAN), default=default_language(), help="default: %(default)s"
    )


def run(arguments: argparse.Namespace) -> int:
    """Verify and say so."""
    if arguments.log and not arguments.checkpoint:
        sys.stderr.write("A log folder alone is compared with nothing: give an older checkpoint too (--checkpoint).\n")
        return Verdict.CANNOT_READ.exit_code
    try:
        report = verify(_content(arguments.file, LARGEST_FILE), _knowledge(arguments))
    except Unreadable as fault:
        report = Report(None, None, None, None, Verdict.CANNOT_READ, (fault.reason,))
    _write(_answer(report, arguments))
    return report.verdict.exit_code


def default_language() -> str:
    """What the system is set to, as far as it is one of ours."""
    asked = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return GERMAN if asked.lower().startswith("de") else ENGLISH


def _answer(report: Report, arguments: argparse.Namespace) -> str:
    if not arguments.json:
        return wording(report, arguments.file.name, arguments.language)
    answer = report.as_json()
    if arguments.language == GERMAN:
        answer["reasons"] = [{"code": reason.code, "text": reason.text_de} for reason in report.reasons]
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _knowledge(arguments: argparse.Namespace) -> Knowledge:
    return Knowledge(
        statement=_content_of(arguments.statement),
        root=arguments.root,
        operator_key=_key(arguments.operator_key),
        account=arguments.account,
        credential=arguments.credential,
        nonce=arguments.nonce,
        older_checkpoint=_content_of(arguments.checkpoint),
        log=arguments.log,
    )


def _content_of(path: Path | None) -> bytes | None:
    return None if path is None else _content(path, LARGEST_FILE)


def _key(text: str | None) -> str | None:
    """The key itself, or what the file of this name holds."""
    if text is None or not Path(text).is_file():
        return text
    return _content(Path(text), LARGEST_KEY_FILE).decode(errors="replace")


def _content(path: Path, most: int) -> bytes:
    """The file, or where it is larger one byte more than allowed: enough to be refused for its size."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError:
        raise Unreadable("file.missing", name=str(path)) from None
    except IsADirectoryError:
        raise Unreadable("file.folder", name=str(path)) from None
    except PermissionError:
        raise Unreadable("file.forbidden", name=str(path)) from None
    except OSError as problem:
        raise Unreadable("file.unreadable", name=str(path), problem=problem.strerror or "") from None


def _write(text: str) -> None:
    """To the terminal, whatever characters it can show."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    sys.stdout.write(text)
