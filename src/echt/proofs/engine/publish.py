"""A finished folder's statement into a log."""

from pathlib import Path

from echt.proofs.engine.folder import Folder, write_private
from echt.proofs.keys import Signer
from echt.proofs.log.append import append
from echt.proofs.log.folder import Log
from echt.proofs.verify.canonical_json import canonical_json


def append_to_log(folder: Folder, log: Path, signer: Signer) -> int:
    """Append the statement, and keep for the proofs that it is in the log; its index. Once more does no harm."""
    index = append(log, folder.statement.read_bytes().removesuffix(b"\n"), signer=signer)
    write_private(folder.log, canonical_json(Log(log).inclusion_part(index)) + b"\n")
    return index
