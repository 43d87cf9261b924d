"""What a person agrees to before anything measures their face.

1. Nothing is agreed to by default: only `faces.agree` makes a consent, to the version that the person saw.
2. A consent names version, language and the digest of the text as it was shown.
3. Other words are another version: a test holds the digest of each version's words in each language.
4. The text says what for, what is stored, how long, how to withdraw, and that there is a way without.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext_lazy as _

from echt.identity.settings import identity_settings

VERSION = "2026-11"
LANGUAGES = ("en", "de")


@dataclass(frozen=True)
class Section:
    """A question about the processing, and the answer."""

    title: Promise
    text: Promise


SECTIONS = (
    Section(
        _("What for"),
        _(
            "To establish that you are the person on the document: a program compares your face with the portrait on "
            "the document and checks that you follow a few movements in front of the camera. Your face is used for "
            "nothing else, and nobody but us receives it."
        ),
    ),
    Section(
        _("What is stored"),
        _(
            "Pictures of your face from the camera, and what the program measured: how alike the faces are, and which "
            "movements it saw. These are biometric data. They are encrypted under a key of their own, which exists "
            "for you alone."
        ),
    ),
    Section(
        _("Who decides"),
        _("A person. The program only gives evidence and refuses nobody."),
    ),
    Section(
        _("How you withdraw"),
        _(
            "At any time, without giving reasons, on the page Identification. We then destroy the key at once, and "
            "nobody can open the pictures any more. What was decided before remains valid."
        ),
    ),
    Section(
        _("The way without"),
        _(
            "You need not agree. Choose the way without the face check: a person then gets in touch with you and "
            "establishes who you are. It takes longer and has no other disadvantage."
        ),
    ),
)
LENGTH = _("How long")


def kept(days: int) -> str:
    """For how long, in the active language."""
    if days == 0:
        return str(_("Until your application is decided. Then we destroy the key within an hour."))
    sentence = ngettext(
        "Until %(count)s day after your application was decided. Then we destroy the key.",
        "Until %(count)s days after your application was decided. Then we destroy the key.",
        days,
    )
    return sentence % {"count": days}


def sections() -> list[tuple[str, str]]:
    """Title and text of each section in the active language, as the page shows them."""
    return _in_order(kept(identity_settings().face_days))


def _in_order(length: str) -> list[tuple[str, str]]:
    shown = [(str(section.title), str(section.text)) for section in SECTIONS]
    return [*shown[:2], (str(LENGTH), length), *shown[2:]]


def language() -> str:
    """The active language, as it is recorded."""
    return (get_language() or LANGUAGES[0])[:2]


def digest() -> str:
    """SHA-256 of the text as the active language shows it, with its version."""
    return _digest_of(sections())


def words_digest(code: str) -> str:
    """SHA-256 of the version's words in a language, whatever the settings say."""
    with override(code):
        return _digest_of([section for days in (0, 1, 2) for section in _in_order(kept(days))])


def _digest_of(sections: list[tuple[str, str]]) -> str:
    lines = [VERSION, *(line for section in sections for line in section)]
    return sha256("\n".join(lines).encode()).hexdigest()
