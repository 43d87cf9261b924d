"""EXPIRY and AGE."""

from echt.identity import dates, offers
from echt.identity.documents import Field
from echt.identity.examining.material import Found, Material, doubt
from echt.identity.models.cases import Outcome


def expiry(material: Material) -> Found:
    """Whether the document is valid today. One without a date of expiry is for a person to judge."""
    last = dates.expiry_of(material.case)
    if last is None:
        return doubt("no_date")
    days = (last - dates.today()).days
    outcome = Outcome.FAILS if dates.has_expired(material.case) else Outcome.HOLDS
    return Found(outcome=outcome, details={"expires_on": last.isoformat(), "days": days})


def age(material: Material) -> Found:
    """Whether the holder is old enough; of two dates of birth the later counts."""
    days = dates.days_of(material.case, Field.BORN_ON)
    if not days:
        return doubt("no_date")
    least = offers.least_age(material.case)
    years = dates.age_on(dates.today(), born=days[-1])
    outcome = Outcome.HOLDS if years >= least else Outcome.FAILS
    return Found(outcome=outcome, details={"born_on": days[-1].isoformat(), "age": years, "least": least})
