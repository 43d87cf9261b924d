"""Which files make up the repository."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def files() -> Iterator[Path]:
    """Every file that is in the repository or would be with the next commit."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603
    paths = (ROOT / name for name in sorted(set(listed.split("\0"))) if name)
    return (path for path in paths if path.is_file() and not path.is_symlink())
