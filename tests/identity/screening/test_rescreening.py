"""After an import everybody is compared again, by the rules of `rescreening`."""

from datetime import UTC, datetime, timedelta

import pytest

from echt.accounts.actions.provisioning import provision
from echt.audit.models import AuditEvent
from echt.identity.events import Event
from echt.identity.models import Decision, ScreeningHit
from echt.identity.models.decisions import Verdict
from echt.identity.models.screening import ListKind
from echt.identity.screening import rescreening
from echt.identity.screening.rescreening import rescreen, to_look_at
from echt.identity.states import State
from tests.identity.screening.conftest import LUDMILLA, OTTOKAR

pytestmark = pytest.mark.django_db


def run(current) -> None:
    rescreen.func(imported=str(current.pk))


def test_rule_1_who_is_looked_at(granted, case_of, travel):
    now = datetime.now(UTC)
    live = granted("Ottokar", "Zwirnbold")
    ended = granted("Ottokar", "Zwirnbold", level="advanced")
    ended.begins_at, ended.ends_at = now - timedelta(days=2), now - timedelta(days=1)
    ended.save()
    review = case_of("Ottokar", "Zwirnbold")
    case_of("Ottokar", "Zwirnbold", state=State.DRAFT, level="advanced")

    assert set(to_look_at(now)) == {live.case, review}
    live.revoked_at = now
    live.save()
    assert set(to_look_at(now)) == {review}
    review.applicant.is_active = False
    review.applicant.save()
    assert not to_look_at(now).exists()


def test_rule_2_a_new_hit_on_somebody_verified_is_recorded_and_the_level_stays(granted, bring):
    grant = granted("Ottokar", "Zwirnbold")
    run(bring(OTTOKAR))
    run(bring(OTTOKAR, version="again"))
    hit = ScreeningHit.objects.get()
    grant.refresh_from_db()
    grant.case.refresh_from_db()

    assert (hit.case, grant.revoked_at, grant.case.state) == (grant.case, None, State.APPROVED)
    assert AuditEvent.objects.get(event=Event.HIT_FOUND).subject == grant.case.pk


@pytest.mark.parametrize(("kind", "state"), [(ListKind.SANCTIONS, State.ON_HOLD), (ListKind.PEP, State.IN_REVIEW)])
def test_rule_2_a_case_in_review(case_of, bring, kind, state):
    case = case_of("Ottokar", "Zwirnbold")
    Decision.objects.create(case=case, applicant=case.applicant, attempt=1, verdict=Verdict.APPROVE, evidence="0" * 64)
    version = case.version
    run(bring(OTTOKAR, kind=kind))
    case.refresh_from_db()

    assert case.state == state
    assert case.version > version
    assert case.decisions.get().voided_because == "evidence_changed"


def test_nobody_new_changes_nothing(case_of, bring):
    case = case_of("Rosalinde", "Quellenhof")
    run(bring(OTTOKAR))
    before = case.version
    case.refresh_from_db()

    assert case.version == before
    assert not AuditEvent.objects.filter(event=Event.HIT_FOUND).exists()


def test_rule_3_it_goes_on_in_portions(granted, bring, monkeypatch):
    monkeypatch.setattr(rescreening, "AT_ONCE", 2)
    people = [provision(address=f"{n}@example.org", password="a long and quiet evening") for n in range(5)]
    for person in people:
        granted("Ottokar", "Zwirnbold", applicant=person)
    asked = []
    monkeypatch.setattr(type(rescreen), "enqueue", lambda _job, **asked_for: asked.append(asked_for))
    current = bring(OTTOKAR)
    run(current)
    while asked and "behind" in asked[-1]:
        rescreen.func(imported=asked[-1]["imported"], behind=asked.pop()["behind"])

    assert set(ScreeningHit.objects.values_list("applicant", flat=True)) == {person.pk for person in people}


def test_rule_3_a_version_that_is_retired_is_not_gone_on_with(granted, bring):
    granted("Ottokar", "Zwirnbold")
    old = bring(OTTOKAR)
    bring(LUDMILLA, version="new")
    run(old)

    assert not ScreeningHit.objects.exists()
