"""Kinds of documents, their sides and shapes, and the fields that they bear."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a customer may identify with; the value is stored, so it is never renamed."""

    ID_CARD = "id_card"
    PASSPORT = "passport"
    DRIVING_LICENCE = "driving_licence"
    RESIDENCE_PERMIT = "residence_permit"


class Side(StrEnum):
    """A side of a document that is photographed; of a passport it is the data page, its front."""

    FRONT = "front"
    BACK = "back"


class Field(StrEnum):
    """What a document says of its holder and itself. The value is stored, so it is never renamed."""

    SURNAME = "surname"
    GIVEN_NAMES = "given_names"
    NUMBER = "number"
    BORN_ON = "born_on"
    EXPIRES_ON = "expires_on"
    NATIONALITY = "nationality"
    ISSUER = "issuer"
    SEX = "sex"


DATES = frozenset({Field.BORN_ON, Field.EXPIRES_ON})
"""Fields whose value is an ISO 8601 date, `1990-07-28`."""

TYPED = (Field.SURNAME, Field.GIVEN_NAMES, Field.NUMBER, Field.BORN_ON, Field.EXPIRES_ON)
"""Fields that the applicant confirms or corrects."""
