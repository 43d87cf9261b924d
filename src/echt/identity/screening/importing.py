"""Bringing a list in: read twice, put aside beside the one in force, then exchanged for it in one instant.

1. The file is read through once before anything is written; each row that cannot be used is named, and then nothing is.
2. What is put aside is not in force, and nobody is compared with it. A list is large, so it is written in portions;
   nobody who works with the database waits for longer than one of them takes.
3. The exchange is one transaction: before it the old version counts whole, after it the new one.
4. The file that was read is the file that was stored: its digest is taken both times.
5. Memory does not grow with the list, except by eight bytes for each key, which tell that one stands twice.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from echt import clock
from echt.identity.models import ScreeningEntry, ScreeningHit, ScreeningList, ScreeningToken
from echt.identity.models.screening import ListKind
from echt.identity.screening.entries import Bad, Entry, ListRefused
from echt.identity.screening.folding import keys, weighty, words
from echt.identity.screening.formats import Source, source_of

MOST_SENTENCES = 20
MOST_ENTRIES = 5_000_000
PORTION = 1000
ABANDONED = timedelta(days=1)
"""After this time, what an import that died has put aside is removed."""


KEYS = ScreeningToken._meta.db_table


@dataclass(frozen=True)
class Survey:
    """What a file holds, found by reading it through."""

    source: Source
    files: tuple[Path, ...]
    sha256: str
    persons: int
    others: int


def survey(files: Sequence[Path]) -> Survey:
    """Read the list through; nothing is written.

    Raises:
        ListRefused: it is none, or rows cannot be used; the sentences name them.
    """
    try:
        digest = digest_of(files)
        source = source_of(files)
        persons, others = _read_through(source)
    except OSError as error:
        raise ListRefused(_("The file cannot be read: %(error)s") % {"error": error.strerror or error}) from error
    if not persons:
        raise ListRefused(_("There is no person in the file."))
    return Survey(source, tuple(files), digest, persons, others)


def _read_through(source: Source) -> tuple[int, int]:
    """How many persons and others there are."""
    persons = others = 0
    seen: set[int] = set()
    wrong: list[str] = []
    for number, entry in source.rows():
        if isinstance(entry, Bad):
            wrong.append(entry.sentence)
        elif entry is None:
            others += 1
        elif (key := _short(entry.key)) in seen:
            wrong.append(_("Row %(row)d: the identifier “%(key)s” stands twice.") % {"row": number, "key": entry.key})
        else:
            seen.add(key)
            persons += 1
        if persons > MOST_ENTRIES:
            raise ListRefused(_("There are more than %(most)d persons in the file.") % {"most": MOST_ENTRIES})
        if len(wrong) == MOST_SENTENCES:
            wrong.append(_("Reading stopped there; further rows may be wrong too."))
            break
    if wrong:
        raise ListRefused(*wrong)
    return persons, others


def _short(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest())


def digest_of(files: Sequence[Path]) -> str:
    """The SHA-256 of the file; of several, that of their digests one beneath the other."""
    digests = []
    for path in files:
        with path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256("".join(f"{digest}\n" for digest in digests).encode()).hexdigest()


def put_aside(found: Survey, *, name: str, kind: ListKind, version: str) -> ScreeningList:
    """Store the list without putting it in force (rule 2).

    Raises:
        ListRefused: the file has changed since it was read through; nothing remains of it.
    """
    now = clock.now()
    aside = ScreeningList.objects.create(
        name=name, kind=kind, version=version, sha256=found.sha256, entries_count=0, imported_at=now, retired_at=now
    )
    try:
        _store_all(aside, found)
    except BaseException:
        remove(aside)
        raise
    return aside


def _store_all(aside: ScreeningList, found: Survey) -> None:
    entries = (entry for _number, entry in found.source.rows() if isinstance(entry, Entry))
    for portion in _portions(entries):
        aside.entries_count += _store(aside, portion)
    if aside.entries_count != found.persons or digest_of(found.files) != found.sha256:
        raise ListRefused(_("The file has changed while it was being imported. Import it again."))


def _portions(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while portion := list(islice(entries, PORTION)):
        yield portion


def _store(aside: ScreeningList, portion: Sequence[Entry]) -> int:
    """Keys are many small rows, written without an object for each."""
    with transaction.atomic():
        rows = ScreeningEntry.objects.bulk_create(_row(aside, entry) for entry in portion)
        keyed = [(row.pk, token) for row in rows for token in tokens_of(row.names)]
        with transaction.get_connection().cursor() as cursor:
            cursor.executemany(f"INSERT INTO {KEYS} (entry_id, token) VALUES (%s, %s)", keyed)  # noqa: S608  (our table)
    return len(rows)


def _row(aside: ScreeningList, entry: Entry) -> ScreeningEntry:
    return ScreeningEntry(
        list=aside,
        key=entry.key,
        names=list(entry.names),
        born=list(entry.born),
        countries=list(entry.countries),
        remarks=entry.remarks,
    )


def tokens_of(names: Iterable[str]) -> set[str]:
    """What somebody with these names is found by."""
    return {key for word in {word for name in names for word in weighty(words(name))} for key in keys(word)}


def exchange(aside: ScreeningList) -> None:
    """Put the list in force instead of the one of its name; part of the caller's transaction (rule 3)."""
    now = clock.now()
    versions = ScreeningList.objects.select_for_update().filter(name=aside.name).order_by("pk")
    list(versions)
    versions.filter(retired_at=None).update(retired_at=now)
    aside.imported_at, aside.retired_at = now, None
    aside.save(update_fields=["imported_by", "imported_at", "retired_at", "entries_count"])


def clear_away() -> None:
    """Remove the entries of versions that are no longer in force, and what imports that died have put aside.

    Who imported what, when, and its digest remain; hits show what they rest on by themselves.
    """
    for retired in ScreeningList.objects.exclude(retired_at=None).filter(entries__isnull=False).distinct():
        if retired.retired_at != retired.imported_at:
            _remove_entries(retired)
        elif retired.imported_at < clock.now() - ABANDONED:
            remove(retired)


def remove(aside: ScreeningList) -> None:
    """Remove a list that was never in force, with all that it holds."""
    _remove_entries(aside)
    aside.delete()


def _remove_entries(of: ScreeningList) -> None:
    while pks := list(of.entries.order_by("pk").values_list("pk", flat=True)[:PORTION]):
        with transaction.atomic():
            ScreeningHit.objects.filter(entry__in=pks).update(entry=None)
            tokens, entries = ScreeningToken.objects.filter(entry__in=pks), ScreeningEntry.objects.filter(pk__in=pks)
            tokens._raw_delete(tokens.db)  # what hangs on them was dealt with above
            entries._raw_delete(entries.db)
