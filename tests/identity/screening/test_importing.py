"""Bringing a list in, by the rules of `importing`."""

import csv
import hashlib
import io
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from echt.audit.models import AuditEvent
from echt.identity.access import Absent
from echt.identity.actions.screening import import_list
from echt.identity.events import Event
from echt.identity.models import ScreeningEntry, ScreeningHit, ScreeningList, ScreeningToken
from echt.identity.models.screening import HitState, ListKind
from echt.identity.screening import importing
from echt.identity.screening.entries import Entry, ListRefused
from echt.identity.screening.formats import source_of
from echt.work.models import JobKey
from tests.identity.screening.conftest import HEAD, LUDMILLA, OTTOKAR

pytestmark = pytest.mark.django_db


def state() -> list:
    """All that an import could change."""
    return [
        list(ScreeningList.objects.order_by("pk").values()),
        list(ScreeningEntry.objects.order_by("pk").values()),
        ScreeningToken.objects.count(),
        AuditEvent.objects.count(),
    ]


def test_a_list_is_in_force_and_recorded(bring, write):
    current = bring(OTTOKAR, LUDMILLA, name="Tests", version="1")
    event = AuditEvent.objects.get(event=Event.LIST_IMPORTED)

    assert (current.retired_at, current.entries_count, current.kind) == (None, 2, ListKind.SANCTIONS)
    assert current.sha256 == hashlib.sha256(write(OTTOKAR, LUDMILLA).read_bytes()).hexdigest()
    assert ScreeningEntry.objects.get(key="N-1").names == ["Ottokar Zwirnbold", "Otokar Swirnbold"]
    assert event.actor is None


def test_rule_1_rows_that_cannot_be_used_are_named_and_nothing_is_imported(bring, write):
    bring(OTTOKAR)
    before = state()

    with pytest.raises(ListRefused) as refusal:
        import_list(
            actor=None,
            files=[write("N-1,,,,", LUDMILLA, ",Somebody,,,", LUDMILLA)],
            name="Tests",
            kind=ListKind.SANCTIONS,
            version="broken",
        )

    assert refusal.value.sentences == (
        "Row 2 has no name.",
        "Row 4 has no identifier.",
        "Row 5: the identifier “N-2” stands twice.",
    )
    assert state() == before


def test_rule_1_of_many_wrong_rows_the_first_are_named(write, db):
    with pytest.raises(ListRefused) as refusal:
        importing.survey([write(*[",Somebody,,,"] * 50)])

    assert len(refusal.value.sentences) == importing.MOST_SENTENCES + 1
    assert refusal.value.sentences[-1].startswith("Reading stopped there")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "1 to 80 characters"),
        ({"version": "x" * 81}, "1 to 80 characters"),
        ({"files": "nothing"}, "cannot be read"),
        ({"files": "empty"}, "no person"),
    ],
)
def test_what_makes_no_list_is_refused(write, tmp_path, changes, sentence):
    asked = {"files": [write(OTTOKAR)], "name": "Tests", "version": "1", "kind": ListKind.PEP} | changes
    asked["files"] = {"nothing": [tmp_path / "absent"], "empty": [write()]}.get(changes.get("files"), asked["files"])
    before = state()

    with pytest.raises(ListRefused, match=sentence):
        import_list(actor=None, **asked)

    assert state() == before


def test_rule_3_a_new_version_retires_the_old_one(bring):
    old = bring(OTTOKAR, LUDMILLA, version="1")
    other = bring(LUDMILLA, name="Other")
    new = bring(OTTOKAR, version="2")
    old.refresh_from_db()

    assert old.retired_at == new.imported_at
    assert set(ScreeningList.objects.filter(retired_at=None)) == {new, other}


def test_rule_2_an_import_that_breaks_leaves_the_old_version_and_nothing_else(bring, monkeypatch):
    bring(OTTOKAR, LUDMILLA)
    before = state()
    monkeypatch.setattr(importing, "PORTION", 1)
    store = importing._store
    stored = []

    def break_off(aside, portion):
        if stored:
            raise KeyboardInterrupt
        stored.append(store(aside, portion))

    monkeypatch.setattr(importing, "_store", lambda *of: break_off(*of) or 1)
    with pytest.raises(KeyboardInterrupt):
        bring(OTTOKAR, LUDMILLA)

    assert stored
    assert state() == before


def test_rule_2_an_exchange_that_fails_leaves_the_old_version(bring, monkeypatch):
    bring(OTTOKAR, LUDMILLA)
    before = state()
    monkeypatch.setattr("echt.identity.actions.screening.record", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        bring(OTTOKAR, LUDMILLA)

    assert state() == before


def test_rule_4_a_file_that_changes_meanwhile_is_refused(write):
    path = write(OTTOKAR, LUDMILLA)
    found = importing.survey([path])
    path.write_text(f"{HEAD}\n{OTTOKAR}\nN-3,Somebody Else,,,\n")
    before = state()

    with pytest.raises(ListRefused, match="has changed while"):
        importing.put_aside(found, name="Tests", kind=ListKind.PEP, version="1")

    assert state() == before


def test_the_same_version_again_is_refused(bring, write):
    bring(OTTOKAR, version="1")

    with pytest.raises(ListRefused, match="in force already"):
        bring(OTTOKAR, version="1")


def test_a_list_that_shrank_is_probably_cut_off(bring):
    bring(OTTOKAR, LUDMILLA, "N-3,Somebody Else,,,")

    with pytest.raises(ListRefused, match="has 1 persons, the version in force has 3"):
        bring(OTTOKAR)

    assert bring(OTTOKAR, smaller=True).entries_count == 1


def test_staff_without_the_permission_may_not(write, customer):
    with pytest.raises(Absent):
        import_list(actor=customer, files=[write(OTTOKAR)], name="Tests", kind=ListKind.PEP, version="1")

    assert not ScreeningList.objects.exists()


def test_old_versions_are_forgotten_and_their_hits_stay(bring, case_of, officer):
    old = bring(OTTOKAR)
    case = case_of("Ottokar", "Zwirnbold")
    hit = ScreeningHit.objects.create(
        case=case, applicant=case.applicant, entry=old.entries.get(), shown={"list": "Tests"}, score=90
    )
    new = bring(LUDMILLA, version="2")
    importing.clear_away()
    hit.refresh_from_db()

    assert (hit.entry, hit.shown, hit.state) == (None, {"list": "Tests"}, HitState.OPEN)
    assert list(ScreeningEntry.objects.values_list("list", flat=True)) == [new.pk]
    assert set(ScreeningToken.objects.values_list("entry__list", flat=True)) == {new.pk}
    assert ScreeningList.objects.filter(pk=old.pk).exists()


def test_what_a_dead_import_put_aside_goes_after_a_day(write, travel):
    found = importing.survey([write(OTTOKAR)])
    importing.put_aside(found, name="Tests", kind=ListKind.PEP, version="1")

    importing.clear_away()
    assert ScreeningEntry.objects.exists()
    travel.shift(timedelta(days=2))
    importing.clear_away()
    assert not ScreeningList.objects.exists()
    assert not ScreeningEntry.objects.exists()


def test_the_jobs_of_an_import_are_enqueued(bring):
    current = bring(OTTOKAR)

    assert JobKey.objects.filter(key=str(current.pk)).exists()
    assert JobKey.objects.filter(key="forget_old_versions").exists()


TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=";"), min_size=1, max_size=40)
SAID = TEXT.map(lambda text: " ".join(text.split())).filter(bool)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.lists(SAID, min_size=1, max_size=4, unique=True), st.dates()), min_size=1, max_size=5))
def test_whatever_names_a_list_has_they_come_through(tmp_path_factory, people):
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(HEAD.split(","))
    people = [
        (names, date.replace(year=max(date.year, 1900) if date.year < 2100 else 1990))
        for names, date in people
        if (date.month, date.day) != (2, 29)
    ]
    for number, (names, date) in enumerate(people):
        writer.writerow([f"N-{number}", ";".join(names), date.isoformat(), "", ""])
    path = tmp_path_factory.mktemp("list") / "list.csv"
    path.write_text(table.getvalue(), newline="")

    read = [entry for _row, entry in source_of([path]).rows()]

    assert read == [
        Entry(key=f"N-{number}", names=tuple(names), born=(date.isoformat(),))
        for number, (names, date) in enumerate(people)
    ]
