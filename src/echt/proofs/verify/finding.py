"""What one step of a verification found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from echt.proofs.verify.report import Reason, Step

Bilingual = tuple[str, str]
"""The same in English and German."""


@dataclass(frozen=True)
class Finding:
    """The line for people, and why the step failed; no reasons where it did not."""

    step: Step
    reasons: Sequence[Reason] = ()


def finding(title: Bilingual, reasons: Sequence[Reason], detail: Bilingual, *, compared: bool = True) -> Finding:
    """The step failed for these reasons, or else passed with this detail; or there was nothing to compare."""
    if reasons:
        return Finding(Step(title[0], False, reasons[0].text, title[1], reasons[0].text_de), reasons)
    return Finding(Step(title[0], True if compared else None, detail[0], title[1], detail[1]))
