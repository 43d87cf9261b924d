"""Verify a proof of liabilities, of the format `echt/1` or of other exchanges. The standard library is enough.

    >>> from echt.proofs.verify import verify
    >>> verify(b"{}").verdict
    <Verdict.CANNOT_READ: 'cannot read'>

`verify` never raises for what is in a file; the answer has the verdict, its reasons and what was looked at, in order.
"""

from __future__ import annotations

from echt.proofs.verify.content import Content, Format
from echt.proofs.verify.recognition import verify
from echt.proofs.verify.report import Knowledge, Reason, Report, Step, Verdict

__all__ = ["Content", "Format", "Knowledge", "Reason", "Report", "Step", "Verdict", "verify"]
