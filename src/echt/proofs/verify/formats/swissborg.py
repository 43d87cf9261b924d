"""SwissBorg's files: one sum tree a currency, whose nodes commit to both children's sums.

* A key is derived by HMAC-SHA-256 from the customer's credential for the audit, from that for the currency, and from
  that for each leaf; the hex text of one is the key of the next.
* Leaf: `leaf,KEY,user,amount`. Node: `inner,LEFT AMOUNT,RIGHT AMOUNT,LEFT HASH,RIGHT HASH`. SHA-256 of the text.
  Amounts of nodes stand without zeros behind; that of the leaf as in the file. The sides are the bits of
  `leaf_index`.
* The audit's digest commits to hash and total of all currencies, by the name of the currency. The exchange publishes
  it in a second file (`--statement`).

It is sound: sums of both children are in the hash, no amount may be below zero, and a leaf cannot be shown to two
customers, as its key follows from a credential that each has alone. Without the credential the leaf's hash is taken
from the file (where it is called `nonce`), and the file proves nothing about whose it is.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from echt.proofs.verify.content import Content, Format
from echt.proofs.verify.formats.amounts import NotAnAmount, amount_of, plain, sums_of
from echt.proofs.verify.formats.answer import Findings, answer, incomplete, unreadable
from echt.proofs.verify.formats.nodes import (
    MOST_LEVELS,
    Malformed,
    SumNode,
    hash_member,
    hash_text,
    list_member,
    member,
    negative_numbers,
    other_account,
    other_root,
    shown,
    text_member,
    whole_member,
    wrong_root,
    wrong_total,
)
from echt.proofs.verify.formats.reasons import OWN_LEAF, ROOT, Words, neighbour
from echt.proofs.verify.report import Knowledge, Reason, Report

SWISSBORG_NAME = "swissborg"
SWISSBORG_MOST = 100_000
"""Leaves of one customer, and currencies."""
SWISSBORG_ROOTS: Words = (
    "the roots of the audit, which the exchange publishes",
    "die Wurzeln des Audits, die die Börse veröffentlicht",
)
SWISSBORG_OTHER_AUDIT = Reason(
    "audit.other",
    "Your file and the roots belong to different audits. Take the roots of the audit that your file names.",
    "Ihre Datei und die Wurzeln gehören zu verschiedenen Audits. Nehmen Sie die Wurzeln des Audits, das Ihre Datei "
    "nennt.",
)
SWISSBORG_OTHER_LEAF = Reason(
    "hashes.leaf",
    "A leaf does not have the hash that follows from your credential and the balance. Either the credential is not the "
    "one of this audit, or your user number or a balance was changed.",
    "Ein Blatt hat nicht den Hash, der sich aus Ihrem Prüfschlüssel und dem Guthaben ergibt. Entweder ist es nicht der "
    "Prüfschlüssel dieses Audits, oder Ihre Nutzernummer oder ein Guthaben wurde geändert.",
)
SWISSBORG_TWICE = Reason(
    "leaf.twice",
    "The same leaf stands in your file twice, so your balance looks higher than what was counted in the total.",
    "Dasselbe Blatt steht zweimal in Ihrer Datei; so sieht Ihr Guthaben höher aus, als in der Summe enthalten ist.",
)
SWISSBORG_NO_CREDENTIAL = Reason(
    "credential.missing",
    "Without your credential nobody can tell whether these leaves are yours alone. Give it with --credential.",
    "Ohne Ihren Prüfschlüssel kann niemand sagen, ob diese Blätter allein Ihre sind. Geben Sie ihn mit --credential "
    "an.",
)


@dataclass(frozen=True)
class SwissborgTree:
    """The tree of one currency, as the roots of the audit name it."""

    name: str
    currency: str
    total: str
    """As it is written, which is what the audit's digest is taken of."""
    root: SumNode


@dataclass(frozen=True)
class SwissborgLeaf:
    """One of the customer's leaves with its path."""

    tree: SwissborgTree
    index: int
    amount: str
    """As it is written, which is what the leaf's hash is taken of."""
    own: SumNode
    """With the hash that the file names."""
    path: Sequence[SumNode]


def recognises_swissborg(content: Content) -> bool:
    """`user_id`, `audit_id` and `liabilities` together are nobody else's."""
    return {"user_id", "audit_id", "liabilities"} <= content.members.keys()


def check_swissborg(content: Content, knowledge: Knowledge) -> Report:
    """The answer on one of SwissBorg's files, with the roots of the audit as the second file."""
    if knowledge.statement is None:
        return incomplete(SWISSBORG_NAME, SWISSBORG_ROOTS)
    try:
        audit = member(Content(knowledge.statement).json, "audit", "roots")
        return answer(SWISSBORG_NAME, _swissborg_findings(content.json, audit, knowledge))
    except Malformed as fault:
        return unreadable(SWISSBORG_NAME, fault.where)


def _swissborg_findings(file: object, audit: object, knowledge: Knowledge) -> Findings:
    audit_id, user = _swissborg_text(file, "audit_id", "file"), _swissborg_text(file, "user_id", "file")
    if audit_id != text_member(audit, "id", "audit"):
        return Findings(broken=[SWISSBORG_OTHER_AUDIT])
    trees = _swissborg_trees(list_member(audit, "partitions", "audit", SWISSBORG_MOST))
    digest = SumNode(
        hash_member(member(audit, "commitment", "audit"), "digest", "audit.commitment", 64), {}, 0, 0, ROOT
    )
    listed = list_member(file, "liabilities", "file", SWISSBORG_MOST)
    leaves = [_swissborg_leaf(one, f"liabilities[{number}]", trees) for number, one in enumerate(listed)]
    key = None if knowledge.credential is None else _swissborg_key(knowledge.credential, "Audit nonce", audit_id)
    hashes = [_swissborg_hash(leaf, key, user) for leaf in leaves]
    ends = [(leaf, hashed, _swissborg_climb(leaf, hashed)) for leaf, hashed in zip(leaves, hashes)]
    return Findings(
        broken=[
            *wrong_root(digest, _swissborg_digest(trees.values())),
            *dict.fromkeys(reason for leaf, hashed, top in ends for reason in _swissborg_broken(leaf, hashed, top)),
            *other_root(digest, knowledge),
            *other_account(user, knowledge),
        ],
        wrong=[
            *negative_numbers(tree.root for tree in trees.values()),
            *(reason for leaf, _, top in ends for reason in _swissborg_wrong(leaf, top)),
            *_swissborg_twice(leaves),
        ],
        own_word=[SWISSBORG_NO_CREDENTIAL] if key is None else [],
        amounts=shown(sums_of([leaf.own.amounts for leaf in leaves])),
    )


def _swissborg_trees(partitions: list[object]) -> dict[str, SwissborgTree]:
    trees: dict[str, SwissborgTree] = {}
    for number, partition in enumerate(partitions):
        where = f"audit.partitions[{number}]"
        name, currency = _swissborg_text(partition, "id", where), _swissborg_text(partition, "currency", where)
        if name in trees:
            raise Malformed(f"{where}.id")
        commitment = member(partition, "commitment", where)
        total = text_member(commitment, "liability", f"{where}.commitment")
        root = _swissborg_node(commitment, currency, f"{where}.commitment", 0, ROOT)
        trees[name] = SwissborgTree(name, currency, total, root)
    return trees


def _swissborg_leaf(liability: object, where: str, trees: Mapping[str, SwissborgTree]) -> SwissborgLeaf:
    tree = trees.get(_swissborg_text(liability, "audit_partition_id", where))
    if tree is None:
        raise Malformed(f"{where}.audit_partition_id")
    proof, amount = member(liability, "proof", where), text_member(liability, "liability", where)
    witnesses = list_member(proof, "witnesses", f"{where}.proof", MOST_LEVELS)
    own = SumNode(
        hash_member(proof, "nonce", f"{where}.proof", 64),
        {tree.currency: _swissborg_amount(amount, f"{where}.liability")},
        0,
        0,
        OWN_LEAF,
    )
    path = [
        _swissborg_node(witness, tree.currency, f"{where}.proof.witnesses[{level}]", level, neighbour(level))
        for level, witness in enumerate(witnesses)
    ]
    index = whole_member(proof, "leaf_index", f"{where}.proof", range(1 << len(path)))
    return SwissborgLeaf(tree, index, amount, own, path)


def _swissborg_node(node: object, currency: str, where: str, level: int, place: Words) -> SumNode:
    amount = _swissborg_amount(text_member(node, "liability", where), f"{where}.liability")
    return SumNode(hash_member(node, "digest", where, 64), {currency: amount}, 0, level, place)


def _swissborg_amount(text: str, where: str) -> Decimal:
    try:
        return amount_of(text)
    except NotAnAmount:
        raise Malformed(where) from None


def _swissborg_text(of: object, key: str, where: str) -> str:
    """A text without a comma: the texts that are hashed are joined with commas."""
    text = text_member(of, key, where)
    if "," in text:
        raise Malformed(f"{where}.{key}")
    return text


def _swissborg_key(key: str, purpose: str, context: str) -> str:
    text = f"SB PoL - {purpose} derivation,{context}"
    return hmac.new(key.encode(errors="replace"), text.encode(), "sha256").hexdigest()


def _swissborg_hash(leaf: SwissborgLeaf, audit_key: str | None, user: str) -> str:
    """The hash that follows from the credential; without one, that which the file names."""
    if audit_key is None:
        return leaf.own.hash
    tree_key = _swissborg_key(audit_key, "Currency Merkle tree nonce", leaf.tree.currency)
    leaf_key = _swissborg_key(tree_key, "Leaf nonce", str(leaf.index))
    return hash_text(f"leaf,{leaf_key},{user},{leaf.amount}")


def _swissborg_climb(leaf: SwissborgLeaf, own_hash: str) -> SumNode:
    """The node at the end of the path that begins with this hash."""
    digest, sums = own_hash, leaf.own.amounts
    for level, sibling in enumerate(leaf.path):
        pair = ((sums, digest), (sibling.amounts, sibling.hash))
        left, right = pair[::-1] if leaf.index >> level & 1 else pair
        amounts = ",".join(plain(one[leaf.tree.currency]) for one in (left[0], right[0]))
        digest, sums = hash_text(f"inner,{amounts},{left[1]},{right[1]}"), sums_of([sums, sibling.amounts])
    return SumNode(digest, sums, 0, 0, ROOT)


def _swissborg_digest(trees: Iterable[SwissborgTree]) -> str:
    ordered = sorted(trees, key=lambda tree: tree.currency.upper())
    fields = (field for tree in ordered for field in (tree.name, tree.total, tree.root.hash))
    return hash_text(",".join(("SB PoL - Audit commitment hash", *fields)))


def _swissborg_broken(leaf: SwissborgLeaf, hashed: str, top: SumNode) -> list[Reason]:
    broken = wrong_root(leaf.tree.root, top.hash)
    return [SWISSBORG_OTHER_LEAF] if broken and hashed != leaf.own.hash else broken


def _swissborg_wrong(leaf: SwissborgLeaf, top: SumNode) -> list[Reason]:
    return [*negative_numbers([leaf.own, *leaf.path]), *wrong_total(leaf.tree.root, top.amounts)]


def _swissborg_twice(leaves: Sequence[SwissborgLeaf]) -> list[Reason]:
    places = {(leaf.tree.name, len(leaf.path), leaf.index) for leaf in leaves}
    return [] if len(places) == len(leaves) else [SWISSBORG_TWICE]


SWISSBORG = Format((SWISSBORG_NAME,), recognises_swissborg, check_swissborg)
