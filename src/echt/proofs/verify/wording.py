"""A report as people read it: one line a step, the answer, what they have, and what to do where it does not match.

Whatever comes from a file is shown without control characters, so that no file can rewrite the lines above it.
"""

from __future__ import annotations

from collections.abc import Iterator

from echt.proofs.verify.report import Reason, Report, Step, Verdict

ENGLISH, GERMAN = "en", "de"
MARKS = {True: "✓", False: "✗", None: "–"}

VERDICTS = {
    Verdict.VERIFIED: ("verified", "bestätigt"),
    Verdict.NOT_VERIFIED: ("not verified", "nicht bestätigt"),
    Verdict.CANNOT_READ: ("cannot read", "nicht lesbar"),
    Verdict.CONSISTENT_ONLY: ("consistent only", "nur in sich stimmig"),
}

WHAT_IT_MEANS = {
    Verdict.VERIFIED: (
        "Your balance is in what the operator committed to.",
        "Ihr Guthaben ist in dem enthalten, worauf sich der Betreiber festgelegt hat.",
    ),
    Verdict.NOT_VERIFIED: (
        "The file does not prove what it claims.",
        "Die Datei beweist nicht, was sie behauptet.",
    ),
    Verdict.CANNOT_READ: (
        "Nothing was checked, so this says nothing about your balance.",
        "Es wurde nichts geprüft; über Ihr Guthaben sagt das nichts.",
    ),
    Verdict.CONSISTENT_ONLY: (
        "Nothing in the file contradicts itself, but that alone does not prove your balance.",
        "In der Datei widerspricht sich nichts, aber das allein beweist Ihr Guthaben nicht.",
    ),
}

WHAT_TO_DO = {
    Verdict.NOT_VERIFIED: (
        (
            "What to do: keep this file as it is. Download file and statement once more and try again. If it still "
            "does not match, tell the operator and the auditor which line above failed. Do not publish the file: it "
            "shows your balance."
        ),
        (
            "Was tun: Bewahren Sie diese Datei unverändert auf. Laden Sie Datei und Erklärung noch einmal herunter und "
            "versuchen Sie es erneut. Passt es wieder nicht, so sagen Sie dem Betreiber und dem Prüfer, welche Zeile "
            "oben gescheitert ist. Veröffentlichen Sie die Datei nicht: Sie zeigt Ihr Guthaben."
        ),
    ),
    Verdict.CANNOT_READ: (
        "What to do: use the file exactly as it was given to you; no other program should have saved it again.",
        (
            "Was tun: Nehmen Sie die Datei genau so, wie Sie sie bekommen haben; kein anderes Programm sollte sie neu "
            "gespeichert haben."
        ),
    ),
}


def wording(report: Report, name: str, language: str) -> str:
    """The whole answer, line by line."""
    return (
        "\n".join(_without_control_characters(line) for line in _answer_lines(report, name, _language_number(language)))
        + "\n"
    )


def _answer_lines(report: Report, name: str, language: int) -> Iterator[str]:
    yield f"{name}: {report.format or ('unknown format', 'unbekanntes Format')[language]}"
    yield ""
    yield from (_step_line(step, language) for step in report.steps)
    yield from _reason_lines(report, language)
    yield ""
    yield f"{('Result', 'Ergebnis')[language]}: {VERDICTS[report.verdict][language]}"
    yield WHAT_IT_MEANS[report.verdict][language]
    yield from _amount_lines(report, language)
    if report.verdict in WHAT_TO_DO:
        yield ""
        yield WHAT_TO_DO[report.verdict][language]


def _step_line(step: Step, language: int) -> str:
    title = (step.title, step.title_de or step.title)[language]
    detail = (step.detail, step.detail_de or step.detail)[language]
    return f"{MARKS[step.passed]} {title}: {detail}"


def _reason_lines(report: Report, language: int) -> Iterator[str]:
    """The reasons that no step has shown already."""
    shown = " ".join(step.detail for step in report.steps)
    for reason in report.reasons:
        if reason.text not in shown:
            yield f"  {_sentence(reason, language)}"


def _amount_lines(report: Report, language: int) -> Iterator[str]:
    if not report.amounts:
        return
    yield ""
    yield ("According to the file you have:", "Nach der Datei haben Sie:")[language]
    width = max(map(len, report.amounts))
    point = max(len(amount.partition(".")[0]) for amount in report.amounts.values())
    for column, amount in report.amounts.items():
        indent = " " * (point - len(amount.partition(".")[0]))
        yield f"  {column.ljust(width)}  {indent}{amount}"


def _sentence(reason: Reason, language: int) -> str:
    return (reason.text, reason.text_de)[language]


def _language_number(language: str) -> int:
    return 1 if language == GERMAN else 0


def _without_control_characters(text: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in text)
