"""What stands behind a `Protocol` in this room; each has a local implementation that ships in the package.

Pictures are JPEG bytes that our own code made from pixels. Implementations run in the vision worker alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from echt.identity.documents import DocumentKind, Side
from echt.identity.findings import FaceMatch, Liveness, Movement, PictureVerdict, Reading


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a picture is supposed to show. `scan`: the applicant uploads a scan, which fills the frame."""

    kind: DocumentKind
    side: Side
    country: str
    """ISO 3166-1 alpha-3."""
    scan: bool = False


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A frame of a challenge. `at`: milliseconds since the challenge was shown, as the browser says."""

    at: int
    picture: bytes


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A challenge as the server issued it; `camera`: the name that the browser gives for the camera."""

    movements: Sequence[Movement]
    camera: str = ""


class DocumentReader(Protocol):
    """Looks at pictures of documents, and reads them."""

    version: str
    """Name and version of models and thresholds; kept with each check."""

    def judge(self, picture: bytes, *, expected: Expected) -> PictureVerdict:
        """Whether the picture will do."""

    def read(self, front: bytes, back: bytes | None, *, kind: DocumentKind, country: str) -> Reading:
        """What the document says. Never raises for what it cannot read: it leaves that out."""


class FaceMatcher(Protocol):
    """Compares faces."""

    version: str

    def judge(self, picture: bytes) -> PictureVerdict:
        """Whether a picture of the applicant will do: one face, large, sharp and lit."""

    def compare(self, document: bytes, selfie: bytes) -> FaceMatch:
        """The document's portrait and the applicant's face."""


class LivenessChecker(Protocol):
    """Verifies a challenge frame by frame."""

    version: str

    def verify(self, asked: Asked, frames: Sequence[Frame]) -> Liveness:
        """Whether the frames show the movements in the order asked for, by one face."""


class DetectorBroken(Exception):
    """The operator's own detector cannot be used. The text is for them: what is wrong, and nothing of a person."""


class AttackDetector(Protocol):
    """A detector of presentation attacks that an operator brings; there is none that comes in a package and works."""

    version: str
    """Name and version, for the check that its score becomes part of."""

    def score(self, frames: Sequence[Frame]) -> float:
        """From 0 (nothing suspicious) to 1 (surely an attack).

        Raises:
            DetectorBroken: it cannot say. Then the check of liveness is an error, and no other check.
        """
