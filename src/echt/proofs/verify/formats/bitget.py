"""Bitget's proof files, all revisions: a sum tree with hashes of 64 bits.

* A hash is the first 16 hexadecimal digits of the SHA-256 of a text.
* Leaf: `encryptUid,nonce,BALANCES`. Parent: both hashes without anything between them, then `,SUMS,level`. Both are
  JSON without white space, assets in the order of a Java `HashMap`.
* Since revision 1.0.4 amounts are texts, without zeros behind. Before, they are bare numbers as `BigDecimal.toString`
  writes them: zeros behind are kept, and small numbers have an exponent (`6.7E-7`). Which of both it is, the file
  shows.
* The leaf has the highest level, the root level 1 and stands last. Role 1 is left, 2 right, 3 the root (or no role at
  all), 0 a free place, filled with a copy of the hash on its left and nothing in it.

Why it is not sound. The parent commits to the sum alone, so a neighbour's balance can be anything. Amounts below zero
are not refused, and were published: the neighbours on levels 17 and 14 of the exchange's own sample of November 2025.
With 64 bits, two leaves with the same hash are found with 2^32 attempts at the nonce, which the exchange chooses. The
root comes from the customer's own file, and `encryptUid` is a value of the exchange, so nothing shows that it was
given to one customer only. Revisions before 1.0.4 also give every customer the neighbour's nonce.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from echt.proofs.verify.content import Content, Format
from echt.proofs.verify.formats.amounts import java_text, plain, sums_of
from echt.proofs.verify.formats.answer import Findings, answer, unreadable
from echt.proofs.verify.formats.java_maps import hash_map_json
from echt.proofs.verify.formats.nodes import (
    COMPUTED,
    LEFT,
    RIGHT,
    TOP,
    Malformed,
    SumNode,
    amounts_member,
    climb,
    filled_padding,
    hash_member,
    hash_text,
    list_member,
    member,
    other_root,
    root_from_file,
    same_side,
    shown,
    text_member,
    whole_member,
    wrong_leaf,
    wrong_levels,
    wrong_numbers,
    wrong_way,
)
from echt.proofs.verify.formats.reasons import OWN_LEAF, ROOT, Words, foreign_reason, neighbour
from echt.proofs.verify.report import Knowledge, Reason, Report

BITGET_NAME = "bitget"
BITGET_DIGITS = 16
BITGET_FILLER = 0


def recognises_bitget(content: Content) -> bool:
    """The field `merkelLeaf`, so written, is nobody else's."""
    own = content.members.get("self")
    return "path" in content.members and isinstance(own, dict) and "merkelLeaf" in own


def check_bitget(content: Content, knowledge: Knowledge) -> Report:
    """The answer on one of Bitget's files."""
    try:
        return answer(BITGET_NAME, _bitget_findings(content.json, knowledge))
    except Malformed as fault:
        return unreadable(BITGET_NAME, fault.where)


def _bitget_findings(file: object, knowledge: Knowledge) -> Findings:
    own = _bitget_node(member(file, "self", "file"), "self", OWN_LEAF, (LEFT, RIGHT))
    *siblings, root = _bitget_path(list_member(file, "path", "file"))
    quoted = _bitget_quoted(file)
    way = climb(own, siblings, lambda left, right: _bitget_parent(left, right, quoted=quoted))
    fillers = [node for node in siblings if node.role == BITGET_FILLER]
    return Findings(
        broken=[
            *wrong_leaf(own, _bitget_leaf(member(file, "self", "file"), own, quoted=quoted)),
            *same_side(own, siblings),
            *wrong_levels((own, *siblings, root), _bitget_levels(len(siblings))),
            *wrong_way(way, root, BITGET_FILLER),
            *other_root(root, knowledge),
        ],
        wrong=[*wrong_numbers([own, *siblings], root, way.top.amounts), *filled_padding(fillers)],
        unsound=_bitget_unsound(file, knowledge),
        amounts=shown(own.amounts),
        extra={"root": root.hash},
    )


def _bitget_path(nodes: list[object]) -> list[SumNode]:
    *siblings, root = nodes
    return [
        *(
            _bitget_node(node, f"path[{number}]", None, (LEFT, RIGHT, BITGET_FILLER))
            for number, node in enumerate(siblings)
        ),
        _bitget_node(root, f"path[{len(siblings)}]", ROOT, (TOP,)),
    ]


def _bitget_node(node: object, where: str, place: Words | None, roles: tuple[int, ...]) -> SumNode:
    level = whole_member(node, "level", where)
    without_role = place == ROOT and isinstance(node, dict) and node.get("role") is None
    return SumNode(
        hash=hash_member(node, "merkelLeaf", where, BITGET_DIGITS),
        amounts=amounts_member(node, "balances", where),
        role=TOP if without_role else whole_member(node, "role", where, roles),
        level=level,
        place=place or neighbour(level),
    )


def _bitget_quoted(file: object) -> bool:
    """Whether this revision writes amounts as texts; one way or the other in the whole file."""
    nodes = [member(file, "self", "file"), *list_member(file, "path", "file")]
    kinds = set()
    for number, node in enumerate(nodes):
        balances = member(node, "balances", f"path[{number - 1}]")
        if isinstance(balances, dict):
            kinds |= {isinstance(amount, str) for amount in balances.values()}
    if len(kinds) > 1:
        raise Malformed("balances")
    return True in kinds


def _bitget_leaf(node: object, own: SumNode, *, quoted: bool) -> str:
    user, nonce = text_member(node, "encryptUid", "self"), text_member(node, "nonce", "self")
    return hash_text(f"{user},{nonce},{_bitget_json(own.amounts, quoted=quoted)}", BITGET_DIGITS)


def _bitget_parent(left: SumNode, right: SumNode, *, quoted: bool) -> SumNode:
    sums, level = sums_of([left.amounts, right.amounts]), left.level - 1
    text = f"{left.hash}{right.hash},{_bitget_json(sums, quoted=quoted)},{level}"
    return SumNode(hash_text(text, BITGET_DIGITS), sums, COMPUTED, level, ROOT)


def _bitget_json(amounts: Mapping[str, Decimal], *, quoted: bool) -> str:
    write = _bitget_quote if quoted else java_text
    return hash_map_json({asset: write(amount) for asset, amount in amounts.items()})


def _bitget_quote(amount: Decimal) -> str:
    return f'"{plain(amount)}"'


def _bitget_levels(siblings: int) -> list[int]:
    """The levels of own leaf, neighbours and root: the leaf and its neighbour stand on the same."""
    return [siblings + 1, *range(siblings + 1, 0, -1)]


def _bitget_unsound(file: object, knowledge: Knowledge) -> list[Reason]:
    first, *_ = list_member(file, "path", "file")
    return [
        foreign_reason("format.sum_only"),
        foreign_reason("format.truncated_hash", bits=64, work=32),
        *root_from_file(knowledge),
        foreign_reason("format.opaque_user", field="encryptUid"),
        foreign_reason("format.negative_allowed"),
        foreign_reason("format.padding_copy"),
        *([foreign_reason("format.salt_leaked")] if isinstance(first, dict) and first.get("nonce") else []),
        foreign_reason("format.neighbour_shown"),
    ]


BITGET = Format((BITGET_NAME,), recognises_bitget, check_bitget)
