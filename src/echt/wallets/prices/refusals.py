"""Why there is no price. Each says in a sentence what to do."""

from datetime import datetime

from django.utils.translation import gettext as _

from echt.ui.formats import exact


class NoRate(Exception):
    """There is no rate that counts now."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def sentence(self) -> str:
        """What to do, in the reader's language."""
        return _("There is no price of %(asset)s, so nothing can be worked out. Please try again later.") % {
            "asset": self.code
        }


class PriceMissing(NoRate):
    """No source has ever said what it is worth."""


class PriceStale(NoRate):
    """The sources say nothing new."""

    def __init__(self, code: str, observed_at: datetime) -> None:
        super().__init__(code)
        self.observed_at = observed_at

    @property
    def sentence(self) -> str:
        return _(
            "The last price of %(asset)s is of %(moment)s, and too old to count. Please try again in a few minutes."
        ) % {"asset": self.code, "moment": exact(self.observed_at)}
