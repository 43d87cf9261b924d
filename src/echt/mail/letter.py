"""A message composed in the recipient's language, before it takes a form.

1. The strip comes first in every form: the anti-phishing code, then the number, in the same words.
2. Without a code its place says so, and where to set one.
3. Code and number stand in the strip and nowhere else: not in subject, preview or headers.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from echt.mail import places
from echt.mail.kinds import Mail, Stream
from echt.mail.number import Number
from echt.mail.parts import Part, targets_of
from echt.mail.recipient import Recipient, zone_of
from echt.mail.targets import Target
from echt.ui.settings import brand_settings


@dataclass(frozen=True, kw_only=True)
class Strip:
    """The first thing in every message."""

    code: str | None
    number: Number
    code_page: Target
    code_label: str
    number_label: str
    none: str
    how: str

    @property
    def carried(self) -> str:
        """What stands in the code's place."""
        return self.code or self.none


@dataclass(frozen=True)
class Ending:
    """A sentence at the end, and where it leads."""

    text: str
    url: Target | None = None


@dataclass(frozen=True, kw_only=True)
class Letter:
    """All words of a message, in their order."""

    language: str
    subject: str
    preview: str
    strip: Strip
    salutation: str
    body: Sequence[Part]
    endings: Sequence[Ending]
    unsubscribe: Target | None

    @property
    def targets(self) -> list[Target]:
        """Every address that the message names, once each, in the order of the text."""
        first = [] if self.strip.code else [self.strip.code_page]
        last = [ending.url for ending in self.endings if ending.url]
        return list(dict.fromkeys([*first, *targets_of(self.body), *last]))


@contextmanager
def voice_of(recipient: Recipient) -> Iterator[None]:
    """The recipient's language and time zone."""
    with translation.override(recipient.language), timezone.override(zone_of(recipient)):
        yield


def compose(mail: Mail, *, number: Number, code: str | None) -> Letter:
    """The words of a message, in the language that is active.

    Raises:
        ValueError: news without a way to leave them.
    """
    leave = mail.unsubscribe()
    if mail.stream is Stream.NEWS and leave is None:
        raise ValueError(f"{mail.kind} is news and does not say where to unsubscribe.")
    return Letter(
        language=mail.to.language,
        subject=_one_line(mail.subject()),
        preview=_one_line(mail.preview()),
        strip=strip(number=number, code=code),
        salutation=_salutation(mail.to.salutation),
        body=mail.body(),
        endings=_endings(mail.stream, has_code=bool(code), leave=leave),
        unsubscribe=leave,
    )


def strip(*, number: Number, code: str | None) -> Strip:
    """The strip, in the language that is active."""
    return Strip(
        code=code,
        number=number,
        code_page=places.code_page.target(),
        code_label=_("Your anti-phishing code"),
        number_label=_("Number of this message"),
        none=_("none set yet"),
        how=_("You have not set a code yet. From the moment you do, it stands here in every message. Set it at"),
    )


def _salutation(name: str) -> str:
    """The first line after the heading; the body goes on in the same sentence."""
    return _("Hello %(name)s,") % {"name": _one_line(name)} if name else _("Hello,")


def _endings(stream: Stream, *, has_code: bool, leave: Target | None) -> list[Ending]:
    """What stands below the text of every message."""
    forged = _("If your code is missing above or reads differently, the message is forged.")
    check = _("Check the number of this message:")
    return [
        Ending(f"{forged} {check}" if has_code else check, places.check_page()),
        Ending(_("We never ask for your password or your codes: not by mail, not by phone, not in a chat.")),
        Ending(f"{brand_settings().entity}. {_leaving(stream)}", leave),
    ]


def _leaving(stream: Stream) -> str:
    match stream:
        case Stream.SECURITY:
            return _("Security messages cannot be unsubscribed from.")
        case Stream.TRANSACTIONAL:
            return _("This message belongs to your account and cannot be unsubscribed from.")
        case Stream.NEWS:
            return _("No more news:")


def _one_line(text: str) -> str:
    """Without line breaks, which a header must not hold."""
    return " ".join(text.split())
