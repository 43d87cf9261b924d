"""Steps 3 to 5: these are the customer's own leaves, they lead to the root, and the root is that of the totals.

1. A leaf's identity is computed from account number and key, never taken from the file; its first bits are its bucket.
2. The bits of the index say on which side a node stands; nothing in the file can choose it.
3. A sum below 2^127 at every level; the first that reaches it ends the path, since no byte of it could be trusted.
4. The root covers the top's sums, and the statement's totals must be these sums.
"""

from __future__ import annotations

from collections.abc import Iterator

from echt.proofs.verify.commitment import (
    AMOUNT_LIMIT,
    TreeNode,
    bucket_of,
    leaf_identity,
    leaf_node,
    parent_node,
    root_hash,
)
from echt.proofs.verify.finding import Finding, finding
from echt.proofs.verify.proof_file import ProofFile, ProofPiece
from echt.proofs.verify.reasons import reason
from echt.proofs.verify.report import Reason
from echt.proofs.verify.statement import Statement

IDENTITY_TITLE = ("Identity", "Zugehörigkeit")
PATHS_TITLE = ("Paths", "Pfade")
TOTALS_TITLE = ("Totals", "Summen")


class SumTooLarge(Exception):
    """A sum reaches 2^127 at a level."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.level = level


def check_identity(proof: ProofFile, account: str | None) -> Finding:
    """Step 3; `account` is what the customer knows as the own account number, where it was given."""
    detail = (
        f"the leaves follow from the account number {proof.account} and its key; it must be yours",
        f"die Blätter folgen aus der Kontonummer {proof.account} und ihrem Schlüssel; es muss Ihre sein",
    )
    return finding(IDENTITY_TITLE, list(_identity_faults(proof, account)), detail)


def _identity_faults(proof: ProofFile, account: str | None) -> Iterator[Reason]:
    if account is not None and account != proof.account:
        yield reason("identity.account")
    config = proof.statement.config
    for number, piece in enumerate(proof.pieces):
        if piece.index >> config.bucket_bits != bucket_of(identity_of(proof, number), config.prefix_bits):
            yield reason("identity.bucket", piece=number + 1)


def identity_of(proof: ProofFile, piece: int) -> bytes:
    """Rule 1."""
    return leaf_identity(proof.account_key, proof.statement.config.hash, piece, proof.account.encode())


def check_paths(proof: ProofFile) -> tuple[Finding, TreeNode]:
    """Step 4, and the top that the paths lead to: it means something only where the step passed."""
    reasons, tops = [], []
    for number, piece in enumerate(proof.pieces):
        try:
            tops.append(top_of(piece, identity_of(proof, number)))
        except SumTooLarge as sum_too_large:
            reasons.append(reason("path.sum", piece=number + 1, level=sum_too_large.level))
            continue
        if root_hash(proof.statement.config.hash, tops[-1]) != proof.statement.root:
            reasons.append(reason("path.root", piece=number + 1))
    detail = ("every leaf leads to the root", "jedes Blatt führt zur Wurzel")
    return finding(PATHS_TITLE, reasons, detail), tops[0] if tops else (b"", [])


def top_of(piece: ProofPiece, identity: bytes) -> TreeNode:
    """The top that a piece's path leads to.

    Raises:
        SumTooLarge: rule 3.
    """
    node = leaf_node(identity, piece.amounts)
    for level, sibling in enumerate(piece.path, start=1):
        is_right = piece.index >> (level - 1) & 1
        node = parent_node(level, sibling, node) if is_right else parent_node(level, node, sibling)
        if max(node[1]) >= AMOUNT_LIMIT:
            raise SumTooLarge(level)
    return node


def check_totals(statement: Statement, top: TreeNode) -> Finding:
    """Step 5."""
    reasons = [
        reason("totals.differ", column=column.name, stated=column.shown(stated), summed=column.shown(summed))
        for column, stated, summed in zip(statement.config.columns, statement.totals, top[1])
        if stated != summed
    ]
    detail = ("what the statement says is owed is the sum at the top", "die erklärten Summen sind die der Spitze")
    return finding(TOTALS_TITLE, reasons, detail)
