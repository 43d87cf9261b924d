"""The three parts of every answer about another exchange's file, and the verdict that follows from them.

Do the hashes chain? Are the numbers sane? Does the format prove what it is said to prove? Only three times yes is a
plain yes, and only where root or credential came from elsewhere than the file. A format that is not sound is at best
"consistent only", whatever its file says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from echt.proofs.verify.formats.reasons import Words, foreign_reason
from echt.proofs.verify.report import Reason, Report, Step, Verdict

ANSWER_CHAIN = ("They chain from your leaf to the root.", "Sie hängen von Ihrem Blatt bis zur Wurzel zusammen.")
ANSWER_SANE = ("None is below zero, and they add up.", "Keine ist unter null, und die Summen stimmen.")
ANSWER_SOUND = ("It proves what it is said to prove.", "Es beweist, was es beweisen soll.")
ANSWER_COMPARED: Mapping[str, Words] = {
    "root": ("Root", "Wurzel"),
    "tree_sha256": ("Fingerprint of the whole list (SHA-256)", "Fingerabdruck der ganzen Liste (SHA-256)"),
}


@dataclass(frozen=True)
class Findings:
    """What was found in a file: each list is empty where nothing is wrong, else first what was found first."""

    broken: Sequence[Reason] = ()
    wrong: Sequence[Reason] = ()
    unsound: Sequence[Reason] = ()
    own_word: Sequence[Reason] = ()
    """Why nothing but the exchange's own word stands behind a sound format's file; empty where something else does."""
    amounts: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)


def answer(format_name: str, found: Findings) -> Report:
    """The report on a file that could be read."""
    return Report(
        format=format_name,
        hashes="broken" if found.broken else "chain",
        numbers=_state_of_numbers(found.wrong),
        format_sound=not found.unsound,
        verdict=_verdict_on(found),
        reasons=(*found.broken, *found.wrong, *found.unsound, *found.own_word),
        amounts=found.amounts,
        extra=found.extra,
        steps=_steps_of(found),
    )


def unreadable(format_name: str, where: str | Words) -> Report:
    """The report on a file that is recognised, but is not complete or not in form."""
    return _not_read(format_name, foreign_reason("form.foreign", format=format_name, where=where))


def incomplete(format_name: str, what: Words) -> Report:
    """The report on a file that can only be checked together with a second one, which is not there."""
    return _not_read(format_name, foreign_reason("form.second_file", what=what))


def _not_read(format_name: str, reason: Reason) -> Report:
    return Report(format_name, None, None, None, Verdict.CANNOT_READ, (reason,))


def _state_of_numbers(wrong: Sequence[Reason]) -> str:
    if not wrong:
        return "sane"
    return "negative" if any(reason.code == "numbers.negative" for reason in wrong) else "inconsistent"


def _verdict_on(found: Findings) -> Verdict:
    if found.broken or found.wrong:
        return Verdict.NOT_VERIFIED
    if found.unsound or found.own_word:
        return Verdict.CONSISTENT_ONLY
    return Verdict.VERIFIED


def _steps_of(found: Findings) -> tuple[Step, ...]:
    """What people read: a line for each part that is good, and for each fault of those that are not."""
    return (
        *_part(("Hashes", "Hashes"), ANSWER_CHAIN, found.broken),
        *_part(("Numbers", "Zahlen"), ANSWER_SANE, found.wrong),
        *_part(("Format", "Format"), ANSWER_SOUND, found.unsound),
        *(Step("Source", None, reason.text, "Herkunft", reason.text_de) for reason in found.own_word),
        *_to_compare(found.extra),
    )


def _part(title: Words, good: Words, faults: Sequence[Reason]) -> tuple[Step, ...]:
    if not faults:
        return (Step(title[0], True, good[0], title[1], good[1]),)
    return tuple(Step(title[0], False, fault.text, title[1], fault.text_de) for fault in faults)


def _to_compare(extra: Mapping[str, object]) -> Iterator[Step]:
    """What people can compare with others, who must have the same."""
    for name, (english, german) in ANSWER_COMPARED.items():
        if name in extra:
            yield Step(english, None, str(extra[name]), german, str(extra[name]))
