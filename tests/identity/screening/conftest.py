"""Lists in force, and people who are compared with them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from echt.accounts.actions.provisioning import provision
from echt.accounts.models import Role
from echt.identity.actions.screening import import_list
from echt.identity.documents import DocumentKind
from echt.identity.levels import Level
from echt.identity.models import Case, LevelGrant, ScreeningList
from echt.identity.models.screening import ListKind
from echt.identity.states import CLOSED, State

HEAD = "key,names,born,countries,remarks"
OTTOKAR = "N-1,Ottokar Zwirnbold;Otokar Swirnbold,1961-02-03,DEU,Made up"
LUDMILLA = "N-2,Ludmilla Khlebotsev,1970,RUS,"


@pytest.fixture
def write(tmp_path) -> Callable:
    """A file in our own format, with these rows."""
    count = iter(range(1000))

    def write(*rows: str):
        path = tmp_path / f"{next(count)}.csv"
        path.write_text("\n".join([HEAD, *rows, ""]))
        return path

    return write


@pytest.fixture
def bring(db, write) -> Callable[..., ScreeningList]:
    """A list in force: `bring(OTTOKAR, name="Tests")`."""
    count = iter(range(1000))

    def bring(*rows: str, name: str = "Tests", kind: ListKind = ListKind.SANCTIONS, **more) -> ScreeningList:
        version = more.pop("version", f"version {next(count)}")
        return import_list(actor=None, files=[write(*rows)], name=name, kind=kind, version=version, **more)

    return bring


@pytest.fixture
def case_of(customer) -> Callable[..., Case]:
    """A case of Lena's, submitted and in review: `case_of("Ottokar", "Zwirnbold", born="1961-02-03")`."""

    def make(
        given: str,
        surname: str,
        *,
        born: str = "1961-02-03",
        state: State = State.IN_REVIEW,
        applicant=customer,
        **more,
    ) -> Case:
        now = datetime.now(UTC)
        return Case.objects.create(
            applicant=applicant,
            level=more.pop("level", Level.PRIMARY),
            state=state,
            country="DEU",
            kind=DocumentKind.PASSPORT,
            typed={"given_names": given, "surname": surname, "born_on": born, "nationality": "D"},
            closed_at=now if state in CLOSED else None,
            submitted_at=now,
            due_at=now,
            **more,
        )

    return make


@pytest.fixture
def granted(case_of) -> Callable[..., LevelGrant]:
    """Somebody's live level."""

    def make(given: str, surname: str, **more) -> LevelGrant:
        case = case_of(given, surname, state=State.APPROVED, **more)
        return LevelGrant.objects.create(applicant=case.applicant, level=case.level, case=case)

    return make


@pytest.fixture
def officer(db):
    """Somebody who may decide hits."""
    return provision(address="risk@example.org", password="a long and quiet evening", role=Role.RISK_OFFICER)
