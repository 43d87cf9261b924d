"""Why something may not be done with a hold now. Each says in a sentence what to do; none has changed anything."""

from datetime import datetime
from http import HTTPStatus

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.ui.formats import exact


class HoldRefused(Exception):
    """Something was refused, and why in words. `status`: what a surface answers with."""

    status = HTTPStatus.CONFLICT
    words: Promise | str = ""

    def __init__(self, words: Promise | str = "") -> None:
        super().__init__(str(words or self.words))
        self.words = words or self.words

    @property
    def sentence(self) -> str:
        """What to do, in the reader's language."""
        return str(self.words)


class Stale(HoldRefused):
    """Somebody was faster."""

    words = gettext_lazy(
        "Another person was faster: the hold has changed since you opened it. Nothing was done. Look at it again."
    )


class Over(HoldRefused):
    """Nothing of it is held any more."""

    words = gettext_lazy("The time of this hold is over, or nothing of it is left. What is free cannot be held again.")


class Frozen(HoldRefused):
    """What does not end cannot be made longer."""

    words = gettext_lazy("This hold is frozen already, so it has no end. Unfreeze it first.")


class NotFrozen(HoldRefused):
    words = gettext_lazy("This hold is not frozen.")


class FreezeFirst(HoldRefused):
    """What could end while a second person looks."""

    words = gettext_lazy("Freeze the hold first, so that it cannot end while a second person looks at it.")


class FirmPart(HoldRefused):
    """The policy does not let it be released so early."""

    def __init__(self, until: datetime) -> None:
        super().__init__("firm")
        self.until = until

    @property
    def sentence(self) -> str:
        words = {"moment": exact(self.until)}
        return _("The policy of this hold lets nobody release it before %(moment)s. Come back then.") % words


class Waiting(HoldRefused):
    """One proposal at a time."""

    words = gettext_lazy("A proposal waits for a second person already. Agree to it or reject it first.")


class OwnProposal(HoldRefused):
    """Four eyes: who proposes does not agree."""

    status = HTTPStatus.FORBIDDEN
    words = gettext_lazy("You proposed this yourself. Somebody else must agree to it or reject it.")


class NothingPending(HoldRefused):
    words = gettext_lazy("Nothing waits here any more: somebody was faster.")


class Wrong(HoldRefused):
    """What was entered will not do; the words say what to change."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
