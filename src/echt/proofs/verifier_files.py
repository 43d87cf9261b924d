"""The verifiers as files that an operator publishes and customers download, with the list of their hashes.

Everybody may read them, whatever the umask of the one who writes them; the same version writes the same bytes.
"""

from hashlib import sha256
from pathlib import Path

from echt.proofs import single_file
from echt.proofs.browser import page
from echt.proofs.refusals import Refused

SUMS = "SHA256SUMS"
PUBLIC_FILE, PUBLIC_FOLDER = 0o644, 0o755


def write_verifiers(folder: Path) -> list[Path]:
    """Write all of them into the folder; what is there under these names is replaced.

    Raises:
        Refused: the folder cannot be written to.
    """
    files = {"echt-verify.py": single_file.build().encode(), "echt-verify.html": page.build().encode()}
    files[SUMS] = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items()).encode()
    try:
        _make_public(folder)
        return [_write(folder / name, content) for name, content in files.items()]
    except OSError as problem:
        raise Refused(f"{folder} cannot be written to: {problem.strerror}. Choose another folder.") from None


def _make_public(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True)
        folder.chmod(PUBLIC_FOLDER)


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    path.chmod(PUBLIC_FILE)
    return path
