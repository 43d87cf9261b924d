"""Hits: an applicant beside the entries that they are like, kept so that each can be explained later.

1. An entry is known by its list’s name and its own key; for one applicant it is shown once in a case.
2. What a person decided about an entry stays, also when the list comes again, and in the applicant’s next case, as long
   as both sides say the same as when it was decided. Otherwise a person looks again.
3. A hit never goes by itself; a machine only adds hits.
4. A hit on a sanctions list that is open or confirmed keeps a case from going on.
"""

import json
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from echt.identity.documents import Field
from echt.identity.models import Case, ScreeningHit
from echt.identity.models.screening import HitState, ListKind
from echt.identity.screening.countries import country_of
from echt.identity.screening.entries import distinct, joined
from echt.identity.screening.matching import Match, matches
from echt.identity.screening.scoring import Person

Shown = dict[str, Any]
COMPARED = ("names", "born", "countries", "person")
"""Of what is shown: what a decision rested on."""


def screen(case: Case, lists: Collection[UUID] | None = None) -> list[ScreeningHit]:
    """Compare the applicant with the lists in force; all hits of the case, the most alike first.

    Safe to repeat. The caller holds the case’s lock, in a transaction.

    Args:
        case: whose data the applicant has confirmed.
        lists: only these, such as the one that was just imported.
    """
    person = person_of(case)
    if person.names:
        known = _known(case.hits.all())
        decided = _known(ScreeningHit.objects.filter(applicant_id=case.applicant_id).exclude(state=HitState.OPEN))
        for match in matches(person, lists=lists):
            _keep(case, match, _shown(match, person), known, decided)
    return sorted(case.hits.all(), key=lambda hit: -hit.score)


def hits_block(case: Case) -> bool:
    """Whether the case must wait on hold (rule 4)."""
    hits = case.hits.exclude(state=HitState.CLEARED)
    return any(hit.shown["kind"] == ListKind.SANCTIONS for hit in hits)


def person_of(case: Case) -> Person:
    """Whom to look for: by the name as confirmed and as each source on the document has it."""
    document = case.document
    typed = document.typed or {}
    read = list(((document.read or {}).get("fields") or {}).values())
    said = [typed, *read]
    return Person(
        names=distinct(joined((told.get(Field.GIVEN_NAMES, ""), told.get(Field.SURNAME, ""))) for told in said),
        born=distinct((typed.get(Field.BORN_ON, ""),)) or distinct(told.get(Field.BORN_ON, "") for told in read)[:1],
        countries=distinct(
            country_of(code)
            for code in (document.country, case.residence, *(told.get(Field.NATIONALITY, "") for told in said))
        ),
    )


def _keep(
    case: Case, match: Match, shown: Shown, known: dict[str, ScreeningHit], decided: dict[str, ScreeningHit]
) -> None:
    hit = known.get(_name(shown))
    if hit is not None and (hit.state == HitState.OPEN or _same(hit.shown, shown)):
        _refresh(hit, match, shown)
        return
    before = decided.get(_name(shown))
    if hit is None:
        hit = ScreeningHit(case=case, applicant_id=case.applicant_id)
    hit.entry, hit.score, hit.shown = match.entry, match.score, shown
    hit.state, hit.decided_at, hit.decided_by = HitState.OPEN.value, None, None
    if before is not None and _same(before.shown, shown):
        hit.state, hit.decided_at, hit.decided_by = before.state, before.decided_at, before.decided_by
    hit.save()
    known[_name(shown)] = hit


def _refresh(hit: ScreeningHit, match: Match, shown: Shown) -> None:
    """The entry’s row may be new; what a decided hit shows is what was decided upon."""
    hit.entry, hit.score = match.entry, match.score
    if hit.state == HitState.OPEN:
        hit.shown = shown
    hit.save(update_fields=["entry", "score", "shown"])


def _known(hits: Iterable[ScreeningHit]) -> dict[str, ScreeningHit]:
    return {_name(hit.shown): hit for hit in sorted(hits, key=lambda hit: hit.found_at)}


def _name(shown: Shown) -> str:
    return json.dumps([shown["list"], shown["key"]])


def _same(before: Shown, now: Shown) -> bool:
    return all(before.get(part) == now.get(part) for part in COMPARED)


def _shown(match: Match, person: Person) -> Shown:
    entry = match.entry
    return {
        "list": entry.list.name,
        "version": entry.list.version,
        "kind": entry.list.kind,
        "key": entry.key,
        "names": entry.names,
        "born": entry.born,
        "countries": entry.countries,
        "remarks": entry.remarks,
        "person": {"names": list(person.names), "born": list(person.born), "countries": list(person.countries)},
    }
