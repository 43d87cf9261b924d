"""`echt screening`: lists of sanctioned and politically exposed persons, brought in by the operator."""

import sys
from argparse import Namespace
from pathlib import Path

from echt.site.words import Commands, Shared

KINDS = ("sanctions", "pep")


def add(commands: Commands, shared: Shared) -> None:
    screening = commands.add_parser("screening", help="lists that applicants are compared with")
    verbs = screening.add_subparsers(required=True, metavar="VERB")
    bring = verbs.add_parser("import", parents=[shared], help="put a list in force; its format is recognised")
    bring.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the list; OFAC: sdn.csv and alt.csv")
    bring.add_argument("--name", required=True, help="what the list is called; a new version replaces the old one")
    bring.add_argument("--kind", required=True, choices=KINDS, help="sanctioned or politically exposed persons")
    bring.add_argument("--version", required=True, help="as its publisher names it, such as its date")
    bring.add_argument(
        "--smaller", action="store_true", help="take it even with less than half of the persons of before"
    )
    bring.set_defaults(run=import_)
    show = verbs.add_parser("lists", parents=[shared], help="print the lists in force")
    show.set_defaults(run=lists)


def import_(arguments: Namespace) -> int:
    import django

    django.setup()
    from echt.identity.actions.screening import import_list
    from echt.identity.models.screening import ListKind
    from echt.identity.screening.entries import ListRefused

    try:
        imported = import_list(
            actor=None,
            files=arguments.files,
            name=arguments.name,
            kind=ListKind(arguments.kind),
            version=arguments.version,
            smaller=arguments.smaller,
        )
    except ListRefused as refused:
        print("Nothing was imported.", *refused.sentences, sep="\n", file=sys.stderr)
        return 1
    print(
        f"{imported.name} {imported.version} is in force: {imported.entries_count} persons, SHA-256 {imported.sha256}"
    )
    print("Everybody who is verified or in review is compared with it now, by the worker.")
    return 0


def lists(_arguments: Namespace) -> int:
    import django

    django.setup()
    from echt.identity.models import ScreeningList

    in_force = list(ScreeningList.objects.filter(retired_at=None).order_by("name"))
    if not in_force:
        print("No list is in force, so nobody is screened. echt screening import FILE … brings one in.")
    for row in in_force:
        since = f"{row.imported_at:%Y-%m-%d %H:%M} UTC"
        print(f"{row.name}  {row.kind}  {row.version}  {row.entries_count} persons  since {since}  {row.sha256}")
    return 0
