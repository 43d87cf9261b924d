"""Why an applicant may not do something now. Each says in a sentence what to do; none has changed anything."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.identity.documents import Field
from echt.identity.items import LABELS, Item
from echt.identity.models.cases import WrongState
from echt.identity.states import WITH_APPLICANT

MOVED_ON = gettext_lazy("Your application has moved on. The page shows where it stands now.")
AT_OURS = gettext_lazy(
    "Your application is with us and cannot be changed now. You can withdraw it, or wait for the answer."
)


class Refused(Exception):
    """Something was refused, and why in words."""

    words: Promise | str = ""

    def __init__(self, words: Promise | str = "") -> None:
        super().__init__(str(words or self.words))
        self.words = words or self.words

    @property
    def sentence(self) -> str:
        """What to do, in the reader's language."""
        return str(self.words)


class NotOffered(Refused):
    """What was chosen cannot be had here, or not now."""


class Stale(Refused):
    """The page is older than the application, or than the text that it shows."""

    words = gettext_lazy("Your application has changed since you opened this page. Look at it again, then submit it.")


class Incomplete(Refused):
    """Items are missing."""

    def __init__(self, items: Sequence[Item]) -> None:
        super().__init__("incomplete")
        self.items = list(items)

    @property
    def sentence(self) -> str:
        names = get_text_list([str(LABELS[item]) for item in self.items], _("and"))
        return _("Still needed: %(items)s. Add what is missing, then submit.") % {"items": names}


class BeingLookedAt(Refused):
    """A machine is about to look at something that was given."""

    words = gettext_lazy("Your pictures are still being looked at. This takes a few seconds; then submit.")


class TriesUsedUp(Refused):
    """The application was sent in as often as it may be."""

    words = gettext_lazy("You have used all tries of this application. Write to us; a person will help you.")


class ConsentMissing(Refused):
    """Nothing that measures a face without consent."""

    words = gettext_lazy("Agree to the face check first, or choose the way without it.")


class ChallengeRefused(Refused):
    """The challenge cannot be answered any more, or not with this."""


class DataRefused(Refused):
    """What was typed cannot be right; `faults` says what of each field."""

    words = gettext_lazy("Some of your data cannot be right. The sentences beside the fields say what to correct.")

    def __init__(self, faults: Mapping[Field, str]) -> None:
        super().__init__()
        self.faults = dict(faults)


def sentence_of(error: Refused | WrongState) -> str:
    """What to do, in the reader's language."""
    if isinstance(error, Refused):
        return error.sentence
    return str(MOVED_ON if error.state in WITH_APPLICANT else AT_OURS)
