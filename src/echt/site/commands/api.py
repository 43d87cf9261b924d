"""`echt api`: keys with which an exchange's own engine asks and tells.

A key's secret is printed once, when it is made; afterwards nobody can see it again.
"""

import sys
from argparse import Namespace
from datetime import datetime, timedelta

from echt.site.words import Commands, Shared

DAYS = 365


def add(commands: Commands, shared: Shared) -> None:
    api = commands.add_parser("api", help="keys of the API").add_subparsers(required=True, metavar="WHAT")
    verbs = api.add_parser("key", help="keys of the API").add_subparsers(required=True, metavar="VERB")
    create = verbs.add_parser("create", parents=[shared], help="make a key; its secret is printed once")
    create.add_argument("name", help="who uses it, such as: matching engine")
    create.add_argument("--scope", action="append", required=True, help="what it may do; can stand several times")
    create.add_argument("--days", type=int, default=DAYS, help=f"days until it is over; 0: never (default: {DAYS})")
    create.set_defaults(run=make)
    show = verbs.add_parser("list", parents=[shared], help="print the keys, without their secrets")
    show.set_defaults(run=show_all)
    revoke = verbs.add_parser("revoke", parents=[shared], help="take a key back; it counts no more at once")
    revoke.add_argument("prefix", help="the twelve letters behind echt_")
    revoke.set_defaults(run=take_back)


def make(arguments: Namespace) -> int:
    import django

    django.setup()
    from echt import clock
    from echt.api.actions.keys import make_key
    from echt.api.scopes import Scope

    unknown = sorted(set(arguments.scope) - {scope.value for scope in Scope})
    if unknown:
        print(f"There is no scope {unknown[0]}. There are: {', '.join(Scope)}.", file=sys.stderr)
        return 1
    ends_at = clock.now() + timedelta(days=arguments.days) if arguments.days else None
    _key, secret = make_key(actor=None, name=arguments.name, scopes=map(Scope, arguments.scope), ends_at=ends_at)
    print(secret)
    print("This is shown once. Keep it where secrets are kept.", file=sys.stderr)
    return 0


def show_all(_arguments: Namespace) -> int:
    import django

    django.setup()
    from echt import clock
    from echt.api.models import ApiKey

    for key in ApiKey.objects.all():
        state = "revoked" if key.revoked_at else "over" if key.ends_at and key.ends_at <= clock.now() else "in force"
        used, ends = _day(key.used_at, "never"), _day(key.ends_at, "never")
        print(f"{key.prefix}  {state}  used {used}  ends {ends}  {','.join(key.scopes)}  {key.name}")
    return 0


def take_back(arguments: Namespace) -> int:
    import django

    django.setup()
    from echt.accounts.access import Absent
    from echt.api.actions.keys import revoke_key

    try:
        revoked = revoke_key(actor=None, prefix=arguments.prefix)
    except Absent:
        print("There is no such key. echt api key list prints them.", file=sys.stderr)
        return 1
    print(f"{revoked.prefix} counts no more.")
    return 0


def _day(moment: datetime | None, without: str) -> str:
    return f"{moment:%Y-%m-%d}" if moment else without
