"""Which documents are taken, from which countries, and what each asks for: the catalogue under the operator's settings.

1. What the catalogue does not have is not offered.
2. A country or region that the operator excludes is offered neither as issuer nor as residence.
3. Of several ages the highest counts: the operator's, the issuing country's, that of the residence.
"""

from django.utils.translation import gettext_lazy as _

from echt.identity import catalogue
from echt.identity.catalogue import Country
from echt.identity.documents import DocumentKind, Side
from echt.identity.models import Case
from echt.identity.refusals import NotOffered
from echt.identity.settings import identity_settings

NO_COUNTRY = _("We do not serve this country or region. Choose another one, if you have a document of it.")
NO_KIND = _("We do not accept this kind of document of this country. Choose one of the kinds that the page offers.")
NO_RESIDENCE = _("We do not serve people who live in this country or region.")


def countries() -> list[Country]:
    """All countries and regions by name; those that are not served are not enabled."""
    return catalogue.countries(excluded=identity_settings().excluded)


def kinds(country: str) -> tuple[DocumentKind, ...]:
    """Which kinds of documents of this country are taken; none where it is not served."""
    return catalogue.kinds_of(country) if is_served(country) else ()


def is_served(country: str) -> bool:
    return any(known.alpha3 == country and known.enabled for known in countries())


def check_document(country: str, kind: DocumentKind) -> None:
    """Whether this kind of document of this country is taken.

    Raises:
        NotOffered: it is not.
    """
    if not is_served(country):
        raise NotOffered(NO_COUNTRY)
    if kind not in kinds(country):
        raise NotOffered(NO_KIND)


def check_residence(country: str) -> None:
    """Whether people who live there are served.

    Raises:
        NotOffered: they are not.
    """
    if not is_served(country):
        raise NotOffered(NO_RESIDENCE)


def has_back(case: Case) -> bool:
    """Whether the back of the document is photographed too."""
    return bool(case.kind) and Side.BACK in catalogue.sides_of(case.country, DocumentKind(case.kind))


def bears_zone(case: Case) -> bool:
    """Whether every such document bears a machine-readable zone."""
    return bool(case.kind) and catalogue.zone_of(case.country, DocumentKind(case.kind)) is not None


def least_age(case: Case) -> int:
    """How old the applicant must be (rule 3)."""
    places = [place for place in (case.document.country, case.residence) if place]
    return max(identity_settings().age, *(catalogue.least_age(place) for place in places))
