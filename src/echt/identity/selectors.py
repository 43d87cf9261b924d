"""Reads of cases and levels that more than one surface needs.

1. A level is asked at the moment of the question (`levels`): a grant counts from its beginning until its end or its
   revocation.
2. What is missing is found in the case alone, never in what a page says.
3. While a case is returned only what is asked for again can be given, and what follows from it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from echt import clock
from echt.accounts.models import User
from echt.identity import consents, offers
from echt.identity.findings import Liveness, PictureVerdict, Reading
from echt.identity.findings_json import liveness_from, reading_from, verdict_from
from echt.identity.items import Item
from echt.identity.levels import RANK, Level
from echt.identity.models import Case, Challenge, Consent, LevelGrant, Picture, StoredCheck
from echt.identity.models.cases import CheckKind, PictureState
from echt.identity.settings import identity_settings
from echt.identity.states import OPEN, WITH_APPLICANT, State

PATIENCE = timedelta(minutes=2)
"""How long a machine may take before nobody waits for it any more: a person looks instead."""
SIDES = (Item.FRONT, Item.BACK)
DOCUMENT_ITEMS = frozenset({Item.DOCUMENT, Item.FRONT, Item.BACK, Item.DATA})


def level_of(customer: User, at: datetime | None = None) -> Level:
    """The highest level that the person holds at an instant, now where none is named (rule 1)."""
    grant = grant_of(customer, at=at)
    return Level(grant.level) if grant else Level.NONE


def grant_of(customer: User, level: Level | None = None, at: datetime | None = None) -> LevelGrant | None:
    """The live grant of a level, or of the highest one; of several the one that lasts longest."""
    live = live_grants(at).filter(applicant=customer)
    if level is not None:
        live = live.filter(level=level.value)
    return max(live.select_related("case"), key=_worth, default=None)


def last_ended_grant_of(customer: User) -> LevelGrant | None:
    """The grant that ended last by its document's date, if none was taken back."""
    ended = LevelGrant.objects.filter(applicant=customer, revoked_at=None, ends_at__lte=clock.now())
    return ended.order_by("-ends_at", "-pk").first()


def live_grants(at: datetime | None = None) -> QuerySet[LevelGrant]:
    """Grants that count at an instant (rule 1)."""
    now = at or clock.now()
    unrevoked = Q(revoked_at=None) | Q(revoked_at__gt=now)
    lasting = Q(ends_at=None) | Q(ends_at__gt=now)
    return LevelGrant.objects.filter(unrevoked, lasting, begins_at__lte=now)


def open_case_of(customer: User, level: Level) -> Case | None:
    return Case.objects.filter(applicant=customer, level=level.value, state__in=list(OPEN)).first()


def latest_case_of(customer: User, level: Level) -> Case | None:
    return Case.objects.filter(applicant=customer, level=level.value).order_by("-created_at", "-pk").first()


def required_items(case: Case) -> list[Item]:
    """Everything that the case is made of, in the order in which it is asked for."""
    sides = [Item.FRONT, *([Item.BACK] if offers.has_back(case) else [])]
    document = [] if case.reuses_id else [Item.DOCUMENT, *sides, Item.DATA]
    return [*document, Item.RESIDENCE, Item.FACE] if case.level == Level.ADVANCED else document


def needed_items(case: Case) -> list[Item]:
    """What the applicant must still give, in the order in which it is asked for; nothing once it was submitted."""
    if State(case.state) not in WITH_APPLICANT:
        return []
    asked = _asked_again(case)
    wanted = [item for item in Item if item in asked or item in required_items(case)]
    return [item for item in wanted if item in asked or is_missing(case, item)]


def open_items(case: Case) -> set[Item]:
    """What the applicant may give or change now (rule 3)."""
    if State(case.state) not in WITH_APPLICANT:
        return set()
    everything = {Item.DOCUMENT, *required_items(case)}
    if case.state == State.DRAFT:
        return everything
    reopened = {Item(item) for item in case.reopened}
    return reopened | (_consequences(reopened) & everything) | set(needed_items(case))


def is_missing(case: Case, item: Item) -> bool:
    """Whether the case has nothing of this item that would do."""
    if item is Item.DOCUMENT:
        return not case.reuses_id and not (case.country and case.kind)
    if item in SIDES:
        return not _will_do(current_picture(case, item))
    if item is Item.DATA:
        return case.document.typed is None
    if item is Item.RESIDENCE:
        return not case.residence
    if item is Item.FACE:
        return not (case.without_face or pending_challenge(case) or _will_do(current_picture(case, item)))
    return False


def current_picture(case: Case, item: Item) -> Picture | None:
    """The item's picture: of the case, or of the document that it takes over."""
    owner = case.document if item in SIDES else case
    current = owner.pictures.filter(item=item.value, position=None, replaced_at=None)
    return current.select_related("file").first()


def pending_challenge(case: Case) -> Challenge | None:
    """The answered challenge that the vision worker has not verified yet."""
    return case.challenges.filter(verified_at=None).exclude(file=None).order_by("-used_at", "-pk").first()


def latest_challenge(case: Case) -> Challenge | None:
    """The challenge that was verified last."""
    return case.challenges.exclude(verified_at=None).order_by("-verified_at", "-pk").first()


def is_looked_at(case: Case) -> bool:
    """Whether a machine is still busy with what was given, and not for too long: one waits for it."""
    since = clock.now() - PATIENCE
    waiting = case.pictures.filter(replaced_at=None, state=PictureState.WAITING.value, created_at__gt=since)
    return waiting.exists() or face_is_being_checked(case)


def face_is_being_checked(case: Case) -> bool:
    """Whether the answer to the challenge is being verified, and not for too long."""
    challenge = pending_challenge(case)
    return challenge is not None and challenge.used_at is not None and challenge.used_at > clock.now() - PATIENCE


def is_reading(case: Case) -> bool:
    """Whether the document is being read: all pictures will do, and not for too long."""
    if case.reuses_id or case.read is not None:
        return False
    pictures = document_pictures(case)
    if not pictures or any(picture.state != PictureState.ACCEPTED for picture in pictures):
        return False
    return max(picture.judged_at or picture.created_at for picture in pictures) > clock.now() - PATIENCE


def document_pictures(case: Case) -> list[Picture]:
    """The pictures of the document, front first; empty unless all its sides are there."""
    sides = [Item.FRONT, *([Item.BACK] if offers.has_back(case.document) else [])]
    pictures = [picture for side in sides if (picture := current_picture(case, side))]
    return pictures if len(pictures) == len(sides) else []


def reading_of(case: Case) -> Reading | None:
    """What was read from the document; None: nothing yet."""
    stored = case.document.read
    return None if stored is None else reading_from(stored)


def verdict_of(picture: Picture) -> PictureVerdict | None:
    """What was found of the picture; None: nobody has looked yet."""
    return None if picture.verdict is None else verdict_from(picture.verdict)


def liveness_of(challenge: Challenge) -> Liveness | None:
    return None if challenge.findings is None else liveness_from(challenge.findings)


def checks_of(case: Case) -> dict[CheckKind, StoredCheck]:
    """What each check found for the present attempt, the latest of each kind."""
    made: Iterable[StoredCheck] = case.checks.filter(attempt=case.attempt).order_by("at", "pk")
    return {CheckKind(check.kind): check for check in made}


def consent_of(customer: User) -> Consent | None:
    """The consent in force to the present text."""
    return Consent.objects.filter(applicant=customer, withdrawn_at=None, text_version=consents.VERSION).first()


def tries_left(case: Case) -> int:
    """How often the case can still be sent in again."""
    return max(0, identity_settings().tries - (case.attempt - 1))


def _worth(grant: LevelGrant) -> tuple[int, bool, float, str]:
    end = grant.ends_at
    return RANK[Level(grant.level)], end is None, end.timestamp() if end else 0.0, str(grant.pk)


def _will_do(picture: Picture | None) -> bool:
    return picture is not None and picture.state != PictureState.REFUSED


def _asked_again(case: Case) -> set[Item]:
    """What was asked for again and not given yet. A document that was taken over is asked for anew as a whole."""
    if case.state != State.RETURNED:
        return set()
    asked = {Item(item) for item in case.reopened if item not in case.redone}
    if case.reuses_id and asked & DOCUMENT_ITEMS:
        return {Item.DOCUMENT, *(asked - DOCUMENT_ITEMS)}
    return asked


def _consequences(reopened: set[Item]) -> set[Item]:
    """What may change with it: another document has other pictures, other pictures may read otherwise."""
    if Item.DOCUMENT in reopened:
        return {Item.FRONT, Item.BACK, Item.DATA}
    return {Item.DATA} if reopened & {Item.FRONT, Item.BACK} else set()
