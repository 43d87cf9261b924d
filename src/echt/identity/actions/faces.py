"""Consent to biometrics and the face step.

1. Nothing measures a face without a consent in force to the present text.
2. A challenge is answered once, in time, by the one for whom it was made.
3. Withdrawing destroys the key of all face data of the person at once, whatever is running. A case that is with its
   applicant waits for their choice; one that is checked or reviewed goes on without the face, and a pending
   proposal about it is void.
4. The way without the face step is open as long as the case is with its applicant, and back again.

Lock order: the applicant, then their cases (`access`). The key goes last, after everything is recorded.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from echt import clock
from echt.accounts.models import User
from echt.accounts.where import Where
from echt.audit.record import record
from echt.identity import challenges, consents, keeping
from echt.identity.access import Absent, lock_applicant, lock_case
from echt.identity.actions.gathering import check_open, lock_to_change, note_given, save_change
from echt.identity.events import Event
from echt.identity.evidence import CHANGED, void_proposal
from echt.identity.examining.faces import leave_out
from echt.identity.items import Item
from echt.identity.mails import ConsentWithdrawn
from echt.identity.models import Case, Challenge, Consent
from echt.identity.refusals import ChallengeRefused, ConsentMissing, Stale
from echt.identity.selectors import consent_of
from echt.identity.states import CLOSED, WITH_APPLICANT, State
from echt.identity.tasks import verify_challenge
from echt.identity.uploads import parts
from echt.mail.send import send
from echt.vault import files
from echt.vault.purposes import Purpose
from echt.vault.shred import destroy_keys

MOST_IN_AN_HOUR = 20
OLD_TEXT = _("The text has changed since you opened the page. Read it again, then decide.")
USED = _("This challenge was answered already. Begin the face step anew.")
ENDED = _("The time for these movements is over. Begin the face step anew.")
ENOUGH = _("You have tried often within the last hour. Rest a while, or choose the way without the face check.")


def agree(*, actor: User, text_version: str, where: Where) -> Consent:
    """Agree to the present text; a second click changes nothing.

    Raises:
        Stale: the text has changed since it was shown.
    """
    if text_version != consents.VERSION:
        raise Stale(OLD_TEXT)
    with transaction.atomic():
        applicant = lock_applicant(actor.pk)
        given = consent_of(applicant)
        if given is not None:
            return given
        Consent.objects.filter(applicant=applicant, withdrawn_at=None).update(withdrawn_at=clock.now())
        consent = _consent(applicant, where)
        record(
            Event.CONSENT_GIVEN,
            actor=actor,
            subject=applicant.pk,
            version=consent.text_version,
            digest=consent.text_digest,
            language=consent.language,
            **where.details(),
        )
        return consent


def withdraw_consent(*, actor: User, where: Where) -> None:
    """Withdraw the consent, and destroy what rested on it (rule 3). Without a consent nothing happens."""
    with transaction.atomic():
        applicant = lock_applicant(actor.pk)
        given = Consent.objects.filter(applicant=applicant, withdrawn_at=None)
        if not given.update(withdrawn_at=clock.now()):
            return
        for pk in Case.objects.filter(applicant=applicant).order_by("pk").values_list("pk", flat=True):
            _without_consent(lock_case(pk))
        keeping.forget_faces(applicant.pk)
        record(Event.CONSENT_WITHDRAWN, actor=actor, subject=applicant.pk, **where.details())
        record(Event.BIOMETRICS_DESTROYED, actor=actor, subject=applicant.pk)
        send(ConsentWithdrawn(to=applicant, at=clock.now(), device=where.device))
        destroy_keys(applicant.pk, purposes=[Purpose.BIOMETRIC])


def go_without_face(*, actor: User, case_id: UUID) -> Case:
    """Choose the way without the face step (rule 4).

    Raises:
        WrongState, NotOffered: the case is not with its applicant, or the step is not asked for.
    """
    with transaction.atomic():
        case = lock_to_change(actor, case_id, Item.FACE)
        if case.without_face and Item.FACE.value not in case.reopened:
            return case
        _drop_face(case)
        case.without_face = True
        note_given(case, Item.FACE)
        save_change(case, actor, Item.FACE, without_face=True)
        return case


def issue_challenge(*, actor: User, case_id: UUID) -> Challenge:
    """A new challenge. Earlier ones that were not answered cannot be any more.

    Raises:
        ConsentMissing: see rule 1.
        ChallengeRefused: too many within an hour.
        WrongState, NotOffered: the case is not with its applicant, or the step is not asked for.
    """
    with transaction.atomic():
        lock_applicant(actor.pk)
        case = lock_to_change(actor, case_id, Item.FACE)
        if consent_of(actor) is None:
            raise ConsentMissing
        _check_rest(actor)
        return _issue(case)


def answer_challenge(*, actor: User, challenge_id: UUID, upload_id: UUID, camera: str) -> Challenge:
    """Hand in the frames that answer a challenge; the vision worker verifies them.

    Raises:
        ChallengeRefused: used, ended, or not the frames of it; the sentence says what to do.
        ConsentMissing: see rule 1.
        UploadRefused: the upload is not complete.
        Absent: it is somebody else's challenge, or there is none.
    """
    container = parts.content_of(actor=actor, upload_id=upload_id, item=Item.FACE)
    frames = challenges.frames_of(container)
    with transaction.atomic():
        applicant = lock_applicant(actor.pk)
        challenge = _lock_challenge(applicant, challenge_id)
        check_open(challenge.case, Item.FACE)
        _check_answerable(challenge)
        challenges.check_no_later(frames, issued_at=challenge.issued_at, now=clock.now())
        _take_answer(challenge, container, camera)
        note_given(challenge.case, Item.FACE)
        save_change(challenge.case, actor, Item.FACE, challenge=str(challenge.pk))
        verify_challenge.enqueue(challenge=str(challenge.pk), key=str(challenge.pk))
    parts.discard(actor=actor, upload_id=upload_id)
    return challenge


def _consent(applicant: User, where: Where) -> Consent:
    return Consent.objects.create(
        applicant=applicant,
        text_version=consents.VERSION,
        text_digest=consents.digest(),
        language=consents.language(),
        where=where.details(),
    )


def _without_consent(case: Case) -> None:
    """What becomes of one case (rule 3)."""
    state = State(case.state)
    if state in CLOSED or case.without_face or not _has_face_step(case):
        return
    if state in WITH_APPLICANT:
        _drop_face(case)
        case.redone = [item for item in case.redone if item != Item.FACE]
        case.touch()
        case.save()
        return
    void_proposal(case, because=CHANGED)
    _drop_face(case)
    case.without_face = True
    case.touch()
    case.save()
    if case.state != State.CHECKING:
        leave_out(case)


def _has_face_step(case: Case) -> bool:
    """Whether anything about a face was given for the case."""
    return case.pictures.filter(item=Item.FACE.value).exists() or case.challenges.exclude(used_at=None).exists()


def _drop_face(case: Case) -> None:
    keeping.replace(case, Item.FACE)
    _drop_pending(case)


def _check_rest(actor: User) -> None:
    since = clock.now() - challenges.REST
    if Challenge.objects.filter(applicant=actor, issued_at__gt=since).count() >= MOST_IN_AN_HOUR:
        raise ChallengeRefused(ENOUGH)


def _issue(case: Case) -> Challenge:
    now = clock.now()
    last = case.challenges.order_by("-issued_at", "-pk").first()
    case.challenges.filter(used_at=None, ends_at__gt=now).exclude(issued_at=now).update(ends_at=now)
    return Challenge.objects.create(
        case=case,
        applicant_id=case.applicant_id,
        movements=[movement.value for movement in challenges.draw(before=last.movements if last else ())],
        issued_at=now,
        ends_at=now + challenges.LIFE,
    )


def _lock_challenge(applicant: User, challenge_id: UUID) -> Challenge:
    """The applicant's challenge with its case, both locked."""
    found = Challenge.objects.filter(pk=challenge_id, applicant=applicant).first()
    if found is None:
        raise Absent
    case = lock_case(found.case_id)
    challenge = Challenge.objects.select_for_update().get(pk=challenge_id)
    challenge.case = case
    return challenge


def _check_answerable(challenge: Challenge) -> None:
    if challenge.used_at is not None:
        raise ChallengeRefused(USED)
    if clock.now() >= challenge.ends_at:
        raise ChallengeRefused(ENDED)
    if consent_of(challenge.applicant) is None:
        raise ConsentMissing


def _take_answer(challenge: Challenge, container: bytes, camera: str) -> None:
    """Keep the frames, sealed as what they are; an earlier answer that nobody verified yet goes."""
    _drop_pending(challenge.case)
    challenge.case.without_face = False
    challenge.used_at = clock.now()
    challenge.camera = camera[:200]
    challenge.file = files.keep(container, purpose=Purpose.BIOMETRIC, subject=challenge.applicant_id)
    challenge.save()


def _drop_pending(case: Case) -> None:
    for challenge in case.challenges.exclude(file=None).select_related("file"):
        keeping.let_go(challenge)
