"""The message that the applicant would get with a decision, as it would look."""

from django.utils.safestring import SafeString

from echt.identity.dates import ends_at
from echt.identity.decision_rules import Chosen, visible
from echt.identity.levels import Level
from echt.identity.mails import CaseApproved, CaseRefused, CaseReturned, LevelRevoked
from echt.identity.models import Case
from echt.identity.models.decisions import Verdict
from echt.mail.kinds import Mail
from echt.mail.render import as_page

CODE = "••••••"
"""Stands for the anti-phishing code, which nobody at the desk sees."""


def letter_of(case: Case, verdict: Verdict, reasons: Chosen, message: str) -> SafeString:
    """The message in the applicant's language."""
    return as_page(_mail(case, verdict, reasons, message), code=CODE)


def _mail(case: Case, verdict: Verdict, reasons: Chosen, message: str) -> Mail:
    to, level, shown = case.applicant, Level(case.level), visible(reasons)
    match verdict:
        case Verdict.APPROVE:
            return CaseApproved(to=to, level=level, ends_at=ends_at(case))
        case Verdict.RETURN:
            return CaseReturned(to=to, level=level, shown=shown, message=message)
        case Verdict.REFUSE:
            return CaseRefused(to=to, level=level, shown=shown, message=message)
        case Verdict.REVOKE:
            return LevelRevoked(to=to, level=level, message=message)
