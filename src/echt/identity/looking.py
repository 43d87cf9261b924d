"""The work of the vision worker on what an applicant gives: pictures, the document as a whole, the challenge.

1. Each step does the same when it runs twice, and nothing where the case is elsewhere by then, or the picture another.
2. Machines look outside of any transaction; what they found is written under the case's lock, after a second look at
   whether it is still wanted.
3. Nothing here decides: a picture that will not do is asked for again, and only while the case is with its applicant.
4. Without a consent in force nothing looks at a face.
5. Who does not pass the challenge repeats it; from the third answer on it is taken as it is, and a person looks.
6. An operator's detector of attacks that breaks is an error of the check of liveness alone, and the operator is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import structlog
from django.db import transaction

from echt import clock
from echt.identity import challenges, duplicates, keeping, local
from echt.identity.access import lock_applicant, lock_case
from echt.identity.documents import DocumentKind, Side
from echt.identity.findings import Liveness, LivenessOutcome, PictureVerdict, Reading
from echt.identity.findings_json import to_json
from echt.identity.items import Item
from echt.identity.models import Case, Challenge, Picture
from echt.identity.models.cases import PictureState
from echt.identity.providers import Asked, AttackDetector, DetectorBroken, Expected, Frame
from echt.identity.selectors import SIDES, consent_of, document_pictures
from echt.identity.states import WITH_APPLICANT, State
from echt.identity.uploads.refusals import Reason, UploadRefused
from echt.identity.uploads.sanitise import Clean, sanitise_all
from echt.vault import files
from echt.vault.purposes import Purpose

log = structlog.get_logger("echt.identity")

AT_WORK = [*WITH_APPLICANT, State.CHECKING]
"""Where machines look at a case."""
TRIES = 3
"""Answers to challenges from which on the face is taken as it is (rule 5)."""
STRIP = 12
"""Frames of a challenge that are kept for the one who decides."""


@dataclass(frozen=True)
class Seen:
    """A frame made anew from its pixels."""

    at: int
    clean: Clean

    @property
    def frame(self) -> Frame:
        return Frame(at=self.at, picture=self.clean.jpeg)


def judge(picture_id: UUID) -> None:
    """Say whether a picture of the document will do; the document is read once all of them do."""
    picture = _waiting(picture_id)
    if picture is None or picture.file is None:
        return
    try:
        content = files.content_of(picture.file)
    except files.Destroyed:
        return
    verdict = local.document_reader().judge(content, expected=expected(picture))
    with transaction.atomic():
        case = lock_case(picture.case_id)
        current = _waiting(picture_id)
        if current is not None:
            _write_verdict(current, verdict)
            _read_when_ready(case)


def read(case_id: UUID, pictures: Sequence[UUID]) -> None:
    """Read the document from exactly these pictures of it, front first."""
    found = _to_read(case_id, pictures)
    if not found:
        return
    case = found[0].case
    front, *back = [files.content_of(picture.file) for picture in found if picture.file]
    reading = local.document_reader().read(
        front, back[0] if back else None, kind=DocumentKind(case.kind), country=case.country
    )
    with transaction.atomic():
        case = lock_case(case_id)
        if _to_read(case_id, pictures):
            _write_reading(case, reading)


def verify(challenge_id: UUID) -> None:
    """Verify the answer to a challenge, and take the picture of the face from it."""
    challenge = _answered(challenge_id)
    if challenge is None or challenge.file is None:
        return
    try:
        container = files.content_of(challenge.file)
    except files.Destroyed:
        return
    frames = _made_anew(container)
    liveness = _liveness(challenge, frames)
    verdict = _face_verdict(liveness, frames)
    with transaction.atomic():
        lock_applicant(challenge.applicant_id)
        case = lock_case(challenge.case_id)
        current = _answered(challenge_id)
        if current is not None:
            current.case = case
            _write_liveness(current, liveness, frames, verdict)


def expected(picture: Picture) -> Expected:
    """What a picture of a document is supposed to show."""
    case = picture.case
    side = Side.FRONT if picture.item == Item.FRONT else Side.BACK
    return Expected(kind=DocumentKind(case.kind), side=side, country=case.country, scan=picture.scan)


def _waiting(picture_id: UUID) -> Picture | None:
    """The picture, if it still waits for a verdict (rule 1)."""
    waiting = Picture.objects.filter(
        pk=picture_id,
        state=PictureState.WAITING.value,
        replaced_at=None,
        item__in=[side.value for side in SIDES],
        case__state__in=AT_WORK,
    )
    return waiting.exclude(file=None).select_related("case", "file").first()


def _write_verdict(picture: Picture, verdict: PictureVerdict) -> None:
    picture.verdict = to_json(verdict)
    picture.state = (PictureState.ACCEPTED if verdict.accepted else PictureState.REFUSED).value
    picture.judged_at = clock.now()
    picture.save(update_fields=["verdict", "state", "judged_at"])


def _read_when_ready(case: Case) -> None:
    """Have the document read as soon as all its pictures will do; of a submitted case the checks do it themselves."""
    from echt.identity.tasks import read_document

    pictures = document_pictures(case)
    if State(case.state) not in WITH_APPLICANT or not pictures:
        return
    if all(picture.state == PictureState.ACCEPTED for picture in pictures):
        ids = [str(picture.pk) for picture in pictures]
        read_document.enqueue(case=str(case.pk), pictures=list(ids), key=":".join(ids))


def _to_read(case_id: UUID, wanted: Sequence[UUID]) -> list[Picture]:
    """The pictures, if they are the document's present ones and nothing was read of them yet (rule 1)."""
    case = Case.objects.filter(pk=case_id, read__isnull=True, state__in=AT_WORK).first()
    pictures = document_pictures(case) if case is not None else []
    if [picture.pk for picture in pictures] != list(wanted):
        return []
    return pictures if all(picture.file for picture in pictures) else []


def _write_reading(case: Case, reading: Reading) -> None:
    case.read = to_json(reading)
    case.number_index = duplicates.index_of(case)
    case.save(update_fields=["read", "number_index"])


def _answered(challenge_id: UUID) -> Challenge | None:
    """The challenge, if its answer still waits to be verified, and may be (rules 1 and 4)."""
    answered = Challenge.objects.filter(pk=challenge_id, verified_at=None, case__state__in=AT_WORK)
    found = answered.exclude(file=None).select_related("case", "file", "applicant").first()
    return found if found is not None and consent_of(found.applicant) is not None else None


def _made_anew(container: bytes) -> list[Seen]:
    """The frames of an answer, made anew from their pixels; those that are no pictures are left out."""
    frames = challenges.frames_of(container)
    try:
        cleaned = sanitise_all([frame.picture for frame in frames])
    except UploadRefused as refused:
        if refused.reason is Reason.BUSY:
            raise
        return []
    return [Seen(frame.at, clean) for frame, clean in zip(frames, cleaned, strict=True) if clean is not None]


def _liveness(challenge: Challenge, frames: Sequence[Seen]) -> Liveness:
    if len(frames) < challenges.LEAST_FRAMES:
        return Liveness(outcome=LivenessOutcome.INCONCLUSIVE, movements=(), flags=("unreadable_frames",))
    shown = [seen.frame for seen in frames]
    asked = Asked(movements=challenges.movements_of(challenge.movements), camera=challenge.camera or "")
    return _with_attack_score(local.liveness_checker().verify(asked, shown), shown)


def _with_attack_score(liveness: Liveness, shown: Sequence[Frame]) -> Liveness:
    """What the operator's detector adds; nothing where there is none (rule 6)."""
    try:
        detector = local.attack_detector()
        if detector is None:
            return liveness
        return replace(liveness, attack_score=_score(detector, shown), attack_by=detector.version)
    except Exception as error:  # noqa: BLE001 (rule 6: it is the operator's, and may raise anything)
        why = str(error) if isinstance(error, DetectorBroken) else f"{type(error).__name__}."
        log.warning("attack_detector.broken", why=why)
        return replace(liveness, attack_error=why)


def _score(detector: AttackDetector, shown: Sequence[Frame]) -> float:
    score = detector.score(shown)
    if not 0 <= score <= 1:
        raise DetectorBroken(f"{detector.version} gives the score {score}, which is not between 0 and 1.")
    return score


def _face_verdict(liveness: Liveness, frames: Sequence[Seen]) -> PictureVerdict:
    if liveness.frontal is None:
        return PictureVerdict()
    return local.face_matcher().judge(frames[liveness.frontal].clean.jpeg)


def _write_liveness(challenge: Challenge, liveness: Liveness, frames: Sequence[Seen], verdict: PictureVerdict) -> None:
    case = challenge.case
    keeping.replace(case, Item.FACE)
    challenge.findings, challenge.verified_at = to_json(liveness), clock.now()
    challenge.save(update_fields=["findings", "verified_at"])
    keeping.let_go(challenge)
    passed = liveness.outcome is LivenessOutcome.PASSED and liveness.frontal is not None and verdict.accepted
    state = PictureState.ACCEPTED if passed or _tries_of(case) >= TRIES else PictureState.REFUSED
    _keep_face(case, liveness, frames, verdict, state)


def _tries_of(case: Case) -> int:
    """How many answers were verified since the case was last submitted."""
    return case.challenges.filter(verified_at__gt=case.submitted_at or case.created_at).count()


def _keep_face(
    case: Case, liveness: Liveness, frames: Sequence[Seen], verdict: PictureVerdict, state: PictureState
) -> None:
    """Keep the picture of the face and a few frames; the others are gone."""
    if not frames:
        return
    frontal = liveness.frontal if liveness.frontal is not None else len(frames) // 2
    _keep(case, frames[frontal], state, verdict=to_json(verdict))
    for position in strip_of(liveness, len(frames)):
        _keep(case, frames[position], state, position=position)


def _keep(case: Case, seen: Seen, state: PictureState, *, verdict: object = None, position: int | None = None) -> None:
    Picture.objects.create(
        case=case,
        applicant_id=case.applicant_id,
        item=Item.FACE.value,
        position=position,
        at=seen.at,
        attempt=case.gathering,
        file=files.keep(seen.clean.jpeg, purpose=Purpose.BIOMETRIC, subject=case.applicant_id),
        width=seen.clean.width,
        height=seen.clean.height,
        state=state.value,
        verdict=verdict,
        judged_at=clock.now(),
    )


def strip_of(liveness: Liveness, count: int) -> list[int]:
    """Which frames the one who decides sees: those that show the movements, and others evenly between them."""
    shown = {seen.frames[len(seen.frames) // 2] for seen in liveness.movements if seen.frames}
    evenly = [round(place * (count - 1) / (STRIP - 1)) for place in range(STRIP)]
    chosen = sorted(position for position in shown if 0 <= position < count)[:STRIP]
    for position in evenly:
        if len(chosen) < min(STRIP, count) and position not in chosen:
            chosen.append(position)
    return sorted(chosen)
