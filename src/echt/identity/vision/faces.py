"""Faces of documents and applicants: whether a picture will do, and whether two are alike.

1. A likeness never refuses anybody: it is a band, and a person decides (`docs/identity.md` has the rates).
2. What a picture is too small to say is not said: a small portrait does not make two people unlike.
3. Of several faces the largest counts; a second one that is nearly as large refuses the picture of an applicant.
"""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from echt.identity.findings import Band, FaceMatch, Fault, Measure, PictureVerdict, Point
from echt.identity.vision.detection import Face, find
from echt.identity.vision.likeness import aligned, direction, likeness
from echt.identity.vision.models import Array


@dataclass(frozen=True, kw_only=True)
class FaceThresholds:
    """What figures are held against. Distances between the eyes are in pixels, light is from 0 (black) to 255."""

    alike_from: float = 0.40
    unlike_below: float = 0.25
    eyes: float = 90
    portrait_eyes: float = 30
    ghost_below: float = 0.20
    second_from: float = 0.25
    sharp_from: float = 0.13
    dark_below: float = 40
    bright_above: float = 225


class LocalFaceMatcher:
    """YuNet finds faces, SFace compares them."""

    def __init__(self, thresholds: FaceThresholds, folder: Path | None = None) -> None:
        self.thresholds = thresholds
        self.version = f"yunet-2023mar sface-2021dec {thresholds.alike_from:.2f}/{thresholds.unlike_below:.2f}"
        self._folder = folder

    def judge(self, picture: bytes) -> PictureVerdict:
        """Whether a picture of the applicant will do: one face, large, sharp and lit."""
        pixels = decode(picture)
        if pixels is None:
            return PictureVerdict(faults=(Fault.UNREADABLE_FILE,))
        faces = find(pixels, self._folder)
        if not faces:
            return PictureVerdict(faults=(Fault.NO_FACE,))
        measures = _measure(pixels, faces, self.thresholds)
        return PictureVerdict(
            faults=tuple(fault for fault, names in FAULTS.items() if not all(measures[name].ok for name in names)),
            measures=measures,
        )

    def compare(self, document: bytes, selfie: bytes) -> FaceMatch:
        """The document's portrait and the applicant's face."""
        of_document, of_applicant = decode(document), decode(selfie)
        portraits = [] if of_document is None else find(of_document, self._folder)
        faces = [] if of_applicant is None else find(of_applicant, self._folder)
        if of_document is None or of_applicant is None or not portraits or not faces:
            return self._not_compared(portraits, faces)
        portrait = direction(of_document, portraits[0], self._folder)
        score = likeness(portrait, direction(of_applicant, faces[0], self._folder))
        ghosts = [likeness(portrait, direction(of_document, ghost, self._folder)) for ghost in portraits[1:]]
        small = portraits[0].eyes < self.thresholds.portrait_eyes
        return FaceMatch(
            band=self._band(score, small=small),
            score=round(score, 4),
            alike_from=self.thresholds.alike_from,
            unlike_below=self.thresholds.unlike_below,
            portrait=_place(portraits[0], of_document),
            remarks=tuple(self._remarks(portraits[0], faces, ghosts)),
        )

    def _band(self, score: float, *, small: bool) -> Band:
        if score >= self.thresholds.alike_from:
            return Band.ALIKE
        if score < self.thresholds.unlike_below and not small:
            return Band.UNLIKE
        return Band.UNSURE

    def _remarks(self, portrait: Face, faces: list[Face], ghosts: list[float]) -> list[str]:
        said = {
            "portrait_small": portrait.eyes < self.thresholds.portrait_eyes,
            "selfie_small": faces[0].eyes < self.thresholds.eyes,
            "several_faces": _second(faces) >= self.thresholds.second_from,
            "ghost_differs": any(ghost < self.thresholds.ghost_below for ghost in ghosts),
        }
        return [remark for remark, holds in said.items() if holds]

    def _not_compared(self, portraits: list[Face], faces: list[Face]) -> FaceMatch:
        said = {"no_portrait": not portraits, "no_face": not faces}
        return FaceMatch(
            band=Band.NOT_COMPARED,
            score=None,
            alike_from=self.thresholds.alike_from,
            unlike_below=self.thresholds.unlike_below,
            remarks=tuple(remark for remark, holds in said.items() if holds),
        )


FAULTS = {
    Fault.SEVERAL_FACES: ("second_face",),
    Fault.FACE_TOO_SMALL: ("eyes",),
    Fault.TOO_DARK: ("light",),
    Fault.TOO_BRIGHT: ("not_glaring",),
    Fault.BLURRED: ("sharpness",),
}
"""Which measures speak for a fault; the most helpful first."""


def decode(picture: bytes) -> Array | None:
    """The pixels of a picture; None where it is none."""
    return cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR) if picture else None


def sharpness(face: Array) -> float:
    """How much of a face's detail would go if it were blurred a little: 0 (nothing is left to go) to 1."""
    grey = cv2.cvtColor(face, cv2.COLOR_BGR2GRAY).astype(np.float32)
    detail = np.abs(np.diff(grey, axis=1)).mean() + np.abs(np.diff(grey, axis=0)).mean()
    soft = cv2.GaussianBlur(grey, (0, 0), 1.5)
    left = np.abs(np.diff(soft, axis=1)).mean() + np.abs(np.diff(soft, axis=0)).mean()
    return float(1 - left / detail) if detail else 0.0


def _measure(picture: Array, faces: list[Face], thresholds: FaceThresholds) -> dict[str, Measure]:
    face = aligned(picture, faces[0], 2)
    light = float(np.median(cv2.cvtColor(face, cv2.COLOR_BGR2GRAY)))
    sharp, second, eyes = sharpness(face), _second(faces), faces[0].eyes
    return {
        "second_face": Measure(
            value=round(second, 3), threshold=thresholds.second_from, ok=second < thresholds.second_from
        ),
        "eyes": Measure(value=round(eyes, 1), threshold=thresholds.eyes, ok=eyes >= thresholds.eyes),
        "light": Measure(value=light, threshold=thresholds.dark_below, ok=light >= thresholds.dark_below),
        "not_glaring": Measure(value=light, threshold=thresholds.bright_above, ok=light <= thresholds.bright_above),
        "sharpness": Measure(value=round(sharp, 3), threshold=thresholds.sharp_from, ok=sharp >= thresholds.sharp_from),
    }


def _second(faces: list[Face]) -> float:
    """The size of the second face, as a share of the first one's."""
    return faces[1].area / faces[0].area if len(faces) > 1 else 0.0


def _place(face: Face, picture: Array) -> tuple[Point, Point]:
    height, width = picture.shape[:2]
    upper = (max(face.left / width, 0.0), max(face.top / height, 0.0))
    lower = (min((face.left + face.width) / width, 1.0), min((face.top + face.height) / height, 1.0))
    return upper, lower
