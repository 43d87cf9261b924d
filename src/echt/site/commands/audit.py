"""`echt audit`: is the record whole, and the record for an auditor."""

import sys
from argparse import Namespace
from pathlib import Path

from echt.site.words import Commands, Shared


def add(commands: Commands, shared: Shared) -> None:
    audit = commands.add_parser("audit", help="the record of who did what").add_subparsers(
        required=True, metavar="VERB"
    )
    check = audit.add_parser("verify", parents=[shared], help="check every event of the record")
    check.add_argument("--passing", metavar="SEQ:DIGEST", help="a head noted earlier, through which it must pass")
    check.set_defaults(run=verify)
    write = audit.add_parser("export", parents=[shared], help="write the record as JSON lines, details sealed")
    write.add_argument("file", type=Path, help="the file to write; it must not be there yet")
    write.set_defaults(run=export)


def verify(arguments: Namespace) -> int:
    import django

    django.setup()
    from echt.audit.chain import Mark, verify_chain

    passing = None
    if arguments.passing:
        place, _, digest = arguments.passing.partition(":")
        passing = Mark(int(place), digest)
    report = verify_chain(passing=passing)
    if not report.ok:
        print(f"The record does not hold from event {report.broken_at} on.", file=sys.stderr)
        return 1
    print(f"The record is whole: {report.length} events. Note its head elsewhere: {report.length}:{report.head}")
    return 0


def export(arguments: Namespace) -> int:
    import django

    django.setup()
    from echt.audit.export import BrokenChain
    from echt.audit.export import export as write

    try:
        with arguments.file.open("xb") as file:
            report = write(file)
    except (BrokenChain, FileExistsError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{report.length} events, head {report.length}:{report.head}")
    return 0
