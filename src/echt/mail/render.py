"""From a message to its forms. `compose` finds the words; each form only sets them."""

from dataclasses import dataclass
from hashlib import sha256

from django.utils.safestring import SafeString

from echt.mail import html_form
from echt.mail.html_form import as_html
from echt.mail.kinds import Mail
from echt.mail.letter import compose, voice_of
from echt.mail.number import Number, parse
from echt.mail.sender import sender_of
from echt.mail.targets import Target
from echt.mail.text_form import as_text

__all__ = ["EXAMPLE_NUMBER", "Rendered", "as_html", "as_page", "as_text", "canonical_digest", "render"]

EXAMPLE_NUMBER = parse("K7QF-2M9X-TDD")
"""The number that examples print."""


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A message as it leaves and as the ledger keeps it."""

    subject: str
    text: str
    html: str
    targets: list[Target]
    unsubscribe: Target | None

    @property
    def digest(self) -> str:
        return canonical_digest(self.subject, self.text, self.html)


def render(mail: Mail, *, number: Number, code: str | None) -> Rendered:
    """A message in its recipient's language, with this number and this code."""
    with voice_of(mail.to):
        letter = compose(mail, number=number, code=code)
        return Rendered(
            subject=letter.subject,
            text=as_text(letter),
            html=as_html(letter),
            targets=letter.targets,
            unsubscribe=letter.unsubscribe,
        )


def as_page(mail: Mail, *, code: str | None, number: Number = EXAMPLE_NUMBER) -> SafeString:
    """A message as a piece of a page, faithful but without working links; its code carries `data-code-echo`."""
    with voice_of(mail.to):
        return html_form.as_page(compose(mail, number=number, code=code), sender_of(mail.stream))


def canonical_digest(subject: str, text: str, html: str) -> str:
    """SHA-256 in hex over subject, text and HTML, each after its length in bytes, with lines ended by a line feed."""
    pieces = [piece.replace("\r\n", "\n").encode() for piece in (subject, text, html)]
    return sha256(b"".join(b"%d:%b" % (len(piece), piece) for piece in pieces)).hexdigest()
