"""The reader of documents that ships: it judges pictures and reads them, with models that run here."""

from pathlib import Path

from echt.identity.documents import DocumentKind
from echt.identity.findings import PictureVerdict, Reading
from echt.identity.providers import Expected
from echt.identity.vision import quality, reading


class LocalDocumentReader:
    """Looks at pictures of documents, and reads them."""

    version = f"quality 1; {reading.VERSION}"

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def judge(self, picture: bytes, *, expected: Expected) -> PictureVerdict:
        """Whether the picture will do."""
        return quality.judge(picture, expected=expected, folder=self._folder)

    def read(self, front: bytes, back: bytes | None, *, kind: DocumentKind, country: str) -> Reading:
        """What the document says; what cannot be read is left out."""
        return reading.read(front, back, kind=kind, country=country, folder=self._folder)
