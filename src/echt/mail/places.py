"""Pages of higher rooms that every message names. The room that owns one registers it when the product starts."""

from django.urls import reverse

from echt.mail.targets import Target, page


class Place:
    """The page for one purpose; its room names the view."""

    def __init__(self) -> None:
        self.view: str | None = None

    def register(self, view: str) -> None:
        self.view = view

    def target(self) -> Target:
        """Where the page is.

        Raises:
            LookupError: no room has registered it.
        """
        if self.view is None:
            raise LookupError("No room has registered this page.")
        return page(reverse(self.view))


code_page = Place()
"""Where one sets the anti-phishing code."""


def check_page() -> Target:
    """Where anybody checks the number of a message."""
    return page(reverse("mail:check"))
