"""`echt admin create`: an account for staff. There are no default ones.

The password comes from `ECHT_ADMIN_PASSWORD`, from a file, or is asked for twice; never from a flag, which everybody on
the machine could read.
"""

import os
import sys
from argparse import Namespace
from getpass import getpass
from pathlib import Path

from echt.site.words import Commands, Shared

ROLES = ("reviewer", "risk_officer", "treasurer", "auditor", "administrator")


class Refused(Exception):
    """The account cannot be made; the sentences say why."""


def add(commands: Commands, shared: Shared) -> None:
    admin = commands.add_parser("admin", help="accounts of staff").add_subparsers(required=True, metavar="VERB")
    create = admin.add_parser("create", parents=[shared], help="make an account for staff")
    create.add_argument("--address", help="the mail address; asked for where it is missing")
    create.add_argument("--password-file", type=Path, help="a file that holds the password")
    create.add_argument("--role", choices=ROLES, default="administrator")
    create.add_argument("--language", choices=["de", "en"], default="en")
    create.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    import django

    django.setup()
    try:
        address = arguments.address or input("Mail address: ")
        create(address, password_from(arguments.password_file), arguments.role, arguments.language)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    print(f"{address} may sign in and is asked for a second factor then.")
    return 0


def create(address: str, password: str, role: str, language: str) -> None:
    """Make the account.

    Raises:
        Refused: address or password cannot be used, or the address has an account.
    """
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from echt.accounts.actions.provisioning import provision
    from echt.accounts.models import Role, User

    try:
        validate_email(address)
        validate_password(password, User(alias=address))
    except ValidationError as error:
        raise Refused("\n".join(error.messages)) from error
    if User.objects.by_address(address) is not None:
        raise Refused("There is an account with this address already.")
    provision(address=address, password=password, role=Role(role), language=language)


def password_from(file: Path | None) -> str:
    """The password, from the first place that has one.

    Raises:
        Refused: it was typed in two ways.
    """
    if file is not None:
        return file.read_text().strip()
    if given := os.environ.get("ECHT_ADMIN_PASSWORD"):
        return given
    password = getpass("Password: ")
    if getpass("Again: ") != password:
        raise Refused("These were two different passwords.")
    return password
