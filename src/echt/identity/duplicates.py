"""Whether a document stands for other people too: by its number, and by the very same file.

1. A number is looked up through a keyed index over country, kind and number; no table holds it in clear.
2. The index is of the number that a check digit protects, where one was read: typing another does not evade it.
3. Counted are other people with a live level from the document, or with an open application for one.
"""

from uuid import UUID

from django.db.models import Q, QuerySet

from echt import clock
from echt.identity.documents import Field
from echt.identity.findings import Source
from echt.identity.findings_json import reading_from
from echt.identity.models import Case, Picture
from echt.identity.numbers import index_number
from echt.identity.states import OPEN
from echt.vault.index import blind_index
from echt.vault.models import PrivateFile

PURPOSE = "identity.document"


def index_of(case: Case) -> str:
    """The index of the case's document; empty where no number is known."""
    document = case.document
    number = index_number(_checked_number(document) or (document.typed or {}).get(Field.NUMBER.value, ""))
    return blind_index(f"{document.country}|{document.kind}|{number}", purpose=PURPOSE) if number else ""


def others_with_number(case: Case) -> set[UUID]:
    """Other people whom the same document stands for (rule 3)."""
    if not case.number_index:
        return set()
    return _people(_counting(case).filter(number_index=case.number_index))


def others_with_file(case: Case) -> set[UUID]:
    """Other people who gave a file with exactly the same content."""
    pictures = Picture.objects.filter(case=case.document, replaced_at=None, position=None).exclude(file=None)
    contents = pictures.exclude(file__sha256="").values_list("file__sha256", flat=True)
    same = PrivateFile.objects.filter(sha256__in=list(contents)).exclude(subject=case.applicant_id)
    return set(same.values_list("subject", flat=True))


def _counting(case: Case) -> QuerySet[Case]:
    now = clock.now()
    live = Q(grants__revoked_at=None) & (Q(grants__ends_at=None) | Q(grants__ends_at__gt=now))
    granted = Q(grants__isnull=False) & live
    return Case.objects.filter(granted | Q(state__in=list(OPEN))).exclude(applicant=case.applicant_id)


def _people(cases: QuerySet[Case]) -> set[UUID]:
    return set(cases.values_list("applicant_id", flat=True))


def _checked_number(case: Case) -> str:
    if case.read is None:
        return ""
    reading = reading_from(case.read)
    right = reading.check_digits.get(Field.NUMBER.value)
    return reading.fields.get(Source.MRZ, {}).get(Field.NUMBER, "") if right else ""
