"""Write the lock files: exact versions with hashes, for every system, and no word about their source.

`python -m tools.lock` takes the newest versions that fit; with `--keep` it leaves those that are locked and only adds
or removes what `pyproject.toml` asks for.
"""

import subprocess
import sys
from pathlib import Path

UV = Path(sys.executable).with_name("uv")
UNWANTED = ("opencv-contrib-python", "opencv-python", "sounddevice")
"""What mediapipe and rapidocr ask for and do without: OpenCV comes once, headless, and nothing plays a sound."""

FORM = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--quiet",
    "--extra=vision",
    *(f"--no-emit-package={name}" for name in UNWANTED),
]


def main(*arguments: str) -> None:
    """The development lock takes the runtime's versions as they are."""
    renewal = [] if "--keep" in arguments else ["--upgrade"]
    compile_lock("requirements.lock", "--group=build", *renewal)
    compile_lock("requirements-dev.lock", "--group=build", "--group=dev", "--constraints=requirements.lock", *renewal)


def compile_lock(name: str, *options: str) -> None:
    command = [str(UV), "pip", "compile", "pyproject.toml", *options, *FORM, f"--output-file={name}"]
    subprocess.run(command, check=True)  # noqa: S603


if __name__ == "__main__":
    main(*sys.argv[1:])
