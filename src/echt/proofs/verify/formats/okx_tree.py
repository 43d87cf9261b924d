"""OKX's whole tree of March 2023 ("Merkle 2"): every leaf is published, and each customer finds the own ones in it.

* The tree is a text of lines `hash,height,{"BTC":"…","ETH":"…","USDT":"…"}`, the root first, each level from right to
  left. Parents are hashed as in Merkle 1. Where a level above the leaves' has an odd number of nodes, a copy of the
  last hash with nothing in it fills it up; so two nodes with one hash and different amounts are no fault there, and
  there only.
* The customer's file has the whole balance, split into several leaves. `hash` is that of `nonce` and the whole
  balance as JSON; a leaf's is that of `hash` and its three amounts without anything between them.

What is computed here, which the exchange's own tool does not do: every inner node's hash and sums, from the leaves up
to the root; that no amount is below zero; that the root's total is that of all leaves; that each own leaf stands in
the tree with its own amounts, as often as the file has it.

Does that prove that the total includes the customer? Of this very list, yes: a total of these leaves that leaves them
out is not possible. Yet it does not prove that no other list was shown to others, and so the format is not sound:

* The hash of a leaf says nothing of its amounts to those who lack its nonce, and a parent commits to the sum of both
  children alone. So there are many lists with the same root: what one customer sees as 5 and 2 another can see as 0
  and 7, and both find their leaf and recompute everything. Comparing roots does not help; only the list as a whole
  does, byte for byte. Its SHA-256 is in the answer (`tree_sha256`) so that people can compare it.
* Leaves are made of a nonce that the exchange chose and amounts. Two customers with equal balances can be given the
  same nonce and find the same leaves, which are counted once.
* Nobody signed the list.

So the best verdict is "consistent only", even though the numbers were recomputed as far as they can be.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import groupby, islice

from echt.proofs.verify.content import Content, Format
from echt.proofs.verify.formats.amounts import (
    Amounts,
    NotAnAmount,
    amount_of,
    negative_in,
    plain,
    same_amounts,
    sums_of,
)
from echt.proofs.verify.formats.answer import Findings, answer, incomplete, unreadable
from echt.proofs.verify.formats.nodes import (
    COMPUTED,
    MOST_LEVELS,
    Malformed,
    SumNode,
    filled_padding,
    hash_member,
    hash_text,
    list_member,
    negative_numbers,
    other_root,
    shown,
    text_member,
    written_texts,
    wrong_total,
)
from echt.proofs.verify.formats.okx import OKX_ASSETS, okx_amounts, okx_json, okx_parent, okx_sums
from echt.proofs.verify.formats.reasons import OWN_LEAF, ROOT, Words, foreign_reason
from echt.proofs.verify.report import Knowledge, Reason, Report

OKX_TREE_NAME = "okx-merkle-2"
OKX_TREE_LINE = re.compile(
    r'([0-9a-f]{64}),([0-9]{1,2}),\{"BTC":"([^"]+)","ETH":"([^"]+)","USDT":"([^"]+)"\}', re.ASCII
)
OKX_TREE_FILE: Words = ("the published list of the whole tree", "die veröffentlichte Liste des ganzen Baums")
OKX_MOST_PIECES = 10_000
OKX_MOST_REASONS = 8
"""Of each kind; a list that is wrong in a million places says so in a few."""


@dataclass
class OkxTree:
    """What was found on the way through the tree, from the leaves up."""

    leaves: list[SumNode] = field(default_factory=list)
    broken: list[Reason] = field(default_factory=list)
    wrong: list[Reason] = field(default_factory=list)
    top: SumNode | None = None


@dataclass(frozen=True)
class OkxCustomer:
    """The customer's file: the whole balance and the leaves into which it was split."""

    hash: str
    computed_hash: str
    total: Amounts
    leaves: list[SumNode]
    computed_leaves: list[str]


def recognises_okx_tree(content: Content) -> bool:
    """The customer's file with `nodes` and `totalBalances`, or the list itself."""
    return {"nodes", "totalBalances"} <= set(content.members) or _is_okx_list(content)


def check_okx_tree(content: Content, knowledge: Knowledge) -> Report:
    """The answer on a customer's file and the list, whichever of both was named first; or on the list alone."""
    second = None if knowledge.statement is None else Content(knowledge.statement)
    customer, listed = (second, content) if _is_okx_list(content) else (content, second)
    if listed is None or not _is_okx_list(listed):
        return incomplete(OKX_TREE_NAME, OKX_TREE_FILE)
    try:
        return answer(OKX_TREE_NAME, _okx_tree_findings(customer, listed, knowledge))
    except Malformed as fault:
        return unreadable(OKX_TREE_NAME, fault.where)


def _is_okx_list(content: Content) -> bool:
    return content.text is not None and OKX_TREE_LINE.match(content.text) is not None


def _okx_tree_findings(customer: Content | None, listed: Content, knowledge: Knowledge) -> Findings:
    tree = _okx_climb(_okx_levels(listed.text or ""))
    own = None if customer is None else _okx_customer(customer.json)
    leaves = _okx_counted(tree.leaves)
    top = tree.top or SumNode("", {}, COMPUTED, 0, ROOT)
    return Findings(
        broken=[
            *(_okx_own_hashes(own) if own else []),
            *(_okx_own_places(own, leaves) if own else []),
            *_okx_twice(leaves),
            *tree.broken[:OKX_MOST_REASONS],
            *other_root(top, knowledge),
        ],
        wrong=[
            *(_okx_own_numbers(own) if own else []),
            *tree.wrong[:OKX_MOST_REASONS],
            *wrong_total(top, _okx_total(leaves)),
        ],
        unsound=_okx_tree_unsound(own),
        amounts=shown(own.total) if own else {},
        extra={
            "leaves": len(leaves),
            "root": top.hash,
            "total": shown(top.amounts),
            "tree_sha256": sha256(listed.raw).hexdigest(),
        },
    )


def _okx_levels(text: str) -> Iterator[tuple[int, list[SumNode]]]:
    """The levels from the leaves up, each from left to right: the list from its end to its beginning."""
    lines = text.splitlines()
    numbered = ((number, lines[number - 1]) for number in range(len(lines), 0, -1))
    nodes = (_okx_line(number, line) for number, line in numbered)
    for height, level in groupby(nodes, key=lambda node: node.level):
        yield height, list(level)


def _okx_line(number: int, line: str) -> SumNode:
    match = OKX_TREE_LINE.fullmatch(line)
    try:
        amounts = dict(zip(OKX_ASSETS, map(amount_of, match.groups()[2:]))) if match else None
    except NotAnAmount:
        amounts = None
    if match is None or amounts is None:
        raise Malformed((f"line {number} of the list", f"Zeile {number} der Liste"))
    place = (f"the node in line {number} of the list", f"der Knoten in Zeile {number} der Liste")
    return SumNode(match[1], amounts, COMPUTED, int(match[2]), place)


def _okx_level(height: int) -> Words:
    return (f"level {height} of the list", f"Ebene {height} der Liste")


def _okx_climb(levels: Iterator[tuple[int, list[SumNode]]]) -> OkxTree:
    tree, below = OkxTree(), list[SumNode]()
    for expected, (height, level) in enumerate(levels, 1):
        if height != expected or height > MOST_LEVELS:
            raise Malformed(_okx_level(height))
        _okx_note_negative(tree, level)
        if below:
            _okx_compare(tree, below, level)
        else:
            tree.leaves = level
        below = level
    if len(below) != 1:
        raise Malformed(ROOT)
    tree.top = replace(below[0], place=ROOT)
    return tree


def _okx_note_negative(tree: OkxTree, level: Iterable[SumNode]) -> None:
    negative = (node for node in level if negative_in(node.amounts) is not None)
    tree.wrong.extend(negative_numbers(islice(negative, OKX_MOST_REASONS)))


def _okx_compare(tree: OkxTree, below: Sequence[SumNode], level: Sequence[SumNode]) -> None:
    """A level with what follows from the one below it."""
    parents = len(below) // 2
    filled = parents > 1 and parents % 2 == 1
    if len(below) % 2 or len(level) != parents + filled:
        raise Malformed(_okx_level(level[0].level))
    for left, right, stated in zip(below[::2], below[1::2], level):
        _okx_compare_node(tree, left, right, stated)
    if filled:
        _okx_compare_filler(tree, level[-1], level[-2])


def _okx_compare_node(tree: OkxTree, left: SumNode, right: SumNode, stated: SumNode) -> None:
    sums = okx_sums(left.amounts, right.amounts)
    computed = okx_parent(left.hash, right.hash, sums, stated.level)
    if stated.hash != computed and len(tree.broken) < OKX_MOST_REASONS:
        tree.broken.append(foreign_reason("hashes.node", where=stated.place, stated=stated.hash, computed=computed))
    if not same_amounts(stated.amounts, sums) and len(tree.wrong) < OKX_MOST_REASONS:
        asset = next(asset for asset in OKX_ASSETS if stated.amounts[asset] != sums[asset])
        values = {"asset": asset, "stated": plain(stated.amounts[asset]), "computed": plain(sums[asset])}
        tree.wrong.append(foreign_reason("numbers.node", where=stated.place, **values))


def _okx_compare_filler(tree: OkxTree, filler: SumNode, copied: SumNode) -> None:
    if filler.hash != copied.hash:
        tree.broken.append(foreign_reason("hashes.padding", where=filler.place))
    tree.wrong.extend(filled_padding([filler]))


def _okx_counted(leaves: list[SumNode]) -> list[SumNode]:
    """The leaves without the copy that fills up their level, if there is one."""
    filled = len(leaves) > 1 and leaves[-1].hash == leaves[-2].hash and not any(leaves[-1].amounts.values())
    return leaves[:-1] if filled else leaves


def _okx_total(leaves: Iterable[SumNode]) -> Amounts:
    return sums_of(leaf.amounts for leaf in leaves)


def _okx_twice(leaves: Iterable[SumNode]) -> list[Reason]:
    """A reason for each leaf whose hash another leaf has with other amounts: one of both is false."""
    seen: dict[str, SumNode] = {}
    twice = (leaf for leaf in leaves if not same_amounts(seen.setdefault(leaf.hash, leaf).amounts, leaf.amounts))
    return [foreign_reason("hashes.twice", where=leaf.place) for leaf in islice(twice, OKX_MOST_REASONS)]


def _okx_customer(file: object) -> OkxCustomer:
    nodes = list_member(file, "nodes", "file", OKX_MOST_PIECES)
    user = hash_member(file, "hash", "file", 64)
    total = okx_amounts(file, "totalBalances", "file")
    return OkxCustomer(
        hash=user,
        computed_hash=hash_text(
            text_member(file, "nonce", "file") + okx_json(written_texts(file, "totalBalances", "file"))
        ),
        total=total,
        leaves=[_okx_own_leaf(node, f"nodes[{number}]") for number, node in enumerate(nodes)],
        computed_leaves=[_okx_own_hash(user, node, f"nodes[{number}]") for number, node in enumerate(nodes)],
    )


def _okx_own_leaf(node: object, where: str) -> SumNode:
    return SumNode(hash_member(node, "hash", where, 64), okx_amounts(node, "balances", where), COMPUTED, 1, OWN_LEAF)


def _okx_own_hash(user: str, node: object, where: str) -> str:
    texts = written_texts(node, "balances", where)
    return hash_text(user + "".join(texts[asset] for asset in OKX_ASSETS))


def _okx_own_hashes(own: OkxCustomer) -> list[Reason]:
    pairs = [(own.hash, own.computed_hash), *zip((leaf.hash for leaf in own.leaves), own.computed_leaves)]
    return [foreign_reason("hashes.leaf") for stated, computed in pairs if stated != computed][:1]


def _okx_own_places(own: OkxCustomer, leaves: Iterable[SumNode]) -> list[Reason]:
    """A reason for each own leaf that does not stand in the tree with its amounts, or not as often as in the file."""
    wanted = {leaf.hash: leaf for leaf in own.leaves}
    found = Counter(
        leaf.hash for leaf in leaves if leaf.hash in wanted and same_amounts(leaf.amounts, wanted[leaf.hash].amounts)
    )
    missing = Counter(leaf.hash for leaf in own.leaves) - found
    return [foreign_reason("hashes.absent", hash=hash_) for hash_ in islice(missing, OKX_MOST_REASONS)]


def _okx_own_numbers(own: OkxCustomer) -> list[Reason]:
    """What is wrong with the customer's numbers: below zero, or leaves that are not the whole balance together."""
    whole = SumNode(own.hash, own.total, COMPUTED, 0, OWN_LEAF)
    together = _okx_total(own.leaves)
    different = (asset for asset in OKX_ASSETS if together[asset] != own.total[asset])
    return [
        *negative_numbers((whole, *own.leaves))[:OKX_MOST_REASONS],
        *(
            foreign_reason(
                "numbers.split", asset=asset, stated=plain(own.total[asset]), computed=plain(together[asset])
            )
            for asset in different
        ),
    ]


def _okx_tree_unsound(own: OkxCustomer | None) -> list[Reason]:
    return [
        *([] if own else [foreign_reason("format.own_leaves_unknown")]),
        foreign_reason("format.list_not_committed"),
        foreign_reason("format.not_bound"),
        foreign_reason("format.ambiguous"),
        foreign_reason("format.padding_copy"),
        foreign_reason("format.negative_allowed"),
    ]


OKX_TREE = Format((OKX_TREE_NAME,), recognises_okx_tree, check_okx_tree)
