"""Who is found, and what becomes of hits, by the rules of `matching`, `hits`, `holding` and the action."""

import random

import pytest

from echt.audit.models import AuditEvent
from echt.identity.access import Absent
from echt.identity.actions.screening import AlreadyDecided, decide_hit
from echt.identity.events import Event
from echt.identity.models import Decision, ScreeningHit
from echt.identity.models.decisions import Verdict
from echt.identity.models.screening import HitState, ListKind
from echt.identity.review_refusals import ReviewWrong
from echt.identity.screening.hits import hits_block, person_of, screen
from echt.identity.screening.matching import candidates, matches
from echt.identity.screening.scoring import Person
from echt.identity.states import State
from tests.identity.screening.conftest import LUDMILLA, OTTOKAR
from tests.identity.screening.made_up import VARIANTS, persons

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(bring, case_of):
    """Somebody on a sanctions list, in review."""
    bring(OTTOKAR, LUDMILLA)
    case = case_of("Ottokar", "Zwirnbold")
    (hit,) = screen(case)
    return hit


def rows() -> list:
    return list(ScreeningHit.objects.order_by("pk").values("pk", "state", "score", "decided_at", "entry"))


def test_a_hit_shows_what_it_rests_on(held):
    assert (held.state, held.score) == (HitState.OPEN, 100)
    assert held.shown["list"] == "Tests"
    assert held.shown["names"] == ["Ottokar Zwirnbold", "Otokar Swirnbold"]
    assert held.shown["person"] == {"names": ["Ottokar Zwirnbold"], "born": ["1961-02-03"], "countries": ["DEU"]}


def test_somebody_else_is_no_hit(bring, case_of):
    bring(OTTOKAR, LUDMILLA)

    assert screen(case_of("Rosalinde", "Quellenhof")) == []
    assert screen(case_of("Ottokar", "Quellenhof", level="advanced")) == []


def test_another_year_of_birth_weighs_against_a_name_with_a_slip(bring, case_of):
    bring(OTTOKAR)

    assert screen(case_of("Otto", "Zwirnbolt", born="1999-09-09")) == []
    assert screen(case_of("Ottokar", "Zwirnbold", born="1999-09-09", level="advanced"))


def test_the_threshold_is_the_operators(bring, case_of, settings):
    bring(OTTOKAR)
    case = case_of("Ottokar", "Zwirnbald", born="1963-09-09")
    echt = settings.ECHT
    settings.ECHT = echt.model_copy(update={"identity": echt.identity.model_copy(update={"screening_from": 100})})
    assert screen(case) == []

    settings.ECHT = echt
    assert len(screen(case)) == 1


def test_what_each_source_reads_is_looked_for(bring, case_of):
    bring(OTTOKAR)
    case = case_of("Rosalinde", "Quellenhof")
    case.read = {"fields": {"mrz": {"given_names": "OTTOKAR", "surname": "ZWIRNBOLD", "nationality": "D"}}}

    assert person_of(case).names == ("Rosalinde Quellenhof", "OTTOKAR ZWIRNBOLD")
    assert len(screen(case)) == 1


def test_rule_1_screening_again_shows_an_entry_once(held, bring):
    before = rows()

    assert screen(held.case) == [held]
    assert rows() == before
    bring(OTTOKAR, LUDMILLA, version="again")
    (again,) = screen(held.case)
    assert again.pk == held.pk
    assert (again.shown["version"], again.entry.list.version) == ("again", "again")


def test_rule_2_a_decision_stays_when_the_list_comes_again(held, bring, officer):
    decide_hit(actor=officer, hit_id=held.pk, same=False, why="Another place of birth")
    bring(OTTOKAR, LUDMILLA, version="again")

    (again,) = screen(held.case)

    assert (again.pk, again.state) == (held.pk, HitState.CLEARED)


def test_rule_2_where_the_entry_has_changed_a_person_looks_again(held, bring, officer):
    decide_hit(actor=officer, hit_id=held.pk, same=False, why="Another place of birth")
    bring(OTTOKAR.replace("Made up", "").replace("1961-02-03", "1961-02-03;1962"), LUDMILLA, version="again")

    (again,) = screen(held.case)

    assert (again.pk, again.state, again.decided_by) == (held.pk, HitState.OPEN, None)


@pytest.mark.parametrize("same", [True, False])
def test_rule_2_a_decision_holds_in_the_next_case(held, case_of, officer, same):
    decide_hit(actor=officer, hit_id=held.pk, same=same, why="Known")

    (next_one,) = screen(case_of("Ottokar", "Zwirnbold", level="advanced"))
    (other,) = screen(case_of("Ottokar", "Zwirnbold", born="1961", state=State.APPROVED))

    assert next_one.state == (HitState.CONFIRMED if same else HitState.CLEARED)
    assert next_one.decided_by == officer
    assert other.state == HitState.OPEN


def test_rule_3_a_hit_never_goes_by_itself(held, bring):
    bring(LUDMILLA, version="without him", smaller=True)

    assert screen(held.case) == [held]


@pytest.mark.parametrize(
    ("kind", "state", "blocks"),
    [
        (ListKind.SANCTIONS, HitState.OPEN, True),
        (ListKind.SANCTIONS, HitState.CONFIRMED, True),
        (ListKind.SANCTIONS, HitState.CLEARED, False),
        (ListKind.PEP, HitState.OPEN, False),
        (ListKind.PEP, HitState.CONFIRMED, False),
    ],
)
def test_rule_4_what_blocks(bring, case_of, kind, state, blocks):
    bring(OTTOKAR, kind=kind)
    case = case_of("Ottokar", "Zwirnbold")
    screen(case)
    case.hits.update(state=state)

    assert hits_block(case) is blocks


def test_the_same_person_puts_the_case_on_hold(held, officer):
    Decision.objects.create(
        case=held.case, applicant=held.applicant, attempt=1, verdict=Verdict.APPROVE, evidence="0" * 64
    )
    hit = decide_hit(actor=officer, hit_id=held.pk, same=True, why="Place of birth agrees")
    case = hit.case
    case.refresh_from_db()

    assert (hit.state, hit.decided_by) == (HitState.CONFIRMED, officer)
    assert (case.state, case.held_at is not None) == (State.ON_HOLD, True)
    assert case.decisions.get().voided_because == "evidence_changed"
    assert case.notes.get().text == "Place of birth agrees"
    assert list(AuditEvent.objects.filter(subject=case.pk).order_by("seq").values_list("event", flat=True)) == [
        Event.HIT_DECIDED,
        Event.DECISION_VOIDED,
        Event.CASE_HELD,
    ]


def test_another_person_lets_the_case_be_and_takes_nothing_off_hold(held, officer, bring):
    case = held.case
    case.move(State.ON_HOLD)
    case.save()

    decide_hit(actor=officer, hit_id=held.pk, same=False, why="Another place of birth")
    case.refresh_from_db()

    assert case.state == State.ON_HOLD
    assert not hits_block(case)


def test_a_hit_is_decided_once(held, officer):
    decide_hit(actor=officer, hit_id=held.pk, same=False, why="Another place of birth")
    before = rows()

    with pytest.raises(AlreadyDecided):
        decide_hit(actor=officer, hit_id=held.pk, same=True, why="No")

    assert rows() == before


def test_a_decision_needs_a_reason(held, officer):
    before = rows()

    with pytest.raises(ReviewWrong):
        decide_hit(actor=officer, hit_id=held.pk, same=False, why=" ")

    assert rows() == before


def test_who_may_not_decide_finds_nothing(held, customer, stranger, officer):
    before = rows()
    own = ScreeningHit.objects.filter(pk=held.pk)

    for somebody in (customer, stranger):
        with pytest.raises(Absent):
            decide_hit(actor=somebody, hit_id=held.pk, same=False, why="It is me")
    with pytest.raises(Absent):
        decide_hit(actor=officer, hit_id=held.case_id, same=False, why="No such hit")
    own.get().case.__class__.objects.filter(pk=held.case_id).update(applicant=officer)
    with pytest.raises(Absent):
        decide_hit(actor=officer, hit_id=held.pk, same=False, why="It is me")

    assert rows() == before


def test_recall_over_the_database(bring):
    """Of made-up persons among 1000, found under another spelling; and how many others are taken for them."""
    listed = list(persons(1, 1000, varied=True))
    bring(*(f"N-{n},{who.name},{who.born},{who.country}," for n, who in enumerate(listed)))
    chance = random.Random(5)
    sample = random.Random(9).sample(range(len(listed)), 45)
    found = others = 0
    for number, place in enumerate(sample):
        who = listed[place]
        variant = list(VARIANTS.values())[number % len(VARIANTS)]
        keys = {match.entry.key for match in matches(Person((variant(who, chance),), (who.born,), (who.country,)))}
        found += f"N-{place}" in keys
        others += len(keys - {f"N-{place}"})

    assert found >= 42
    assert others <= 5


def test_matching_rule_1_one_shared_common_word_is_not_looked_at(bring):
    bring(*(f"N-{n},Ottokar {who.surname},,," for n, who in enumerate(persons(2, 400))))

    assert len(candidates(Person(("Ottokar Zwirnbold",)))) < 200
    assert len(candidates(Person(("Ottokar",)))) == 400
