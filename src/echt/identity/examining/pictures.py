"""QUALITY: whether the pictures of the document will do. They were looked at when they came; this puts it together."""

from collections.abc import Iterable

from echt.identity import local
from echt.identity.examining.material import Found, Material, worst
from echt.identity.findings_json import verdict_from
from echt.identity.models import Picture
from echt.identity.models.cases import Outcome


def quality(material: Material) -> Found:
    """Faults fail, doubts are doubts, and a picture that no machine has looked at is an error."""
    if not material.pictures:
        return Found(outcome=Outcome.ERROR, details={"remarks": ["no_pictures"]})
    return Found(
        outcome=worst(*_outcomes(material.pictures)),
        details={"pictures": {picture.item: picture.verdict for picture in material.pictures}},
        provider=local.document_reader().version,
    )


def _outcomes(pictures: Iterable[Picture]) -> Iterable[Outcome]:
    for picture in pictures:
        if picture.verdict is None:
            yield Outcome.ERROR
            continue
        verdict = verdict_from(picture.verdict)
        yield Outcome.FAILS if verdict.faults else Outcome.DOUBT if verdict.doubts else Outcome.HOLDS
