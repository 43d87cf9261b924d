"""Who on the lists in force is like a person.

1. Looked at is every entry that shares a key with two words of a name, or one that at most `RARE` entries have. A name
   of one word needs that word’s keys alone.
2. Of these, a hit is what `scoring.score` puts at or above the threshold of the setting.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from rapidfuzz import fuzz, process

from echt.identity.models import ScreeningEntry, ScreeningToken
from echt.identity.screening.folding import keys, loose, weighty, words
from echt.identity.screening.scoring import Person, score
from echt.identity.settings import identity_settings

KEYS = ScreeningToken._meta.db_table
RARE = 200
AT_ONCE = 500
WORTH = 60.0
"""Token set ratio of the loose names below which no score can reach a threshold."""


Row = tuple[int, list[str], list[str], list[str]]


@dataclass(frozen=True)
class Match:
    """An entry and how like the person it is."""

    entry: ScreeningEntry
    score: int


def matches(person: Person, *, lists: Collection[UUID] | None = None) -> list[Match]:
    """The entries at or above the threshold, the most alike first; of these lists only, where some are named."""
    scores = dict(_scores(person, lists))
    entries = ScreeningEntry.objects.filter(pk__in=scores).select_related("list")
    found = [Match(entry, scores[entry.pk]) for entry in entries]
    return sorted(found, key=lambda match: (-match.score, match.entry.pk))


def _scores(person: Person, lists: Collection[UUID] | None) -> Iterator[tuple[int, int]]:
    least = identity_settings().screening_from
    ours = [_evened(name) for name in person.names]
    for pk, names, born, countries in _entries(candidates(person), lists):
        if any(_worth_scoring(our, names) for our in ours):
            scored = score(person, names, born, countries)
            if scored >= least:
                yield pk, scored


def _worth_scoring(ours: str, names: Iterable[str]) -> bool:
    """Whether one of the names is alike at all, by a quick look."""
    theirs = map(_evened, names)
    return process.extractOne(ours, theirs, scorer=fuzz.token_set_ratio, score_cutoff=WORTH) is not None


def _evened(name: str) -> str:
    return " ".join(map(loose, words(name)))


def candidates(person: Person) -> set[int]:
    """The entries that rule 1 names, of lists in force or not."""
    return {pk for name in person.names for pk in _of_name(weighty(words(name)))}


def _of_name(name_words: tuple[str, ...]) -> set[int]:
    shared: Counter[int] = Counter()
    rare: set[int] = set()
    for word in set(name_words):
        of_word: set[int] = set()
        for key in keys(word):
            found = _with_key(key)
            of_word |= found
            if len(found) <= RARE:
                rare |= found
        shared.update(of_word)
    enough = min(2, len(set(name_words)))
    return rare | {pk for pk, count in shared.items() if count >= enough}


def _with_key(key: str) -> set[int]:
    """The entries with this key: many small rows, read without an object for each."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT entry_id FROM {KEYS} WHERE token = %s", [key])  # noqa: S608  (our table)
        return {pk for (pk,) in cursor.fetchall()}


def _entries(found: Iterable[int], lists: Collection[UUID] | None) -> Iterator[Row]:
    in_force = ScreeningEntry.objects.filter(list__retired_at=None)
    if lists is not None:
        in_force = in_force.filter(list__in=lists)
    pks = sorted(found)
    for first in range(0, len(pks), AT_ONCE):
        yield from in_force.filter(pk__in=pks[first : first + AT_ONCE]).values_list("pk", "names", "born", "countries")
