"""Whose format is it? A file is recognised by its content, never by its name."""

from __future__ import annotations

from echt.proofs.verify.content import Content
from echt.proofs.verify.formats import FORMATS
from echt.proofs.verify.proof import check_echt
from echt.proofs.verify.proof_file import LARGEST_FILE, is_echt_file
from echt.proofs.verify.report import Knowledge, Report


def verify(content: bytes, knowledge: Knowledge = Knowledge()) -> Report:  # noqa: B008 - frozen
    """The report on a file of any known format.

    What is too large, no text, no JSON or of no known format is told apart as for `echt/1`, step 1.
    """
    file = Content(content)
    if len(content) <= LARGEST_FILE and not is_echt_file(file.json):
        for known in FORMATS:
            if known.recognises(file):
                return known.check(file, knowledge)
    return check_echt(file, knowledge)
