"""Why the desk may not do something now. Each says in a sentence what to do; none has changed anything."""

from datetime import datetime
from http import HTTPStatus

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.identity.refusals import Refused
from echt.ui.formats import day_and_time


class ReviewRefused(Refused):
    """Something at the desk was refused. `status`: what a surface answers with."""

    status = HTTPStatus.CONFLICT


class ClaimedByOther(ReviewRefused):
    """A colleague has the case, until this instant."""

    def __init__(self, until: datetime) -> None:
        super().__init__("claimed")
        self.until = until

    @property
    def sentence(self) -> str:
        words = {"moment": day_and_time(self.until)}
        return _("A colleague has taken up this case, until %(moment)s. Take another one, or come back then.") % words


class Stale(ReviewRefused):
    """The case changed after the page was opened."""

    words = gettext_lazy(
        "The case has changed since you opened it. Nothing was decided. Look at what is new, then decide again."
    )


class OwnProposal(ReviewRefused):
    """Four eyes: who proposes does not confirm."""

    status = HTTPStatus.FORBIDDEN
    words = gettext_lazy("You proposed this decision yourself. Somebody else must confirm or reject it.")


class NothingPending(ReviewRefused):
    """There is no proposal, or somebody was faster."""

    words = gettext_lazy("There is nothing to confirm any more. Somebody was faster, or the proposal is void.")


class EvidenceChanged(ReviewRefused):
    """What the proposal rested on has changed; it is void now."""

    words = gettext_lazy(
        "The evidence has changed since the decision was proposed, so the proposal is void. Look again and decide anew."
    )


class ReviewWrong(ReviewRefused):
    """What was entered does not make a decision; the words say what to change."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
