"""The HTML part and the page form, from the same parts.

1. Nothing is loaded from anywhere: no picture, no font, no style sheet, no tracking.
2. The preview text is followed by invisible filling, so that a list of mails does not go on to show the strip.
3. The styles of `letter.css` stand in the elements; only what cannot, the rules for small and dark screens, stays in
   the head.
"""

from functools import cache
from pathlib import Path

from css_inline import CSSInliner
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from echt.mail.letter import Letter
from echt.mail.parts import Part
from echt.mail.sender import Sender
from echt.ui.settings import brand_settings

FILLING = "\u034f\u00a0\u200c" * 70
STYLES = Path(__file__).parent / "templates" / "mail" / "letter.css"


def as_html(letter: Letter) -> str:
    """The letter as an HTML document for mail programs."""
    document = render_to_string(
        "mail/letter.html",
        {"letter": letter, "parts": _with_templates("letter", letter), "brand": brand_settings(), "filling": FILLING},
    )
    return str(_inliner().inline(document))


def as_page(letter: Letter, sender: Sender) -> SafeString:
    """The letter as a piece of one of our pages, for looking at: its links lead nowhere."""
    return render_to_string(
        "mail/page.html", {"letter": letter, "parts": _with_templates("page", letter), "sender": sender}
    )


def _with_templates(form: str, letter: Letter) -> list[tuple[str, Part]]:
    return [(f"mail/{form}/{type(part).__name__.lower()}.html", part) for part in letter.body]


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False, extra_css=STYLES.read_text())
