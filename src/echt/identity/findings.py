"""What machines found, as plain values. The vision worker makes them; pages show them; nothing heavy is imported.

1. A fault is a reason to take the picture again; a doubt is a reason for a person to look. Neither decides a case.
2. Each figure stands beside the threshold that it was held against, so that a finding can be explained later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from echt.identity.documents import Field

Point = tuple[float, float]
"""A place in a picture as shares of its width and height: (0, 0) is the upper left, (1, 1) the lower right."""


class Fault(StrEnum):
    """What is wrong with a picture; the value is stored, so it is never renamed."""

    UNREADABLE_FILE = "unreadable_file"
    NOT_A_DOCUMENT = "not_a_document"
    CORNER_CUT = "corner_cut"
    TOO_SMALL = "too_small"
    BLURRED = "blurred"
    GLARE = "glare"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    SCREENSHOT = "screenshot"
    PHOTOCOPY = "photocopy"
    WRONG_SIDE = "wrong_side"
    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    FACE_TOO_SMALL = "face_too_small"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A figure and the threshold it was held against. `ok` says on which side of it the figure lies."""

    value: float
    threshold: float
    ok: bool


@dataclass(frozen=True, kw_only=True)
class PictureVerdict:
    """Whether a picture will do.

    Args:
        faults: reasons to take it again, the most helpful first.
        doubts: reasons for a person to look at it; the picture is accepted.
        corners: the document's corners in the upright picture, from its upper left clockwise; None: not found.
        cut: which of these corners are outside or at the edge, as indexes 0 to 3.
        turn: quarter turns clockwise (0 to 3) that make the picture upright.
        measures: by name, such as `sharpness` or `glare`.
    """

    faults: tuple[Fault, ...] = ()
    doubts: tuple[Fault, ...] = ()
    corners: tuple[Point, ...] | None = None
    cut: tuple[int, ...] = ()
    turn: int = 0
    measures: Mapping[str, Measure] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        return not self.faults


class Source(StrEnum):
    """Where on the document something was read."""

    MRZ = "mrz"
    PRINT = "print"
    BARCODE = "barcode"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was read from a document, by source; a date as ISO 8601, a country as ICAO code, text in Latin letters.

    Args:
        fields: value by field, for each source that gave any.
        mrz_lines: the lines of the machine-readable zone as read; empty where there is none.
        mrz_format: `TD1`, `TD2`, `TD3`, `MRVA`, `MRVB`; empty where there is none.
        check_digits: by name (`number`, `born_on`, `expires_on`, `optional`, `composite`), whether each is right.
        text: all printed lines, from top to bottom.
    """

    fields: Mapping[Source, Mapping[Field, str]] = field(default_factory=dict)
    mrz_lines: tuple[str, ...] = ()
    mrz_format: str = ""
    check_digits: Mapping[str, bool] = field(default_factory=dict)
    text: tuple[str, ...] = ()

    def best(self, wanted: Field) -> str:
        """The value to offer the applicant; empty where nothing was read.

        Names come from the print first: no check digit protects them in the zone, and the zone has no accents.
        """
        return next((self.fields[source][wanted] for source in _order(wanted) if self._has(source, wanted)), "")

    def _has(self, source: Source, wanted: Field) -> bool:
        return bool(self.fields.get(source, {}).get(wanted))


_NAMES = frozenset({Field.SURNAME, Field.GIVEN_NAMES})


def _order(wanted: Field) -> Sequence[Source]:
    if wanted in _NAMES:
        return (Source.PRINT, Source.MRZ, Source.BARCODE)
    return (Source.MRZ, Source.BARCODE, Source.PRINT)


class Band(StrEnum):
    """How alike two faces are. No band refuses anybody: a person decides."""

    ALIKE = "alike"
    UNSURE = "unsure"
    UNLIKE = "unlike"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, kw_only=True)
class FaceMatch:
    """A document's portrait beside the face of the applicant. `score`: cosine similarity, -1 to 1."""

    band: Band
    score: float | None
    alike_from: float
    unlike_below: float
    portrait: tuple[Point, Point] | None = None
    """The portrait's place in the document picture, upper left and lower right."""
    remarks: tuple[str, ...] = ()
    """Such as `portrait_small`, `no_portrait`, `ghost_differs`."""


class Movement(StrEnum):
    """What a liveness challenge can ask for; the value is stored, so it is never renamed."""

    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    LOOK_UP = "look_up"
    BLINK = "blink"
    OPEN_MOUTH = "open_mouth"
    COME_CLOSER = "come_closer"


class LivenessOutcome(StrEnum):
    """Passed means: nothing speaks against it. It never means that somebody was there."""

    PASSED = "passed"
    FAILED = "failed"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, kw_only=True)
class MovementSeen:
    """One movement of a challenge, in the order asked for. `frames`: indexes of the frames that show it."""

    movement: Movement
    seen: bool
    figure: float
    threshold: float
    frames: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Liveness:
    """What the frames of a challenge show.

    Args:
        movements: one entry for each that was asked for.
        flags: anomalies, such as `duplicate_frames`, `face_changed`, `several_faces`, `screen_pattern`,
            `frame_around_face`, `flat_face`, `virtual_camera`, `out_of_order`, `too_fast`.
        frontal: index of the frame that serves as the applicant's picture; None where no face looks straight.
        similarity: the least similarity between the frontal face and any other frame's.
        attack_score: of the operator's own detector of presentation attacks; None where there is none, or it broke.
        attack_by: name and version of that detector.
        attack_error: why it could not say anything; empty where it did, or there is none.
    """

    outcome: LivenessOutcome
    movements: tuple[MovementSeen, ...]
    flags: tuple[str, ...] = ()
    frontal: int | None = None
    similarity: float | None = None
    attack_score: float | None = None
    attack_by: str = ""
    attack_error: str = ""
