"""`echt web`: the web server alone, for installations that run their processes themselves."""

from argparse import Namespace

from echt.site.address import Address
from echt.site.commands.serve import add_address
from echt.site.words import Commands, Shared


def add(commands: Commands, shared: Shared) -> None:
    command = commands.add_parser("web", parents=[shared], help="run the web server alone")
    add_address(command)
    command.add_argument("--processes", type=int, default=1, help="server processes (default: 1)")
    command.add_argument("--prepare", action="store_true", help="bring the database to this version first")
    command.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    from echt.site import lifeline, logs
    from echt.site.server import Server

    address = Address(arguments.host, arguments.port)
    address.apply()
    logs.configure()
    lifeline.hold()
    if arguments.prepare:
        _prepare()
    Server(address, processes=arguments.processes, threads=arguments.threads).run()
    return 0


def _prepare() -> None:
    import django
    from django.conf import settings

    django.setup()
    from echt.site import first_start

    first_start.prepare()
    if settings.ECHT.demo.on:
        first_start.prepare_demo(settings.DATA, settings.ECHT.demo.password.get_secret_value())
