"""What identification keeps about a person, for the person: a part of the export.

1. Everything that is about them and from them; nothing that would tell of a list, a colleague or a check's weak place.
2. What was destroyed is said to be.
"""

from typing import Any

from echt.accounts.models import User
from echt.identity.models import Case, Consent, LevelGrant, Picture
from echt.vault.errors import Destroyed


def identity(user: User) -> dict[str, Any]:
    return {
        "levels": [_grant(grant) for grant in LevelGrant.objects.filter(applicant=user).order_by("begins_at", "pk")],
        "applications": [_case(case) for case in Case.objects.filter(applicant=user).order_by("created_at", "pk")],
        "consents": [_consent(given) for given in Consent.objects.filter(applicant=user).order_by("given_at", "pk")],
    }


def _grant(grant: LevelGrant) -> dict[str, Any]:
    return {
        "level": grant.level,
        "from": grant.begins_at,
        "until": grant.ends_at,
        "taken_back_at": grant.revoked_at,
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "level": case.level,
        "state": case.state,
        "times_sent": case.attempt if case.submitted_at else 0,
        "country": case.country,
        "document": case.kind,
        "residence": case.residence,
        "without_face": case.without_face,
        "read": _opened(case, "read"),
        "confirmed": _opened(case, "typed"),
        "reasons": case.reasons,
        "begun_at": case.created_at,
        "submitted_at": case.submitted_at,
        "closed_at": case.closed_at,
        "pictures": [_picture(picture) for picture in case.pictures.order_by("created_at", "pk")],
    }


def _picture(picture: Picture) -> dict[str, Any]:
    return {
        "item": picture.item,
        "at": picture.created_at,
        "width": picture.width,
        "height": picture.height,
        "kept": picture.file_id is not None,
        "file_said": _opened(picture, "origin"),
    }


def _consent(given: Consent) -> dict[str, Any]:
    return {
        "text": given.text_version,
        "digest": given.text_digest,
        "language": given.language,
        "given_at": given.given_at,
        "ended_at": given.withdrawn_at,
        "from": _opened(given, "where"),
    }


def _opened(row: Case | Picture | Consent, field: str) -> Any:
    try:
        return getattr(row, field)
    except Destroyed:
        return "destroyed"
