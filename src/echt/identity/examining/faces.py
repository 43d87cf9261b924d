"""FACE and LIVENESS: whether the applicant looks like the portrait, and was there. Never without consent."""

from echt.identity import local
from echt.identity.examining.material import Found, Material, doubt, not_applicable, worst
from echt.identity.findings import Band, Liveness, LivenessOutcome
from echt.identity.findings_json import to_json
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case, Picture, StoredCheck
from echt.identity.models.cases import CheckKind, Outcome
from echt.identity.selectors import latest_challenge, liveness_of
from echt.vault import files

WITHDRAWN = "consent_withdrawn"
ATTACK_FROM = 0.5
"""Of the operator's own detector: from here on a doubt."""
OF_BAND = {Band.ALIKE: Outcome.HOLDS, Band.UNSURE: Outcome.DOUBT, Band.UNLIKE: Outcome.FAILS}
OF_LIVENESS = {LivenessOutcome.PASSED: Outcome.HOLDS, LivenessOutcome.FAILED: Outcome.FAILS}
KINDS = (CheckKind.FACE, CheckKind.LIVENESS)


def face(material: Material) -> Found:
    """The portrait of the document beside the face of the challenge."""
    if not material.asks_for_face:
        return not_applicable(because_of(material.case))
    portrait = next((picture for picture in material.pictures if picture.item == Item.FRONT), None)
    if portrait is None or material.face is None:
        return doubt("no_picture")
    matcher = local.face_matcher()
    match = matcher.compare(_content(portrait), _content(material.face))
    outcome = OF_BAND.get(match.band, Outcome.DOUBT)
    return Found(outcome=outcome, details=to_json(match), provider=matcher.version)


def liveness(material: Material) -> Found:
    """What the challenge showed."""
    if not material.asks_for_face:
        return not_applicable(because_of(material.case))
    challenge = latest_challenge(material.case)
    seen = liveness_of(challenge) if challenge else None
    if seen is None:
        return doubt("not_verified")
    answers = material.case.challenges.exclude(verified_at=None).count()
    details = {**to_json(seen), "tries": answers}
    return Found(outcome=outcome_of(seen), details=details, provider=local.liveness_checker().version)


def outcome_of(seen: Liveness) -> Outcome:
    outcome = OF_LIVENESS.get(seen.outcome, Outcome.DOUBT)
    if seen.attack_error:
        return worst(outcome, Outcome.ERROR)
    suspicious = bool(seen.flags) or (seen.attack_score is not None and seen.attack_score >= ATTACK_FROM)
    return Outcome.DOUBT if outcome is Outcome.HOLDS and suspicious else outcome


def because_of(case: Case) -> str:
    return "without_face" if case.level == Level.ADVANCED else "level"


def leave_out(case: Case) -> None:
    """Say of a case at the desk that its face counts no more; the checks from before stay as they were."""
    for kind in KINDS:
        StoredCheck.objects.create(
            case=case,
            applicant_id=case.applicant_id,
            attempt=case.attempt,
            kind=kind.value,
            outcome=Outcome.NOT_APPLICABLE.value,
            provider="echt 1",
            details={"because": WITHDRAWN},
        )


def _content(picture: Picture) -> bytes:
    if picture.file is None:
        raise files.Destroyed("The picture was deleted.")
    return files.content_of(picture.file)
