"""Step 2: this is the statement that the public sees, and it is the operator's.

1. What the person brought from elsewhere must agree with the file, each of it.
2. Where the operator's key is known, the file's statement must carry its signature, and so must the one brought.
3. A statement that nothing from elsewhere speaks for is no more than the operator's own word.
"""

from __future__ import annotations

from collections.abc import Iterator

from echt.proofs.verify.finding import Bilingual, Finding, finding
from echt.proofs.verify.given import Given
from echt.proofs.verify.note import Signed
from echt.proofs.verify.reasons import reason
from echt.proofs.verify.report import Reason
from echt.proofs.verify.statement import Statement

STATEMENT_TITLE = ("Statement", "Erklärung")


def check_statement(statement: Statement, given: Given) -> Finding:
    reasons = list(_statement_faults(statement, given))
    return finding(STATEMENT_TITLE, reasons, _statement_source(given), compared=given.proves_the_statement)


def _statement_faults(statement: Statement, given: Given) -> Iterator[Reason]:
    if given.statement is not None and given.statement.line != statement.line:
        yield reason("statement.other")
    if given.root is not None and given.root != statement.root:
        yield reason("statement.root")
    if given.key is not None:
        signed = [one.note.signed_by(given.key) for one in (statement, given.statement) if one is not None]
        if Signed.NO in signed:
            yield reason("statement.unsigned")
        if Signed.FALSE in signed:
            yield reason("statement.signature")


def _statement_source(given: Given) -> Bilingual:
    """What speaks for the statement."""
    if given.key is None:
        signature = ("", "")
    else:
        signature = (
            f", signed with the key of “{given.key.name}”",
            f", unterschrieben mit dem Schlüssel von „{given.key.name}“",
        )
    if given.root is not None:
        source = ("its root is the one that you typed in", "die Wurzel ist die, die Sie eingegeben haben")
    elif given.statement is not None:
        source = ("it is the one that you gave", "sie ist die, die Sie angegeben haben")
    else:
        source = ("it comes from the proof file alone", "sie kommt allein aus der Nachweisdatei")
    return source[0] + signature[0], source[1] + signature[1]
