"""Figures and thresholds of each kind of check, in words. A kind's details are described where it is examined."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from babel.numbers import format_decimal
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from echt.desk.identity.words import ITEMS
from echt.identity.comparing import Likeness
from echt.identity.documents import Field
from echt.identity.examining.faces import ATTACK_FROM
from echt.identity.findings import Fault
from echt.identity.findings_json import verdict_from
from echt.identity.items import Item
from echt.identity.models.cases import CheckKind
from echt.identity.wording import FIELDS, MOVEMENTS

Details = Mapping[str, Any]

FAULTS: dict[Fault, Promise] = {
    Fault.UNREADABLE_FILE: gettext_lazy("unreadable file"),
    Fault.NOT_A_DOCUMENT: gettext_lazy("not a document"),
    Fault.CORNER_CUT: gettext_lazy("corner cut off"),
    Fault.TOO_SMALL: gettext_lazy("too small"),
    Fault.BLURRED: gettext_lazy("blurred"),
    Fault.GLARE: gettext_lazy("glare"),
    Fault.TOO_DARK: gettext_lazy("too dark"),
    Fault.TOO_BRIGHT: gettext_lazy("too bright"),
    Fault.SCREENSHOT: gettext_lazy("shows a screen"),
    Fault.PHOTOCOPY: gettext_lazy("shows a copy"),
    Fault.WRONG_SIDE: gettext_lazy("the other side"),
    Fault.NO_FACE: gettext_lazy("no face"),
    Fault.SEVERAL_FACES: gettext_lazy("several faces"),
    Fault.FACE_TOO_SMALL: gettext_lazy("face too small"),
}
FLAGS: dict[str, Promise] = {
    "duplicate_frames": gettext_lazy("frames repeat"),
    "face_changed": gettext_lazy("another face in between"),
    "several_faces": gettext_lazy("several faces"),
    "screen_pattern": gettext_lazy("pattern of a screen"),
    "frame_around_face": gettext_lazy("an edge around the face"),
    "flat_face": gettext_lazy("the face is flat"),
    "virtual_camera": gettext_lazy("a virtual camera"),
    "out_of_order": gettext_lazy("movements in another order"),
    "too_fast": gettext_lazy("faster than anybody moves"),
}
REMARKS: dict[str, Promise] = {
    "portrait_small": gettext_lazy("the portrait is small"),
    "no_portrait": gettext_lazy("no portrait found"),
    "ghost_differs": gettext_lazy("the ghost portrait differs"),
    "issuer_differs": gettext_lazy("another issuer than was chosen"),
    "kind_differs": gettext_lazy("another kind of document than was chosen"),
    "one_source": gettext_lazy("only one part of the document could be read"),
    "not_read": gettext_lazy("the document could not be read"),
    "zone_not_read": gettext_lazy("the machine-readable zone could not be read"),
    "no_zone": gettext_lazy("this document has no machine-readable zone"),
    "nothing_typed": gettext_lazy("nothing was entered"),
    "no_date": gettext_lazy("no date is known"),
    "no_number": gettext_lazy("no number is known"),
    "no_name": gettext_lazy("no name is known"),
    "no_lists": gettext_lazy("no list was imported yet"),
    "no_picture": gettext_lazy("a picture is missing"),
    "no_pictures": gettext_lazy("there are no pictures"),
    "not_verified": gettext_lazy("the movements were not looked at"),
    "without_face": gettext_lazy("the applicant does not agree to biometrics"),
    "consent_withdrawn": gettext_lazy("the applicant has withdrawn the consent to biometrics"),
    "level": gettext_lazy("not asked for at this level"),
}


MEASURES: dict[str, Promise] = {"accounts": gettext_lazy("accounts")}
"""Those that are no figure of a picture have a word of ours; the others keep the machine's name."""


def figures_of(kind: CheckKind, details: Details) -> Iterator[str]:
    """The sentences of a check, without any value of the document."""
    if kind in SAYS:
        yield from SAYS[kind](details)
    for name, measure in (details.get("measures") or {}).items():
        yield measured(name, measure)
    remarks = [*(details.get("remarks") or []), *([details["because"]] if details.get("because") else [])]
    if remarks:
        yield ", ".join(str(REMARKS.get(remark, remark)) for remark in remarks)
    if details.get("error") == "too_late":
        yield _("The machine was too late. A person must look.")
    elif "error" in details:
        yield _("The machine stopped with an error. A person must look.")


def number(value: float, places: int = 2) -> str:
    """A figure in the reader's language."""
    pattern = "0." + "#" * places
    return format_decimal(round(float(value), places), pattern, "de_DE" if get_language() == "de" else "en_GB")


def measured(name: str, measure: Details) -> str:
    """A figure beside its threshold, with its name."""
    words = {
        "name": MEASURES.get(name, name.replace("_", " ")),
        "value": number(measure["value"]),
        "limit": number(measure["threshold"]),
    }
    return _("%(name)s: %(value)s, threshold %(limit)s") % words


def _quality(details: Details) -> Iterator[str]:
    for item, stored in (details.get("pictures") or {}).items():
        if stored is None:
            continue
        verdict = verdict_from(stored)
        marks = [str(FAULTS[fault]) for fault in (*verdict.faults, *verdict.doubts)]
        yield _("%(item)s: %(marks)s") % {"item": ITEMS[Item(item)], "marks": ", ".join(marks) or _("no fault found")}


def _zone(details: Details) -> Iterator[str]:
    digits = details.get("check_digits") or {}
    if digits:
        right = sum(map(bool, digits.values()))
        words = {"right": right, "all": len(digits), "format": details.get("format", "")}
        yield _("%(right)s of %(all)s check digits are right (%(format)s)") % words
    wrong = [str(FIELDS[Field(name)]) if name in set(Field) else name for name, ok in digits.items() if not ok]
    if wrong:
        yield _("Wrong: %(names)s") % {"names": ", ".join(wrong)}


def _fields(details: Details) -> Iterator[str]:
    for name, told in (details.get("fields") or {}).items():
        likeness = str(told.get("likeness", ""))
        if likeness in LIKENESS:
            yield f"{FIELDS[Field(name)]}: {LIKENESS[likeness]}"


def _expiry(details: Details) -> Iterator[str]:
    days = details.get("days")
    if days is None:
        yield _("The document has no date of expiry")
    elif days >= 0:
        yield ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
    else:
        yield ngettext("Expired for %(n)s day", "Expired for %(n)s days", -days) % {"n": -days}


def _age(details: Details) -> Iterator[str]:
    if details.get("age") is not None:
        yield _("%(age)s years, at least %(least)s") % {"age": details["age"], "least": details.get("least", "")}


def _duplicate(details: Details) -> Iterator[str]:
    words = {"number": details.get("by_number", 0), "file": details.get("by_file", 0)}
    yield _("Other accounts with the number: %(number)s, with the same file: %(file)s") % words


def _face(details: Details) -> Iterator[str]:
    if details.get("score") is not None:
        yield _("Similarity %(score)s; alike from %(alike)s, unlike below %(unlike)s") % {
            "score": number(details["score"]),
            "alike": number(details["alike_from"]),
            "unlike": number(details["unlike_below"]),
        }


def _liveness(details: Details) -> Iterator[str]:
    movements = details.get("movements") or []
    if movements:
        seen = sum(bool(movement["seen"]) for movement in movements)
        yield _("%(seen)s of %(all)s movements seen") % {"seen": seen, "all": len(movements)}
    missing = [str(MOVEMENTS[movement["movement"]]) for movement in movements if not movement["seen"]]
    if missing:
        yield _("Not seen: %(movements)s") % {"movements": ", ".join(missing)}
    if details.get("flags"):
        yield _("Signs: %(flags)s") % {"flags": ", ".join(str(FLAGS.get(flag, flag)) for flag in details["flags"])}
    if details.get("attack_score") is not None:
        words = {"score": number(details["attack_score"]), "limit": number(ATTACK_FROM)}
        yield _("Detector of attacks: %(score)s of 1, a doubt from %(limit)s") % words
    if details.get("attack_by"):
        yield _("Detector: %(name)s") % {"name": details["attack_by"]}
    if details.get("attack_error"):
        yield _("The detector of attacks could not be used: %(why)s Tell who runs this installation.") % {
            "why": details["attack_error"]
        }


def _screening(details: Details) -> Iterator[str]:
    hits = details.get("hits", 0)
    yield ngettext("%(n)s hit", "%(n)s hits", hits) % {"n": hits}
    if details.get("lists"):
        yield _("Lists: %(names)s") % {"names": ", ".join(details["lists"])}


LIKENESS: dict[str, Promise] = {
    Likeness.SAME: gettext_lazy("the same"),
    Likeness.DIFFERS: gettext_lazy("differs"),
    Likeness.UNREADABLE: gettext_lazy("not fit to be compared"),
    Likeness.ONLY_TYPED: gettext_lazy("not read"),
}
SAYS: dict[CheckKind, Callable[[Details], Iterator[str]]] = {
    CheckKind.QUALITY: _quality,
    CheckKind.ZONE: _zone,
    CheckKind.CONSISTENCY: _fields,
    CheckKind.TYPED: _fields,
    CheckKind.EXPIRY: _expiry,
    CheckKind.AGE: _age,
    CheckKind.DUPLICATE: _duplicate,
    CheckKind.FACE: _face,
    CheckKind.LIVENESS: _liveness,
    CheckKind.SCREENING: _screening,
}
