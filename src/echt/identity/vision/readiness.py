"""Whether the vision worker can work here: its packages and its models. Nothing heavy is imported to find out."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from echt.identity.vision.carriers import missing

PACKAGES = ("cv2", "mediapipe", "onnxruntime", "pillow_heif", "rapidocr", "tesserocr", "zxingcpp")


def lacking(folder: Path) -> Iterator[tuple[str, str]]:
    """What is not there, and the command that helps; nothing where all is well."""
    absent = [name for name in PACKAGES if find_spec(name) is None]
    if absent:
        yield f"Documents and faces cannot be looked at without {', '.join(absent)}.", "pip install 'echt[vision]'"
    files = [model.file for model in missing(folder)]
    if files:
        yield f"{folder} lacks {', '.join(files)}, or they are altered.", "echt models install"
