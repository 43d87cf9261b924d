"""Makers of other exchanges' files: small trees by the rules of their generators, so that what has no published sample can
be tested too.

Nothing here is taken from the code under test. A maker gives the file of one customer as JSON members, to be spoilt by a test.
"""

import hashlib
import json
from collections.abc import Callable
from copy import deepcopy
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import NamedTuple

from echt.proofs.verify import Knowledge, Report, verify

SAMPLES = Path(__file__).parents[2] / "samples"


class Node(NamedTuple):
    hash: str
    amounts: dict[str, Decimal]


def asked(file: object, **knowledge: object) -> Report:
    """The answer on a file that was made here."""
    return verify(written(file).encode(), Knowledge(**knowledge))


def codes(report: Report) -> list[str]:
    return [reason.code for reason in report.reasons]


def sample(name: str) -> dict:
    return json.loads((SAMPLES / name).read_text())


def changed(file: dict, *way: str | int, to: object) -> dict:
    """A copy of a file with one thing changed; `...` takes it away."""
    copy = deepcopy(file)
    place = copy
    for step in way[:-1]:
        place = place[step]
    if to is ...:
        del place[way[-1]]
    else:
        place[way[-1]] = to
    return copy


def written(value: object) -> str:
    """JSON in which a `Decimal` is a number with just those digits."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def eight(amount: Decimal) -> str:
    return f"{amount.quantize(Decimal('0.00000001'), rounding=ROUND_DOWN):f}"


def owed(*rows: str) -> list[dict[str, Decimal]]:
    """Balances from texts: `owed("BTC=1 ETH=2", "BTC=0.5 ETH=0")`."""
    pairs = [[each.split("=") for each in row.split()] for row in rows]
    return [{asset: Decimal(amount) for asset, amount in row} for row in pairs]


def added(left: Node, right: Node) -> dict[str, Decimal]:
    return {
        asset: left.amounts.get(asset, Decimal(0)) + right.amounts.get(asset, Decimal(0))
        for asset in [*left.amounts, *(asset for asset in right.amounts if asset not in left.amounts)]
    }


def copied(node: Node) -> Node:
    """What most exchanges fill a free place with."""
    return Node(node.hash, dict.fromkeys(node.amounts, Decimal(0)))


def grown(
    leaves: list[Node], parent: Callable[[Node, Node, int], Node], filler: Callable[[Node], Node]
) -> list[list[Node]]:
    """The levels of a tree from the leaves up, each filled up; `parent` is told how many levels are below it."""
    levels = [list(leaves)]
    while len(below := levels[-1]) > 1:
        if len(below) % 2:
            below.append(filler(below[-1]))
        pairs = zip(below[::2], below[1::2], strict=True)
        levels.append([parent(left, right, len(levels)) for left, right in pairs])
    return levels


def neighbours(levels: list[list[Node]], number: int) -> list[tuple[bool, Node, bool]]:
    """For each level: whether the neighbour stands on the left, the neighbour, and whether it only fills a place."""
    path = []
    for level in levels[:-1]:
        beside = level[number ^ 1]
        filler = number % 2 == 0 and beside.hash in {"", level[number].hash} and not any(beside.amounts.values())
        path.append((number % 2 == 1, beside, filler))
        number //= 2
    return path


# MEXC


def mexc_tokens(amounts: dict[str, Decimal], write=plain) -> str:
    return ",".join(f"{asset}:{write(amounts[asset])}" for asset in sorted(amounts))


def mexc_parent(left: Node, right: Node, below: int) -> Node:
    usual = dict.fromkeys(("BTC", "USDT", "ETH", "USDC"), Decimal(0))
    sums = usual | added(left, right) if right.hash else left.amounts
    return Node(sha(f"{left.hash},{right.hash},{mexc_tokens(sums)}")[:32], sums)


def mexc(
    balances: list[dict[str, Decimal]], number: int, *, name: str = "balances", show_fillers: bool = False
) -> dict:
    leaves = [Node(sha(f"PR-1,{1000 + n},{mexc_tokens(each, str)}")[:32], each) for n, each in enumerate(balances)]
    levels = grown(leaves, mexc_parent, lambda node: Node("", {}))
    top = levels[-1][0]
    path = [
        {"level": level, "type": 1 if left else 2, "hash": node.hash, name: texts(node)}
        for level, (left, node, filler) in enumerate(neighbours(levels, number))
        if show_fillers or not filler
    ]
    return {
        "pathList": [*path, {"level": len(levels) - 1, "type": 3, "hash": top.hash, name: texts(top)}],
        "self": {
            "level": 0,
            "type": 2 if number % 2 else 1,
            "hash": leaves[number].hash,
            name: texts(leaves[number], str),
            "proofId": "PR-1",
            "accountId": str(1000 + number),
        },
    }


def texts(node: Node, write=plain) -> dict[str, str]:
    return {asset: write(amount) for asset, amount in node.amounts.items()}


# OKX

OKX = ("BTC", "ETH", "USDT")


def okx_json(amounts: dict[str, Decimal]) -> str:
    return "{" + ",".join(f'"{asset}":"{plain(amounts[asset])}"' for asset in OKX) + "}"


def okx_parent(left: Node, right: Node, below: int) -> Node:
    sums = {asset: Decimal(eight(amount)) for asset, amount in added(left, right).items()}
    return Node(sha(left.hash + right.hash + "".join(plain(sums[asset]) for asset in OKX) + str(below + 1)), sums)


def okx_path(balances: list[dict[str, Decimal]], number: int) -> dict:
    leaves = [Node(sha(f"nonce-{n}" + okx_json(each)), each) for n, each in enumerate(balances)]
    levels = grown(leaves, okx_parent, copied)
    top = levels[-1][0]
    path = [
        {
            "auditId": "7",
            "type": 4 if filler else 1 if left else 2,
            "hash": node.hash,
            "height": height,
            "balances": texts(node),
        }
        for height, (left, node, filler) in enumerate(neighbours(levels, number), 1)
    ]
    own = {"auditId": "7", "type": 2 if number % 2 else 1, "hash": leaves[number].hash, "height": 1}
    return {
        "path": [*path, {"type": 3, "hash": top.hash, "height": len(levels), "balances": texts(top)}],
        "self": {**own, "nonce": f"nonce-{number}", "balances": texts(leaves[number])},
    }


class OkxTree(NamedTuple):
    published: bytes
    customers: list[dict]


def okx_tree(customers: list[list[dict[str, Decimal]]]) -> OkxTree:
    """The list of the whole tree, and the file of each customer, whose balance is split as given."""
    files = [okx_customer(f"nonce-{n}", pieces) for n, pieces in enumerate(customers)]
    leaves = [
        Node(node["hash"], pieces[n])
        for file, pieces in zip(files, customers, strict=True)
        for n, node in enumerate(file["nodes"])
    ]
    return OkxTree(okx_list(grown(leaves, okx_parent, copied)), files)


def okx_customer(nonce: str, pieces: list[dict[str, Decimal]]) -> dict:
    total = {asset: sum((piece[asset] for piece in pieces), Decimal(0)) for asset in OKX}
    user = sha(nonce + okx_json(total))
    nodes = [{"balances": texts(Node("", each)), "hash": okx_leaf(user, each)} for each in pieces]
    return {"hash": user, "nodes": nodes, "nonce": nonce, "totalBalances": texts(Node("", total))}


def okx_leaf(user: str, amounts: dict[str, Decimal]) -> str:
    return sha(user + "".join(plain(amounts[asset]) for asset in OKX))


def okx_list(levels: list[list[Node]]) -> bytes:
    """Root first, each level from right to left."""
    lines = [
        f"{node.hash},{height},{okx_json(node.amounts)}"
        for height, level in reversed(list(enumerate(levels, 1)))
        for node in reversed(level)
    ]
    return ("\n".join(lines) + "\n").encode()


# Bitget and Bitunix: assets in the order of a Java map, as written down here by hand.

JAVA_ORDER = ("BTC", "ETH", "USDT", "USDC")


def java_json(values: dict[str, str]) -> str:
    return "{" + ",".join(f'"{asset}":{values[asset]}' for asset in JAVA_ORDER if asset in values) + "}"


def bitget(balances: list[dict[str, Decimal]], number: int, *, quoted: bool, role_of_filler: int = 0) -> dict:
    height = max(1, (len(balances) - 1).bit_length()) + 1

    def hashed(amounts: dict[str, Decimal]) -> str:
        return java_json({asset: f'"{plain(amount)}"' if quoted else str(amount) for asset, amount in amounts.items()})

    def parent(left: Node, right: Node, below: int) -> Node:
        sums = added(left, right)
        return Node(sha(f"{left.hash}{right.hash},{hashed(sums)},{height - below}")[:16], sums)

    def shown(node: Node) -> dict[str, object]:
        return {asset: plain(amount) if quoted else amount for asset, amount in node.amounts.items()}

    leaves = [Node(sha(f"user-{n},nonce-{n},{hashed(each)}")[:16], each) for n, each in enumerate(balances)]
    levels = grown(leaves, parent, copied)
    path = [
        {
            "level": height - below,
            "role": role_of_filler if filler else 1 if left else 2,
            "merkelLeaf": node.hash,
            "balances": shown(node),
        }
        for below, (left, node, filler) in enumerate(neighbours(levels, number))
    ]
    if not quoted:
        path[0] |= {"encryptUid": f"user-{number ^ 1}", "nonce": f"nonce-{number ^ 1}"}
    return {
        "path": [*path, {"level": 1, "merkelLeaf": levels[-1][0].hash, "balances": shown(levels[-1][0]), "role": 3}],
        "self": {
            "level": height,
            "role": 2 if number % 2 else 1,
            "merkelLeaf": leaves[number].hash,
            "balances": shown(leaves[number]),
            "encryptUid": f"user-{number}",
            "nonce": f"nonce-{number}",
        },
    }


def bitunix(balances: list[dict[str, Decimal]], number: int, decimals: dict[str, int]) -> dict:
    height = max(1, (len(balances) - 1).bit_length()) + 1

    def fixed(amounts: dict[str, Decimal]) -> dict[str, str]:
        cut = {
            asset: amount.quantize(Decimal(1).scaleb(-decimals[asset]), ROUND_DOWN) for asset, amount in amounts.items()
        }
        return {asset: f"{amount:f}" for asset, amount in cut.items()}

    def hashed(amounts: dict[str, Decimal]) -> str:
        return java_json({asset: f'"{text}"' for asset, text in fixed(amounts).items()})

    def parent(left: Node, right: Node, below: int) -> Node:
        sums = added(left, right)
        return Node(sha(f"{left.hash}{right.hash},{hashed(sums)},{height - below}"), sums)

    leaves = [Node(sha(f"user-{n},nonce-{n},{hashed(each)}"), each) for n, each in enumerate(balances)]
    levels = grown(leaves, parent, copied)
    path = [
        {"height": height - below, "type": 1 if left else 2, "merkleLeaf": node.hash, "balances": fixed(node.amounts)}
        for below, (left, node, _) in enumerate(neighbours(levels, number))
    ]
    top = levels[-1][0]
    return {
        "path": [*path, {"height": 1, "type": 3, "merkleLeaf": top.hash, "balances": fixed(top.amounts)}],
        "self": {
            "height": height,
            "type": 2 if number % 2 else 1,
            "merkleLeaf": leaves[number].hash,
            "balances": fixed(leaves[number].amounts),
            "encryptUid": f"user-{number}",
            "nonce": f"nonce-{number}",
            "precisions": decimals,
        },
    }


# Bybit


def bybit(balances: list[dict[str, Decimal]], number: int, hashed: list[str], *, role_of_filler: int = 4) -> dict:
    """Amounts stand in the file in the order of the balances and are hashed in the order of `hashed`."""

    def amounts_of(node: Node) -> str:
        return "".join(eight(node.amounts[asset]) for asset in hashed)

    def parent(left: Node, right: Node, below: int) -> Node:
        node = Node("", added(left, right))
        return Node(sha(f"{left.hash}{right.hash}{amounts_of(node)}{below + 1}"), node.amounts)

    leaves = [Node(sha(f"user-{n}" + amounts_of(Node("", each))), each) for n, each in enumerate(balances)]
    levels = grown(leaves, parent, copied)
    path = [
        {
            "type": role_of_filler if filler else 1 if left else 2,
            "hash": node.hash,
            "height": height,
            "nonce": "",
            "balance": texts(node, eight),
        }
        for height, (left, node, filler) in enumerate(neighbours(levels, number), 1)
    ]
    top = levels[-1][0]
    own = {"type": 2 if number % 2 else 1, "hash": leaves[number].hash, "height": 1, "nonce": "n"}
    return {
        "self": {**own, "auditId": "9", "userHash": f"user-{number}", "balance": texts(leaves[number], eight)},
        "path": [*path, {"type": 3, "hash": top.hash, "height": len(levels), "balance": texts(top, eight)}],
    }
