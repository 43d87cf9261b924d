"""`echt serve`: web server and worker together."""

import os
import sys
from argparse import Namespace

from echt.site.address import Address, PortTaken
from echt.site.config import Settings
from echt.site.data_folder import InUse
from echt.site.words import Commands, Shared


def add(commands: Commands, shared: Shared) -> None:
    command = commands.add_parser("serve", parents=[shared], help="run web server and worker together")
    add_address(command)
    command.add_argument("--demo", action="store_true", help="with the demo's people and pages")
    command.set_defaults(run=run)


def add_address(command: Shared) -> None:
    """The words by which a web server is told where to listen."""
    command.add_argument("--host", default="localhost", help="where to listen (default: localhost)")
    command.add_argument("--port", type=int, default=8000, help="the port (default: 8000)")
    command.add_argument("--threads", type=int, default=8, help="requests at the same time (default: 8)")


def run(arguments: Namespace) -> int:
    """Settle what the flags mean for the settings, before anything reads them; then serve."""
    from echt.site import logs
    from echt.site.serve import serve

    if arguments.demo:
        os.environ["ECHT_DEMO_ON"] = "true"
    address = Address(arguments.host, arguments.port)
    origin = address.apply()
    settings = Settings()
    logs.configure()
    try:
        return serve(
            data=settings.data.absolute(),
            address=address,
            origin=origin,
            with_demo=settings.demo.on,
            threads=arguments.threads,
        )
    except (InUse, PortTaken) as refused:
        print(refused, file=sys.stderr)
        return 1
