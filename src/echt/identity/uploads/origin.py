"""What a picture's file says of itself: camera, program, time. Evidence for a reviewer, never proof.

1. Only words that a person can read pass: no control or direction characters, one line, `LONGEST` characters.
2. Nothing of where it was taken is read: the position of a phone is nobody's business here.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

LONGEST = 80
MAKE, MODEL, SOFTWARE, CHANGED_AT = 0x010F, 0x0110, 0x0131, 0x0132
EXIF_IFD, TAKEN_AT, COMMENT = 0x8769, 0x9003, 0x9286
WORDS = ("make", "model", "software", "taken_at", "screenshot")
"""The names of the facts; each is there only where the file says it. `screenshot`: the words that say so."""
SCREENSHOT = re.compile(
    r"screen[\s_-]?(shot|capture|grab)|bildschirmfoto|snipping|snagit|flameshot|spectacle", re.IGNORECASE
)
CREATOR = re.compile(rb"CreatorTool(?:=\"|>)([^<\"]{1,200})")
CODED = (b"ASCII\x00\x00\x00", b"UNICODE\x00", b"JIS\x00\x00\x00\x00\x00", bytes(8))


def facts_of(image: Any) -> dict[str, str]:
    """The facts of an opened picture, by name."""
    tags = tags_of(image)
    texts = _texts(image.info)
    comment = plain(_comment(tags.get(COMMENT)))
    found = {
        "make": plain(tags.get(MAKE)),
        "model": plain(tags.get(MODEL)),
        "software": plain(tags.get(SOFTWARE)) or plain(texts.get("Software")) or _creator(image.info.get("xmp")),
        "taken_at": plain(tags.get(TAKEN_AT)) or plain(tags.get(CHANGED_AT)) or plain(texts.get("Creation Time")),
    }
    told = [comment, found["software"], *(plain(text) for text in texts.values())]
    found["screenshot"] = next((words for words in told if SCREENSHOT.search(words)), "")
    return {name: words for name, words in found.items() if words}


def tags_of(image: Any) -> dict[int, Any]:
    """The EXIF tags, those of the camera among them; none, where they are damaged."""
    try:
        exif = image.getexif()
        return {**dict(exif), **exif.get_ifd(EXIF_IFD)}
    except Exception:  # noqa: BLE001  # a damaged description is no reason to refuse the picture
        return {}


def plain(value: Any) -> str:
    """Words that can be shown as they are; the empty text for what is none."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    shown = "".join(sign if _is_shown(sign) else " " for sign in value[: 10 * LONGEST])
    return " ".join(shown.split())[:LONGEST]


def _is_shown(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "CZ" and sign != "\ufffd"


def _texts(info: Mapping[Any, Any]) -> dict[str, str]:
    """What a PNG says in words."""
    return {key: value for key, value in info.items() if isinstance(key, str) and isinstance(value, str)}


def _comment(value: Any) -> Any:
    """A user comment without the eight bytes that name its coding."""
    return value[8:].replace(b"\0", b"") if isinstance(value, bytes) and value[:8] in CODED else value


def _creator(xmp: Any) -> str:
    found = CREATOR.search(xmp[:200_000]) if isinstance(xmp, bytes) else None
    return plain(found[1]) if found else ""
