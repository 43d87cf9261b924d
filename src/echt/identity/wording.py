"""What applicants read: names of documents and their sides, what is wrong with a picture, what to do next."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from echt.identity.documents import DocumentKind, Field
from echt.identity.findings import Fault, Liveness, LivenessOutcome, Movement, PictureVerdict, Source
from echt.identity.items import Item

# Documents ------------------------------------------------------------------------------------------------

KINDS: dict[DocumentKind, Promise] = {
    DocumentKind.ID_CARD: _("Identity card"),
    DocumentKind.PASSPORT: _("Passport"),
    DocumentKind.DRIVING_LICENCE: _("Driving licence"),
    DocumentKind.RESIDENCE_PERMIT: _("Residence permit"),
}
KIND_ICONS = {
    DocumentKind.ID_CARD: "id-card",
    DocumentKind.PASSPORT: "passport",
    DocumentKind.DRIVING_LICENCE: "driving-licence",
    DocumentKind.RESIDENCE_PERMIT: "residence-permit",
}
KIND_NOTES: dict[DocumentKind, Promise] = {
    DocumentKind.ID_CARD: _("Front and back"),
    DocumentKind.PASSPORT: _("The page with your photo"),
    DocumentKind.DRIVING_LICENCE: _("Front and back"),
    DocumentKind.RESIDENCE_PERMIT: _("Front and back"),
}
SIDES: dict[tuple[DocumentKind, Item], Promise] = {
    (DocumentKind.ID_CARD, Item.FRONT): _("Front of the identity card"),
    (DocumentKind.ID_CARD, Item.BACK): _("Back of the identity card"),
    (DocumentKind.PASSPORT, Item.FRONT): _("Data page of the passport"),
    (DocumentKind.PASSPORT, Item.BACK): _("Back of the passport’s data page"),
    (DocumentKind.DRIVING_LICENCE, Item.FRONT): _("Front of the driving licence"),
    (DocumentKind.DRIVING_LICENCE, Item.BACK): _("Back of the driving licence"),
    (DocumentKind.RESIDENCE_PERMIT, Item.FRONT): _("Front of the residence permit"),
    (DocumentKind.RESIDENCE_PERMIT, Item.BACK): _("Back of the residence permit"),
}
FIELDS: dict[Field, Promise] = {
    Field.SURNAME: _("Surname"),
    Field.GIVEN_NAMES: _("Given names"),
    Field.NUMBER: _("Number of the document"),
    Field.BORN_ON: _("Date of birth"),
    Field.EXPIRES_ON: _("Valid until"),
    Field.NATIONALITY: _("Nationality"),
    Field.ISSUER: _("Issued by"),
    Field.SEX: _("Sex"),
}
SOURCES: dict[Source, Promise] = {
    Source.MRZ: _("Read from the machine-readable lines"),
    Source.PRINT: _("Read from the print"),
    Source.BARCODE: _("Read from the barcode"),
}

# Pictures -------------------------------------------------------------------------------------------------

CORNERS = (_("upper left"), _("upper right"), _("lower right"), _("lower left"))
"""In the order of `PictureVerdict.corners`."""

OF_DOCUMENTS: dict[Fault, Promise] = {
    Fault.UNREADABLE_FILE: _("This file cannot be opened as a picture. Send a JPEG, PNG, WebP or HEIC file."),
    Fault.NOT_A_DOCUMENT: _(
        "There is no document to be seen. Lay it on a plain, darker surface and photograph it from straight above."
    ),
    Fault.CORNER_CUT: _("A corner is outside the picture. Move back a little so that all four corners are in view."),
    Fault.TOO_SMALL: _(
        "The document is too small in the picture to be read. Go closer, until it nearly fills the picture."
    ),
    Fault.BLURRED: _("The picture is blurred. Wipe the lens, hold still, and wait until the camera has focused."),
    Fault.GLARE: _("A reflection covers part of the document. Tilt it a little, or turn away from the lamp."),
    Fault.TOO_DARK: _("The picture is too dark. Go to a window or switch on a light, without casting a shadow."),
    Fault.TOO_BRIGHT: _("The picture is too bright, and print is lost. Step out of the sun or away from the lamp."),
    Fault.SCREENSHOT: _("This shows a screen. Photograph the document itself."),
    Fault.PHOTOCOPY: _("This looks like a copy on paper. Photograph the original, in colour."),
    Fault.WRONG_SIDE: _("This is the other side. Turn the document over and photograph it again."),
    Fault.NO_FACE: _(
        "The portrait on the document cannot be made out. Take the picture in even light, with nothing over the "
        "portrait."
    ),
    Fault.SEVERAL_FACES: _("More than one document is in the picture. Photograph this one alone."),
    Fault.FACE_TOO_SMALL: _("The portrait on the document is too small to be seen. Go closer."),
}
OF_FACES: dict[Fault, Promise] = {
    Fault.NO_FACE: _("Your face cannot be seen. Look straight into the camera."),
    Fault.SEVERAL_FACES: _("More than one face can be seen. Only you should be in front of the camera."),
    Fault.FACE_TOO_SMALL: _("Come closer, until your face fills the oval."),
    Fault.CORNER_CUT: _("Part of your face is outside the picture. Move back a little, into the middle."),
    Fault.TOO_SMALL: _("Come closer, until your face fills the oval."),
    Fault.BLURRED: _("The picture is blurred. Hold still for a moment, and wipe the lens."),
    Fault.TOO_DARK: _("It is too dark. Turn towards a window or a lamp."),
    Fault.TOO_BRIGHT: _("It is too bright. Step out of direct light."),
    Fault.GLARE: _("A light dazzles the camera. Turn a little away from it."),
}
"""What reads differently of a face; everything else as of documents."""


def sentence(fault: Fault, *, item: Item, cut: Sequence[int] = ()) -> str:
    """What is wrong, and what to do."""
    if item is Item.FACE and fault in OF_FACES:
        return str(OF_FACES[fault])
    if fault is Fault.CORNER_CUT and cut:
        return _cut(cut)
    return str(OF_DOCUMENTS[fault])


def sentences(verdict: PictureVerdict, *, item: Item) -> list[str]:
    """What is wrong with a picture, the most helpful first."""
    return [sentence(fault, item=item, cut=verdict.cut) for fault in verdict.faults]


def _cut(corners: Sequence[int]) -> str:
    named = [str(CORNERS[corner]) for corner in corners]
    told = ngettext(
        "The %(corners)s corner is outside the picture. Move back a little so that all four corners are in view.",
        "The %(corners)s corners are outside the picture. Move back a little so that all four corners are in view.",
        len(named),
    )
    return told % {"corners": get_text_list(named, gettext("and"))}


HINTS: Mapping[str, Promise] = {
    "missing": _("Hold the camera above the document, so that all of it can be seen."),
    "cut": _("Part of the document is outside. Move back a little."),
    "far": _("Come closer."),
    "tilted": _("Hold the camera straight above the document."),
    "dark": _("Too dark. More light, please."),
    "bright": _("Too bright. Step out of direct light."),
    "glare": _("A reflection. Tilt the document a little."),
    "moving": _("Hold still."),
    "blurred": _("Not sharp yet. Hold still for a moment."),
    "good": _("Good. Hold still, the picture takes itself."),
}
"""What the camera page says while one aims; the names are those of `frame.js`."""

CORNER_HINTS = (
    _("The upper left corner is outside. Move back a little."),
    _("The upper right corner is outside. Move back a little."),
    _("The lower right corner is outside. Move back a little."),
    _("The lower left corner is outside. Move back a little."),
)
"""The same for one corner alone."""

# The face step --------------------------------------------------------------------------------------------

FACE_HINTS: Mapping[str, Promise] = {
    "look": _("Bring your face into the oval and look straight into the camera."),
    "dark": _("Too dark. Turn towards a window or a lamp."),
    "bright": _("Too bright. Step out of direct light."),
    "uneven": _("The light comes from one side. Turn towards it."),
    "blurred": _("Not sharp yet. Hold still for a moment, and wipe the lens."),
    "good": _("Good. Hold still and look straight into the camera."),
}
"""What the face step says before the movements; the names are those of `light.js`."""

MOVEMENTS: dict[Movement, Promise] = {
    Movement.TURN_LEFT: _("Turn your head to the left"),
    Movement.TURN_RIGHT: _("Turn your head to the right"),
    Movement.LOOK_UP: _("Raise your head and look up"),
    Movement.BLINK: _("Close both eyes, then open them again"),
    Movement.OPEN_MOUTH: _("Open your mouth wide"),
    Movement.COME_CLOSER: _("Come closer to the camera"),
}
MOVEMENT_ICONS = {movement: f"move-{movement.value.replace('_', '-')}" for movement in Movement}
OUTCOMES: dict[LivenessOutcome, Promise] = {
    LivenessOutcome.PASSED: _("The face step is done."),
    LivenessOutcome.FAILED: _(
        "The movements could not be seen. Try again: even light from the front, nothing over your face, and one "
        "movement after the other as they are shown."
    ),
    LivenessOutcome.INCONCLUSIVE: _(
        "Not everything could be seen clearly. Try again in better light; a person looks at what remains unclear."
    ),
}
A_PROGRAM = _(
    "Your browser shows us the picture of a program, not of a camera. Choose the camera itself through the sign beside "
    "the address, load the page again, then repeat the face step."
)
ONLY_A_PROGRAM = ("virtual_camera",)
"""Nothing but the name of the camera speaks against it: better light would not help."""


def outcome(liveness: Liveness | None) -> str:
    """What to do after a try at the face step that is not enough; None: it could not be verified."""
    if liveness is not None and liveness.outcome is LivenessOutcome.FAILED:
        return str(OUTCOMES[LivenessOutcome.FAILED])
    if liveness is not None and liveness.flags == ONLY_A_PROGRAM:
        return str(A_PROGRAM)
    return str(OUTCOMES[LivenessOutcome.INCONCLUSIVE])
