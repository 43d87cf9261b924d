"""Cases for tests, made row by row: in any state, with real small pictures, checks, hits and grants."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from echt import clock
from echt.accounts.models import User
from echt.identity.documents import DocumentKind, Field
from echt.identity.findings import Band, FaceMatch, PictureVerdict, Reading, Source
from echt.identity.findings_json import to_json
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case, LevelGrant, Picture, ScreeningHit, StoredCheck
from echt.identity.models.cases import CheckKind, Outcome, PictureState
from echt.identity.models.screening import HitState
from echt.identity.states import CLOSED, State
from echt.vault import files
from echt.vault.purposes import Purpose

TYPED = {
    Field.SURNAME: "Wolff",
    Field.GIVEN_NAMES: "Lena",
    Field.NUMBER: "L01X00T47",
    Field.BORN_ON: "1991-07-28",
    Field.EXPIRES_ON: "2031-02-11",
}
WHOLE = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))
MADE = timedelta(minutes=5)


def a_case(
    applicant: User,
    *,
    state: State = State.IN_REVIEW,
    level: Level = Level.PRIMARY,
    typed: dict[Field, str] | None = None,
    ago: timedelta = timedelta(hours=1),
    pictures: bool = True,
    checks: bool = True,
    **values: Any,
) -> Case:
    """A case that was submitted `ago`, with the pictures and checks that its state and level have."""
    now = clock.now()
    submitted = None if state is State.DRAFT else now - ago
    case = Case.objects.create(
        applicant=applicant,
        level=level.value,
        state=state.value,
        country=values.pop("country", "DEU"),
        kind=values.pop("kind", DocumentKind.ID_CARD.value),
        typed={field.value: value for field, value in (TYPED | (typed or {})).items()},
        read=to_json(a_reading(TYPED | (typed or {}))),
        submitted_at=submitted,
        due_at=submitted + timedelta(hours=24) if submitted else None,
        closed_at=now if state in CLOSED else None,
        held_at=now if state is State.ON_HOLD else None,
        **values,
    )
    if pictures:
        add_pictures(case)
    if checks and state not in {State.DRAFT, State.CHECKING}:
        add_checks(case)
    return case


def a_reading(typed: dict[Field, str]) -> Reading:
    digits = {"number": True, "born_on": True, "expires_on": True, "composite": True}
    return Reading(fields={Source.MRZ: typed, Source.PRINT: typed}, mrz_format="TD1", check_digits=digits)


def a_jpeg(colour: str = "teal", size: tuple[int, int] = (64, 40)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def add_picture(case: Case, item: Item, *, colour: str = "teal", position: int | None = None, at: int = 0) -> Picture:
    purpose = Purpose.BIOMETRIC if item is Item.FACE else Purpose.DOCUMENT
    content = a_jpeg(colour, (40, 64) if item is Item.FACE else (64, 40))
    verdict = PictureVerdict(corners=None if item is Item.FACE else WHOLE)
    return Picture.objects.create(
        case=case,
        applicant=case.applicant,
        item=item.value,
        position=position,
        at=at,
        attempt=case.attempt,
        file=files.keep(content, purpose=purpose, subject=case.applicant_id),
        width=40 if item is Item.FACE else 64,
        height=64 if item is Item.FACE else 40,
        state=PictureState.ACCEPTED.value,
        verdict=to_json(verdict),
        judged_at=clock.now(),
    )


def add_pictures(case: Case) -> None:
    add_picture(case, Item.FRONT)
    if case.kind != DocumentKind.PASSPORT:
        add_picture(case, Item.BACK, colour="olive")
    if case.level == Level.ADVANCED and not case.without_face:
        add_picture(case, Item.FACE, colour="tan")


def add_checks(case: Case, **outcomes: Outcome) -> None:
    """All checks of the present attempt, each of which holds unless said otherwise: `face=Outcome.DOUBT`."""
    of_face = {CheckKind.FACE, CheckKind.LIVENESS}
    for kind in CheckKind:
        applies = kind not in of_face or case.level == Level.ADVANCED
        usual = Outcome.HOLDS if applies else Outcome.NOT_APPLICABLE
        add_check(case, kind, outcomes.get(kind.value, usual), ago=MADE)


def add_check(
    case: Case, kind: CheckKind, outcome: Outcome, *, ago: timedelta = timedelta(0), **details: Any
) -> StoredCheck:
    if kind is CheckKind.FACE and outcome is not Outcome.NOT_APPLICABLE:
        bands = {Outcome.HOLDS: Band.ALIKE, Outcome.FAILS: Band.UNLIKE}
        match = FaceMatch(
            band=bands.get(outcome, Band.UNSURE),
            score=0.61,
            alike_from=0.4,
            unlike_below=0.25,
            portrait=((0.1, 0.2), (0.35, 0.8)),
        )
        details = to_json(match) | details
    return StoredCheck.objects.create(
        case=case,
        applicant=case.applicant,
        attempt=case.attempt,
        kind=kind.value,
        outcome=outcome.value,
        provider="tests 1",
        details=details,
        at=clock.now() - ago,
    )


def add_hit(case: Case, *, state: HitState = HitState.OPEN, kind: str = "sanctions") -> ScreeningHit:
    shown = {
        "list": "consolidated",
        "version": "2026-11-20",
        "kind": kind,
        "key": "Q-1",
        "names": ["Lena Wolf"],
        "born": ["1991"],
        "countries": ["DEU"],
        "remarks": "",
        "person": {"names": ["Lena Wolff"], "born": ["1991-07-28"], "countries": ["DEU"]},
    }
    return ScreeningHit.objects.create(case=case, applicant=case.applicant, shown=shown, score=93, state=state.value)


def add_grant(case: Case, **values: Any) -> LevelGrant:
    return LevelGrant.objects.create(applicant=case.applicant, level=case.level, case=case, **values)


def state_of(case: Case) -> dict[str, Any]:
    """Everything about a case that an action could change, for tests of refusals."""
    from echt.audit.models import Head
    from echt.mail.models import Message

    fresh = Case.objects.get(pk=case.pk)
    row = {field.attname: getattr(fresh, field.attname) for field in Case._meta.fields}
    related = {
        name: sorted(map(str, getattr(fresh, name).values_list("pk", *more)))
        for name, more in {
            "decisions": ("decided_at", "voided_at", "confirmed_by"),
            "notes": (),
            "hits": ("state",),
            "grants": ("revoked_at",),
            "pictures": ("replaced_at",),
            "checks": (),
        }.items()
    }
    return row | related | {"mails": Message.objects.count(), "record": list(Head.objects.values_list("seq"))}
