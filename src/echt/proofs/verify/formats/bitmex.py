"""BitMEX's file, also River's: the whole tree in one file, which everybody gets, so nobody knows who looks for what.

* First `block_height:N`, then a line for each node, `hash,satoshis`: the root, then level by level, left to right.
* Leaf: HMAC-SHA-256 of amount and index, 8 bytes each, little-endian. Its key is the SHA-256 of the customer's nonce,
  block height and account. Node: SHA-256 of left hash, left amount, right hash, right amount.
* At River the nonce is in turn the SHA-256 of the customer's key, e-mail address and account (here: `--nonce` the key,
  `--credential` the address); the account number may be written in base32.
* Balances are split into several leaves. A customer tries the own key on all of them and adds up those that fit.

It is sound: sums of both children are in the hash, amounts below zero have no bytes, and all can add up all. We
recompute every node, which the exchange's own tool does not do, and we do not call it a success when nothing was
found. A key that was given out ready-made, without account and height in it, could have been given to two customers;
then we say so.
"""

from __future__ import annotations

import binascii
import hmac
import re
from base64 import b32decode
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256

from echt.proofs.verify.content import Content, Format
from echt.proofs.verify.formats.amounts import amount_of
from echt.proofs.verify.formats.answer import Findings, answer, unreadable
from echt.proofs.verify.formats.nodes import Malformed, SumNode, other_root
from echt.proofs.verify.formats.reasons import ROOT, foreign_reason
from echt.proofs.verify.report import Knowledge, Reason, Report, Step, Verdict

BITMEX_NAME = "bitmex"
BITMEX_HEAD = re.compile(r"block_height:([0-9]{1,18})", re.ASCII)
BITMEX_NODE = re.compile(r"([0-9A-Fa-f]{64}),(-?[0-9]{1,20})", re.ASCII)
BITMEX_NONCE = re.compile(r"[0-9A-Fa-f]{64}", re.ASCII)
BITMEX_LIMIT = 1 << 64
BITMEX_BAD_ACCOUNT = Reason(
    "account.form",
    "The account must be the number, or River's letters, that the exchange shows you as your account.",
    "Das Konto muss die Nummer oder Rivers Buchstabenfolge sein, die die Börse Ihnen als Ihr Konto zeigt.",
)
BITMEX_BAD_NONCE = Reason(
    "nonce.form",
    "The nonce must be 64 hexadecimal digits, exactly as the exchange shows it.",
    "Die Nonce muss aus 64 hexadezimalen Ziffern bestehen, genau wie die Börse sie zeigt.",
)
BITMEX_NOT_LOOKED = Reason(
    "leaf.not_looked_for",
    "The whole tree adds up, but your balance was not looked for. Give your account with --account and your nonce with "
    "--nonce.",
    "Der ganze Baum stimmt, aber nach Ihrem Guthaben wurde nicht gesucht. Geben Sie Ihr Konto mit --account und Ihre "
    "Nonce mit --nonce an.",
)
BITMEX_NOTHING = Reason(
    "leaf.nothing_found",
    "The whole tree adds up, but none of its leaves belongs to this account and nonce: your balance is not in the "
    "total. If you had one at that time, check account and nonce, and then ask the exchange.",
    "Der ganze Baum stimmt, aber kein Blatt gehört zu diesem Konto und dieser Nonce: Ihr Guthaben ist nicht in der "
    "Summe. Wenn Sie damals eines hatten, prüfen Sie Konto und Nonce und fragen Sie dann die Börse.",
)
BITMEX_UNBOUND = Reason(
    "leaf.key_not_bound",
    "Leaves were found, but the nonce that you gave is used as it is and was not computed from your account here. Two "
    "customers with the same balance can have been given the same one.",
    "Es wurden Blätter gefunden, aber Ihre Nonce wird so benutzt, wie sie ist, und wurde hier nicht aus Ihrem Konto "
    "berechnet. Zwei Personen mit gleichem Guthaben können dieselbe bekommen haben.",
)
BITMEX_NEGATIVE_LINE = Reason(
    "hashes.no_bytes",
    "An amount below zero cannot be hashed in this format, so nothing was.",
    "Ein Betrag unter null lässt sich in diesem Format nicht hashen, also wurde nichts gehasht.",
)


@dataclass(frozen=True)
class BitmexTree:
    """All nodes, the root first, level by level: the children of node n are 2n + 1 and 2n + 2."""

    block: int
    """The block height, which is in every key."""
    hashes: Sequence[bytes]
    amounts: Sequence[int]

    @property
    def leaves(self) -> range:
        return range(len(self.hashes) // 2, len(self.hashes))


class BitmexRefused(Exception):
    """What the customer typed in cannot be used."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def recognises_bitmex(content: Content) -> bool:
    """The first line names a block height."""
    return content.raw.startswith(b"block_height:")


def check_bitmex(content: Content, knowledge: Knowledge) -> Report:
    """The answer on a whole tree; with account and nonce, on what of it is the customer's."""
    try:
        tree = _bitmex_tree(content.text or "")
        keys = _bitmex_keys(tree, knowledge)
    except Malformed as fault:
        return unreadable(BITMEX_NAME, fault.where)
    except BitmexRefused as refused:
        return Report(BITMEX_NAME, None, None, None, Verdict.CANNOT_READ, (refused.reason,))
    negative = next((node for node, amount in enumerate(tree.amounts) if amount < 0), None)
    if negative is not None:
        return _bitmex_negative(tree, negative)
    return _bitmex_answer(tree, keys, knowledge)


def _bitmex_tree(text: str) -> BitmexTree:
    first, *lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    head = BITMEX_HEAD.fullmatch(first)
    if head is None:
        raise Malformed("line 1")
    if len(lines) & (len(lines) + 1) or not lines:
        raise Malformed(f"line {len(lines) + 1}")
    nodes = [_bitmex_line(line, number) for number, line in enumerate(lines, 2)]
    return BitmexTree(int(head[1]), [node for node, _ in nodes], [amount for _, amount in nodes])


def _bitmex_line(line: str, number: int) -> tuple[bytes, int]:
    node = BITMEX_NODE.fullmatch(line)
    if node is None or int(node[2]) >= BITMEX_LIMIT:
        raise Malformed(f"line {number}")
    return bytes.fromhex(node[1]), int(node[2])


def _bitmex_keys(tree: BitmexTree, knowledge: Knowledge) -> list[bytes] | None:
    """The keys that may open the customer's leaves, the ready-made one last; `None` where the customer is not known."""
    if knowledge.nonce is None or knowledge.account is None:
        return None
    if BITMEX_NONCE.fullmatch(knowledge.nonce) is None:
        raise BitmexRefused(BITMEX_BAD_NONCE)
    nonce = bytes.fromhex(knowledge.nonce)
    accounts = _bitmex_accounts(knowledge.account)
    if not accounts:
        raise BitmexRefused(BITMEX_BAD_ACCOUNT)
    return [*(_bitmex_key(tree, nonce, knowledge.credential, account) for account in accounts), nonce]


def _bitmex_accounts(text: str) -> list[int]:
    """What the account may stand for: a number, or base32 of one."""
    accounts = [int(text)] if re.fullmatch("[0-9]{1,20}", text, re.ASCII) else []
    with suppress(binascii.Error, ValueError):
        accounts.append(int.from_bytes(b32decode(text + "=" * (-len(text) % 8)), "big"))
    return [account for account in accounts if text and account < BITMEX_LIMIT]


def _bitmex_key(tree: BitmexTree, nonce: bytes, email: str | None, account: int) -> bytes:
    """The key of the account's leaves at this block height; at River the nonce follows from key and e-mail address."""
    if email is not None:
        nonce = sha256(nonce + email.encode(errors="replace") + _bitmex_u64(account)).digest()
    return sha256(nonce + _bitmex_u64(tree.block) + _bitmex_u64(account)).digest()


def _bitmex_answer(tree: BitmexTree, keys: list[bytes] | None, knowledge: Knowledge) -> Report:
    broken, wrong = _bitmex_faults(tree)
    mine, bound = _bitmex_mine(tree, keys or [])
    root = SumNode(tree.hashes[0].hex(), {}, 0, 0, ROOT)
    amount = sum(tree.amounts[node] for node in mine)
    found = Findings(
        broken=[*broken, *other_root(root, knowledge)],
        wrong=wrong,
        own_word=[BITMEX_NOT_LOOKED] if keys is None else [] if bound else [BITMEX_UNBOUND],
        amounts={} if keys is None else {"BTC": _bitmex_coins(amount)},
        extra={"amount": str(amount), "leaves": len(mine), "total": str(tree.amounts[0])},
    )
    if keys is None or mine or broken or wrong:
        return answer(BITMEX_NAME, found)
    return _bitmex_nothing(answer(BITMEX_NAME, replace(found, own_word=[])))


def _bitmex_faults(tree: BitmexTree) -> tuple[list[Reason], list[Reason]]:
    """The first node whose hash does not follow from its children, and the first whose amount does not."""
    broken: list[Reason] = []
    wrong: list[Reason] = []
    for node in range(len(tree.hashes) // 2):
        left, right = 2 * node + 1, 2 * node + 2
        if not wrong and tree.amounts[left] + tree.amounts[right] != tree.amounts[node]:
            wrong.append(_bitmex_wrong_sum(tree, node))
        if not broken and _bitmex_hash(tree, left, right) != tree.hashes[node]:
            broken.append(_bitmex_wrong_hash(tree, node))
    return broken, wrong


def _bitmex_hash(tree: BitmexTree, left: int, right: int) -> bytes:
    return sha256(
        tree.hashes[left] + _bitmex_u64(tree.amounts[left]) + tree.hashes[right] + _bitmex_u64(tree.amounts[right])
    ).digest()


def _bitmex_mine(tree: BitmexTree, keys: Sequence[bytes]) -> tuple[list[int], bool]:
    """The leaves that the first fitting key opens, and whether that key was computed from the account."""
    for key in keys:
        mine = [
            node
            for index, node in enumerate(tree.leaves)
            if hmac.digest(key, _bitmex_u64(tree.amounts[node]) + _bitmex_u64(index), "sha256") == tree.hashes[node]
        ]
        if mine:
            return mine, key is not keys[-1]
    return [], True


def _bitmex_wrong_sum(tree: BitmexTree, node: int) -> Reason:
    computed = tree.amounts[2 * node + 1] + tree.amounts[2 * node + 2]
    if node == 0:
        return foreign_reason("numbers.total", asset="sat", stated=tree.amounts[0], computed=computed)
    return Reason(
        "numbers.node",
        f"Line {node + 2} says {tree.amounts[node]} sat, but the two nodes below it add up to {computed}.",
        f"In Zeile {node + 2} stehen {tree.amounts[node]} sat, die zwei Knoten darunter ergeben aber {computed}.",
    )


def _bitmex_wrong_hash(tree: BitmexTree, node: int) -> Reason:
    computed = _bitmex_hash(tree, 2 * node + 1, 2 * node + 2).hex()
    if node == 0:
        return foreign_reason("hashes.broken", stated=tree.hashes[0].hex(), computed=computed)
    return Reason(
        "hashes.node",
        f"The hash in line {node + 2} does not follow from the two nodes below it, which give {computed}.",
        f"Der Hash in Zeile {node + 2} folgt nicht aus den zwei Knoten darunter; diese ergeben {computed}.",
    )


def _bitmex_negative(tree: BitmexTree, node: int) -> Report:
    place = (f"line {node + 2}", f"Zeile {node + 2}")
    negative = foreign_reason("numbers.negative", where=place, asset="sat", amount=str(amount_of(tree.amounts[node])))
    return answer(BITMEX_NAME, Findings(broken=[BITMEX_NEGATIVE_LINE], wrong=[negative]))


def _bitmex_nothing(report: Report) -> Report:
    """The same report on a tree in which the customer's balance is missing."""
    step = Step("Your leaves", False, BITMEX_NOTHING.text, "Ihre Blätter", BITMEX_NOTHING.text_de)
    reasons, steps = (BITMEX_NOTHING, *report.reasons), (*report.steps, step)
    return replace(report, verdict=Verdict.NOT_VERIFIED, reasons=reasons, steps=steps)


def _bitmex_coins(satoshis: int) -> str:
    return f"{satoshis // 10**8}.{satoshis % 10**8:08}"


def _bitmex_u64(number: int) -> bytes:
    return number.to_bytes(8, "little")


BITMEX = Format((BITMEX_NAME,), recognises_bitmex, check_bitmex)
