"""CoinEx's proof files: a sum tree whose published program and published example do not agree.

* Every hash is the SHA-256 of a text, in hex. JSON is compact, assets in ascending order, amounts as texts without
  zeros behind.
* Leaf: nonce, then the JSON of the balances. Parent: both hashes, then the JSON of the sums.
* `{}` in the path stands for a neighbour that does not exist. The exchange's program then hashes the left hash twice;
  the example that is published beside it, and fails there, only fits where the left hash stands once. Both are
  computed here.

Why it is not sound. The parent commits to the sum alone, so a neighbour's balance can be anything that the total
needs to be low (four customers with 5, 7, 3 and 6 can all be shown a root of 7). Nothing in a leaf belongs to a
customer, the root comes from the customer's own file, and the program refuses no amount below zero.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from echt.proofs.verify.content import Content, Format
from echt.proofs.verify.formats.amounts import Amounts, plain, sums_of
from echt.proofs.verify.formats.answer import Findings, answer, unreadable
from echt.proofs.verify.formats.nodes import (
    Malformed,
    SumNode,
    amounts_member,
    filled_padding,
    hash_member,
    hash_text,
    list_member,
    member,
    other_root,
    root_from_file,
    shown,
    text_member,
    wrong_numbers,
    wrong_root,
)
from echt.proofs.verify.formats.reasons import OWN_LEAF, ROOT, foreign_reason, neighbour
from echt.proofs.verify.report import Knowledge, Reason, Report

COINEX_NAME = "coinex"
COINEX_ASSET = re.compile(r"[A-Za-z0-9._-]{1,32}", re.ASCII)
COINEX_LEFT, COINEX_RIGHT, COINEX_NOBODY = 1, 2, 0
COINEX_SIDES = {"left": COINEX_LEFT, "right": COINEX_RIGHT}
COINEX_CHAIN = {True: ("chain", "hängen zusammen"), False: ("do not chain", "hängen nicht zusammen")}


def recognises_coinex(content: Content) -> bool:
    """`root` beside `self` and `path`, and a leaf that has a nonce but no hash."""
    own, root = content.members.get("self"), content.members.get("root")
    if not (isinstance(own, dict) and isinstance(root, dict) and "path" in content.members):
        return False
    return "nonce" in own and "hash" not in own


def check_coinex(content: Content, knowledge: Knowledge) -> Report:
    """The answer on one of CoinEx's files."""
    try:
        return answer(COINEX_NAME, _coinex_findings(content.json, knowledge))
    except Malformed as fault:
        return unreadable(COINEX_NAME, fault.where)


def _coinex_findings(file: object, knowledge: Knowledge) -> Findings:
    root = _coinex_root(member(file, "root", "file"))
    own = _coinex_own(member(file, "self", "file"))
    path = [_coinex_step(step, level) for level, step in enumerate(list_member(file, "path", "file"))]
    program, example = (_coinex_climb(own, path, twice=twice) for twice in (True, False))
    chains = {"program": program.hash == root.hash, "example": example.hash == root.hash}
    nobody = [step for step in path if step.role == COINEX_NOBODY]
    return Findings(
        broken=[*([] if any(chains.values()) else wrong_root(root, program.hash)), *other_root(root, knowledge)],
        wrong=[*wrong_numbers([own, *path], root, program.amounts), *filled_padding(nobody)],
        unsound=[*_coinex_unsound(knowledge), *([_coinex_two_rules(chains)] if nobody else [])],
        amounts=shown(own.amounts),
        extra={"rules": {rule: "chain" if holds else "broken" for rule, holds in chains.items()}},
    )


def _coinex_root(root: object) -> SumNode:
    return SumNode(hash_member(root, "hash", "root", 64), _coinex_amounts(root, "root"), 0, 0, ROOT)


def _coinex_own(own: object) -> SumNode:
    """The customer's leaf; its hash stands nowhere in the file."""
    amounts = _coinex_amounts(own, "self")
    return SumNode(hash_text(text_member(own, "nonce", "self") + _coinex_json(amounts)), amounts, 0, 0, OWN_LEAF)


def _coinex_step(step: object, level: int) -> SumNode:
    where = f"path[{level}]"
    if not isinstance(step, dict):
        raise Malformed(where)
    if not step.get("hash"):
        amounts = _coinex_amounts(step, where) if step.get("balances") else {}
        return SumNode("", amounts, COINEX_NOBODY, level, neighbour(level))
    side = COINEX_SIDES.get(text_member(step, "pos", where), COINEX_NOBODY)
    if side == COINEX_NOBODY:
        raise Malformed(f"{where}.pos")
    return SumNode(hash_member(step, "hash", where, 64), _coinex_amounts(step, where), side, level, neighbour(level))


def _coinex_amounts(of: object, where: str) -> Amounts:
    amounts = amounts_member(of, "balances", where)
    if not all(COINEX_ASSET.fullmatch(asset) for asset in amounts):
        raise Malformed(f"{where}.balances")
    return amounts


def _coinex_climb(own: SumNode, path: Sequence[SumNode], *, twice: bool) -> SumNode:
    """The node at the end of the path; `twice` says what a left hash without a neighbour is paired with."""
    node = own
    for step in path:
        if step.role == COINEX_NOBODY:
            node = _coinex_parent(node.hash, node.hash if twice else "", node, None)
        elif step.role == COINEX_LEFT:
            node = _coinex_parent(step.hash, node.hash, node, step)
        else:
            node = _coinex_parent(node.hash, step.hash, node, step)
    return node


def _coinex_parent(left: str, right: str, node: SumNode, other: SumNode | None) -> SumNode:
    sums = node.amounts if other is None else sums_of([node.amounts, other.amounts])
    return SumNode(hash_text(left + right + _coinex_json(sums)), sums, 0, 0, ROOT)


def _coinex_json(amounts: Amounts) -> str:
    return json.dumps({asset: plain(amounts[asset]) for asset in sorted(amounts)}, separators=(",", ":"))


def _coinex_unsound(knowledge: Knowledge) -> list[Reason]:
    return [
        foreign_reason("format.sum_only"),
        foreign_reason("format.not_bound"),
        *root_from_file(knowledge),
        foreign_reason("format.negative_allowed"),
        foreign_reason("format.padding_copy"),
        foreign_reason("format.neighbour_shown"),
    ]


def _coinex_two_rules(chains: dict[str, bool]) -> Reason:
    program, example = COINEX_CHAIN[chains["program"]], COINEX_CHAIN[chains["example"]]
    return Reason(
        "format.two_rules",
        "The exchange's published program and its published example do not agree on a place without a neighbour. By "
        f"the rule of the program your hashes {program[0]}, by that of the example they {example[0]}.",
        "Das veröffentlichte Programm der Börse und ihr veröffentlichtes Beispiel sind sich über einen Platz ohne "
        f"Nachbarn nicht einig. Nach der Regel des Programms gilt: Ihre Hashes {program[1]}; nach der des Beispiels: "
        f"sie {example[1]}.",
    )


COINEX = Format((COINEX_NAME,), recognises_coinex, check_coinex)
