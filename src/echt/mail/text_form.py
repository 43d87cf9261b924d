"""The text part, for people who read mail as text: wrapped at 72, each address whole on a line of its own."""

from textwrap import TextWrapper

from django.utils.translation import gettext as _

from echt.mail.letter import Ending, Letter, Strip
from echt.mail.parts import Button, Facts, Link, Note, OneTimeCode, Paragraph, Part

WIDTH = 72
INDENT = "    "
RULE = "-" * WIDTH


def as_text(letter: Letter) -> str:
    """The letter as text, lines ended by a line feed."""
    blocks = [
        _strip(letter.strip),
        _heading(letter.subject),
        wrapped(letter.salutation),
        *(_part(part) for part in letter.body),
        RULE,
        *(_ending(ending) for ending in letter.endings),
    ]
    return "\n\n".join(blocks) + "\n"


def wrapped(text: str, *, indent: str = "", first: str | None = None) -> str:
    """Text in lines of at most 72 characters; a longer word, such as an address, is never broken."""
    wrapper = TextWrapper(
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return wrapper.fill(text)


def _strip(strip: Strip) -> str:
    lines = [f"{strip.code_label}: {strip.carried}", f"{strip.number_label}: {strip.number}"]
    if not strip.code:
        lines += ["", wrapped(strip.how), strip.code_page.exact]
    return "\n".join([*lines, "", RULE])


def _heading(subject: str) -> str:
    lines = wrapped(subject)
    return f"{lines}\n{'=' * max(len(line) for line in lines.splitlines())}"


def _part(part: Part) -> str:
    match part:
        case Paragraph():
            return wrapped(f"{part.lead} {part.text}".strip())
        case Facts():
            return "\n".join(wrapped(value, indent=INDENT, first=f"{label}: ") for label, value in part.rows)
        case Button():
            return "\n".join([wrapped(f"{part.label}:"), part.url.exact, *([wrapped(part.note)] if part.note else [])])
        case Link():
            return f"{wrapped(f'{part.label}:')}\n{part.url.exact}"
        case OneTimeCode():
            return f"{INDENT}{part.code}"
        case Note():
            return wrapped(_("Note: %(text)s") % {"text": part.text})


def _ending(ending: Ending) -> str:
    return wrapped(ending.text) + (f"\n{ending.url.exact}" if ending.url else "")
