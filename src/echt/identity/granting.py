"""The grant that an approved case makes.

1. A grant ends at the first instant at which the document is no longer valid; a document without a date of expiry
   gives one without an end.
2. On an expired document nothing is granted.
"""

from django.utils.translation import gettext_lazy as _

from echt.identity import dates
from echt.identity.models import Case, LevelGrant
from echt.identity.refusals import Refused


class DocumentExpired(Refused):
    """Nothing can be granted on it."""

    words = _("The document has expired. Ask for one that is valid.")


def grant_level(case: Case) -> LevelGrant:
    """Grant the case's level; the caller holds the case's lock, records and writes to the applicant.

    Raises:
        DocumentExpired: see rule 2.
    """
    if dates.has_expired(case):
        raise DocumentExpired
    return LevelGrant.objects.create(
        applicant_id=case.applicant_id, level=case.level, case=case, ends_at=dates.ends_at(case)
    )
