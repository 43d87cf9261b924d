"""Whether a proof file of the format `echt/1` proves what it claims.

Seven steps, in this order:

1. Strict form: known fields only, every number and hash in its only form, lengths exactly as the statement says.
2. The statement: the same as from another source, and signed with the key that the person knows.
3. Identity: the leaves follow from the customer's account number and key, and stand where these say.
4. Every path leads to the root, and no sum reaches 2^127.
5. The totals of the statement are the sums at the top of the tree.
6. The statement is in the log, and the log still contains what an older checkpoint stood for.
7. What the customer has is the sum of the pieces.

The first step that fails ends it. It is the plain yes only where all pass and more than the file itself speaks for the
statement.
"""

from __future__ import annotations

from collections.abc import Iterator

from echt.proofs.verify.check_log import check_log, is_consistency_open
from echt.proofs.verify.check_statement import check_statement
from echt.proofs.verify.check_tree import check_identity, check_paths, check_totals
from echt.proofs.verify.content import Content
from echt.proofs.verify.finding import Finding, finding
from echt.proofs.verify.given import Given, read_given
from echt.proofs.verify.proof_file import ProofFile, read_proof_file
from echt.proofs.verify.reasons import Unreadable, reason
from echt.proofs.verify.report import Knowledge, Reason, Report, Step, Verdict
from echt.proofs.verify.statement import ECHT_FORMAT

FORM_TITLE = ("Form", "Form")
BALANCE_TITLE = ("Balance", "Guthaben")
HASHES_BROKEN = {"identity.bucket", "path.root", "totals.differ", "log.inclusion", "log.consistency"}
NUMBERS_INCONSISTENT = {"path.sum", "totals.differ"}


def check_echt(content: Content, knowledge: Knowledge) -> Report:
    """The report on a file of this format, or on one that is of no known format."""
    try:
        proof = read_proof_file(content.raw)
        given = read_given(knowledge)
        findings = list(_first_to_last(proof, given, knowledge))
    except Unreadable as fault:
        return _unreadable(content, fault.reason)
    steps = tuple(one.step for one in findings)
    if findings[-1].reasons:
        return _refused(tuple(findings[-1].reasons), steps)
    return Report(
        format=ECHT_FORMAT,
        hashes="chain",
        numbers="sane",
        format_sound=True,
        verdict=Verdict.VERIFIED if given.proves_the_statement else Verdict.CONSISTENT_ONLY,
        reasons=tuple(_remarks(proof, given, knowledge)),
        amounts=balance_of(proof),
        steps=steps,
    )


def balance_of(proof: ProofFile) -> dict[str, str]:
    """What the customer has in each column: the pieces together, with all decimals."""
    sums = [sum(amounts) for amounts in zip(*(piece.amounts for piece in proof.pieces))]
    return {column.name: column.shown(amount) for column, amount in zip(proof.statement.config.columns, sums)}


def _first_to_last(proof: ProofFile, given: Given, knowledge: Knowledge) -> Iterator[Finding]:
    """The steps up to the first that fails."""
    for one in _all_steps(proof, given, knowledge):
        yield one
        if one.reasons:
            return


def _all_steps(proof: ProofFile, given: Given, knowledge: Knowledge) -> Iterator[Finding]:
    yield _form(proof)
    yield check_statement(proof.statement, given)
    yield check_identity(proof, knowledge.account)
    paths, top = check_paths(proof)
    yield paths
    yield check_totals(proof.statement, top)
    yield check_log(proof, given, knowledge.log)
    yield _balance(proof)


def _form(proof: ProofFile) -> Finding:
    config = proof.statement.config
    parts = len(config.columns), config.pieces, config.height
    english = "complete and in form; columns: {}, pieces: {}, levels: {}".format(*parts)
    german = "vollständig und in der richtigen Form; Spalten: {}, Teile: {}, Ebenen: {}".format(*parts)
    return finding(FORM_TITLE, [], (english, german))


def _balance(proof: ProofFile) -> Finding:
    config = proof.statement.config
    english = f"what you have in snapshot {config.snapshot} of {config.taken_at}"
    german = f"was Sie zum Stichtag {config.snapshot} vom {config.taken_at} haben"
    return finding(BALANCE_TITLE, [], (english, german))


def _unreadable(content: Content, why: Reason) -> Report:
    known = content.members.get("format") == ECHT_FORMAT
    step = Step(FORM_TITLE[0], False, why.text, FORM_TITLE[1], why.text_de)
    return Report(ECHT_FORMAT if known else None, None, None, None, Verdict.CANNOT_READ, (why,), steps=(step,))


def _refused(why: tuple[Reason, ...], steps: tuple[Step, ...]) -> Report:
    codes = {one.code for one in why}
    after_the_tree = any(code.startswith("log.") for code in codes)
    return Report(
        format=ECHT_FORMAT,
        hashes="broken" if codes & HASHES_BROKEN else "chain" if after_the_tree else None,
        numbers="inconsistent" if codes & NUMBERS_INCONSISTENT else "sane" if after_the_tree else None,
        format_sound=True,
        verdict=Verdict.NOT_VERIFIED,
        reasons=why,
        steps=steps,
    )


def _remarks(proof: ProofFile, given: Given, knowledge: Knowledge) -> Iterator[Reason]:
    """What to know where every step passed; the first one says why it is not a plain yes, where it is none."""
    if not given.proves_the_statement:
        yield reason("statement.own_word")
    if given.root is not None:
        yield reason("note.root_typed")
    if given.key is None:
        yield reason("note.not_signed_checked")
    if proof.log is None:
        yield reason("note.no_log")
    if is_consistency_open(proof, given, knowledge.log):
        yield reason("note.no_consistency")
