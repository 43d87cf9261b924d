"""`echt migrate`: bring the database to this version, for installations that run their processes themselves."""

from argparse import Namespace

from echt.site.words import Commands, Shared


def add(commands: Commands, shared: Shared) -> None:
    command = commands.add_parser("migrate", parents=[shared], help="bring the database to this version")
    command.set_defaults(run=run)


def run(_arguments: Namespace) -> int:
    import django

    django.setup()
    from echt.site import first_start

    first_start.prepare()
    print("The database is up to date.")
    return 0
