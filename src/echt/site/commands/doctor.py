"""`echt doctor`: what is wrong with this installation, and what to do about it."""

from argparse import Namespace

from echt.site.words import Commands, Shared


def add(commands: Commands, shared: Shared) -> None:
    command = commands.add_parser("doctor", parents=[shared], help="say what is wrong and what to do about it")
    command.set_defaults(run=run)


def run(_arguments: Namespace) -> int:
    import django

    django.setup()
    from echt.site.diagnosis import State, examine

    broken = False
    for finding in examine():
        broken = broken or finding.state is State.BROKEN
        print(f"{finding.state:7} {finding.what}")
        if finding.advice:
            print(f"        {finding.advice}")
    return int(broken)
