"""The rules about files as such: names, sizes, and words that must not be in any of them."""

import re
from collections.abc import Callable, Iterator

from tools.lint.rules import Lines, Place, Rule

DUMPS = {"util", "utils", "helper", "helpers", "common", "core", "misc", "tools", "lib"}
MOST_LINES = 400
MOST_LINES_OF_TESTS = 600
GENERATED = {".po", ".lock", ".json", ".svg", ".txt"}


def _words(*words: str) -> Callable[[str], Lines]:
    pattern = re.compile("|".join(words))

    def find(source: str) -> Iterator[int]:
        return (number for number, line in enumerate(source.splitlines(), 1) if pattern.search(line))

    return find


def _whole_file(_source: str) -> Lines:
    return [1]


def _longer_than(most: int) -> Callable[[str], Lines]:
    def find(source: str) -> Lines:
        return [most + 1] if source.count("\n") > most else []

    return find


def _is_generated(place: Place) -> bool:
    """Also a migration: Django writes it, one for all tables of a room."""
    return place.suffix in GENERATED or "migrations" in place.parts


def _is_test(place: Place) -> bool:
    return place.parts[0] == "tests"


def _is_dump(place: Place) -> bool:
    names = {part.removesuffix(".py") for part in place.parts[2:]}
    return place.parts[:1] == ("src",) and place.suffix == ".py" and bool(names & DUMPS)


RULES = [
    Rule(
        "room-of-everything",
        "a module named for nothing collects everything. Name it for its subject.",
        _is_dump,
        _whole_file,
    ),
    Rule(
        "long-file",
        f"a file over {MOST_LINES} lines has more than one subject. Part it along them.",
        lambda place: not _is_generated(place) and not _is_test(place),
        _longer_than(MOST_LINES),
    ),
    Rule(
        "long-test",
        f"a file of tests over {MOST_LINES_OF_TESTS} lines tests more than one subject. Part it along them.",
        lambda place: _is_test(place) and place.suffix not in GENERATED,
        _longer_than(MOST_LINES_OF_TESTS),
    ),
    Rule(
        "unfinished",
        "a promise in the code is kept by nobody. Finish it, or file an issue.",
        lambda place: place.suffix in {".py", ".js", ".css", ".html", ".md", ".toml", ""},
        _words(r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"\bHA" + r"CK\b"),
    ),
    Rule(
        "host-in-lock",
        "a lock file says what is installed, not from where; that is the machine's matter. Run make lock.",
        lambda place: place.name in {"package-lock.json", "requirements.lock", "requirements-dev.lock"},
        _words(r"://", r"^--(?:index|extra-index|find-links|trusted)"),
    ),
    Rule(
        "machine-path",
        "a path of one machine is wrong on every other. Derive it, or make it a setting.",
        lambda _place: True,
        _words(r"(?<![\w.$}])/(?:home|Users|root|work)/\w"),
    ),
]
