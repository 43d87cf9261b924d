"""What the applicant confirms or types of the document: in one form, or a sentence for each field why not.

1. A number, a date of birth and at least one name: without these nobody is identified.
2. A day is written as ISO 8601; nobody is born in the future, and no document that has expired is taken.
3. A document may have no date of expiry, and a person only one name.
"""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from echt.identity.dates import age_on, date_of, today
from echt.identity.documents import DATES, TYPED, Field
from echt.identity.refusals import DataRefused

LONGEST = 120
OLDEST = 125
NAMES = (Field.SURNAME, Field.GIVEN_NAMES)


def checked(typed: Mapping[Field, str]) -> dict[str, str]:
    """The data by field, without white space that means nothing.

    Raises:
        DataRefused: see the rules.
    """
    data = {field: " ".join(typed.get(field, "").split()) for field in TYPED}
    faults = {field: fault for field, value in data.items() if (fault := _fault(field, value))}
    if not any(data[name] for name in NAMES):
        faults[Field.SURNAME] = _("Enter the name as the document has it.")
    if faults:
        raise DataRefused(faults)
    return {field.value: value for field, value in data.items()}


def _fault(field: Field, value: str) -> str:
    if len(value) > LONGEST or not value.isprintable():
        return _("Enter what the document says, in at most %(most)s characters.") % {"most": LONGEST}
    if field is Field.NUMBER and not any(letter.isalnum() for letter in value):
        return _("Enter the number of the document.")
    if field in DATES:
        return _fault_of_day(field, value)
    return ""


def _fault_of_day(field: Field, value: str) -> str:
    if not value:
        return "" if field is Field.EXPIRES_ON else _("Enter the date of birth.")
    day = date_of(value)
    if day is None:
        return _("Enter a date that exists: day, month and year.")
    return _fault_of_birth(day) if field is Field.BORN_ON else _fault_of_expiry(day)


def _fault_of_birth(day: date) -> str:
    if day >= today() or age_on(today(), born=day) > OLDEST:
        return _("This cannot be a date of birth. Compare it with the document.")
    return ""


def _fault_of_expiry(day: date) -> str:
    if day < today():
        return _("This document has expired. Use one that is still valid; another kind will do as well.")
    return ""
