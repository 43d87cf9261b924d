"""An exchange that owes its customers 5, 7, 3 and 6 and publishes a total of 7, in the formats of seven exchanges.

What a customer sees of a neighbour is a hash and a balance, and in these formats only the hash of the parent, which is
taken of both hashes and the *sum*, binds them. So each customer can be told another balance of the same neighbour, whatever
fits. A node claims to hold what its richer child claims, and the other child's customers are told that the neighbour holds
nothing, or the difference:

                       claims 7
                    /            \\
            claims 7              claims 6
            /      \\              /      \\
        owed 5    owed 7      owed 3    owed 6

    told to 5: neighbour 2, then 0.     told to 7: neighbour 0, then 0.
    told to 3: neighbour 3, then 1.     told to 6: neighbour 0, then 1.

No balance is below zero, every path adds up to 7, and every hash is the true one: each of the four proofs is valid by the
exchange's own rule, with the same root and the same total. 21 are owed, 7 are shown. (Y. Hu, Z. Zhang, Y. Guo: "Breaking the
binding: Attacks on the Merkle approach to prove liabilities and its applications", eprint 2018/1139.)

Nothing here is taken from the code under test. Each class is an exchange: how it hashes, and what its file looks like.
"""

import hashlib
import json
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

SAMPLES = Path(__file__).parent.parent / "samples"


class Step(NamedTuple):
    """What a customer is told of a neighbour, from below upwards."""

    left: bool
    """The neighbour stands at the left."""
    hash: str
    holds: int


class Forged(NamedTuple):
    """What a customer is given: the file, and where the format has one, the file that all are given."""

    owed: int
    file: bytes
    published: bytes | None


def forge(exchange, owed: list[int]) -> list[Forged]:
    """A proof file for every customer (2, 4, 8 ...), all against one root whose total is what the richest is owed."""
    levels = [[(exchange.leaf(number, one, len(owed)), one) for number, one in enumerate(owed)]]
    while len(below := levels[-1]) > 1:
        pairs = zip(below[::2], below[1::2], strict=True)
        claims = [(left[0], right[0], max(left[1], right[1])) for left, right in pairs]
        levels.append([(exchange.parent(len(levels), *one, len(owed)), one[2]) for one in claims])
    root, total = levels[-1][0]
    return [
        Forged(
            one,
            to_bytes(exchange.file(number, one, told(levels, number), root, total)),
            exchange.anchor(root, total, owed),
        )
        for number, one in enumerate(owed)
    ]


def told(levels: list, number: int) -> list[Step]:
    """The neighbour's balance is what is missing to the parent's claim."""
    steps = []
    for below, above in pairwise(levels):
        missing = above[number // 2][1] - below[number][1]
        steps.append(Step(number % 2 == 1, below[number ^ 1][0], missing))
        number //= 2
    return steps


def to_bytes(file: dict) -> bytes:
    return json.dumps(file).encode()


def sha(text: str | bytes) -> str:
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def height_of(customers: int) -> int:
    return customers.bit_length() - 1


class Exchange:
    """The asset in which all is owed is USDT."""

    def anchor(self, root, total, owed):
        return None


class Mexc(Exchange):
    @staticmethod
    def all_of(amount):
        return {"BTC": "0", "ETH": "0", "USDC": "0", "USDT": str(amount)}

    def leaf(self, number, owed, customers):
        return sha(f"PR-1,{1000 + number},USDT:{owed}")[:32]

    def parent(self, level, left, right, total, customers):
        return sha(f"{left},{right},BTC:0,ETH:0,USDC:0,USDT:{total}")[:32]

    def file(self, number, owed, steps, root, total):
        path = [
            {"level": level, "type": 1 if step.left else 2, "hash": step.hash, "balances": self.all_of(step.holds)}
            for level, step in enumerate(steps)
        ]
        own = {
            "level": 0,
            "type": 1 + number % 2,
            "hash": self.leaf(number, owed, 0),
            "balances": {"USDT": str(owed)},
            "proofId": "PR-1",
            "accountId": str(1000 + number),
        }
        return {
            "pathList": [*path, {"level": len(steps), "type": 3, "hash": root, "balances": self.all_of(total)}],
            "self": own,
        }


class OkxMerkle1(Exchange):
    @staticmethod
    def all_of(amount):
        return {"BTC": "0", "ETH": "0", "USDT": str(amount)}

    def leaf(self, number, owed, customers):
        return sha(sha(f"nonce {number}") + compact(self.all_of(owed)))

    def parent(self, level, left, right, total, customers):
        return sha(f"{left}{right}00{total}{level + 1}")

    def node(self, amount, kind, hash_, height):
        return {"auditId": "1", "balances": self.all_of(amount), "type": kind, "hash": hash_, "height": height}

    def file(self, number, owed, steps, root, total):
        path = [self.node(step.holds, 1 if step.left else 2, step.hash, level) for level, step in enumerate(steps, 1)]
        own = self.node(owed, 2 if steps[0].left else 1, self.leaf(number, owed, 0), 1)
        return {
            "path": [*path, self.node(total, 3, root, len(steps) + 1)],
            "self": {**own, "nonce": sha(f"nonce {number}")},
        }


class Bitget(Exchange):
    bits = 64

    def all_of(self, amount):
        return {"BTC": "0", "ETH": "0", "USDT": str(amount), "USDC": "0"}

    def cut(self, text):
        return sha(text)[: self.bits // 4]

    def leaf(self, number, owed, customers):
        return self.cut(f"{sha(f'uid {number}')},{sha(f'nonce {number}')},{compact(self.all_of(owed))}")

    def parent(self, level, left, right, total, customers):
        return self.cut(f"{left}{right},{compact(self.all_of(total))},{height_of(customers) + 1 - level}")

    def node(self, amount, kind, hash_, level):
        return {"auditId": "Au1", "balances": self.all_of(amount), "level": level, "merkelLeaf": hash_, "role": kind}

    def file(self, number, owed, steps, root, total):
        lowest = len(steps) + 1
        path = [self.node(step.holds, 1 if step.left else 2, step.hash, lowest - n) for n, step in enumerate(steps)]
        own = self.node(owed, 2 if steps[0].left else 1, self.leaf(number, owed, 0), lowest)
        own |= {"encryptUid": sha(f"uid {number}"), "nonce": sha(f"nonce {number}")}
        return {"path": [*path, self.node(total, 3, root, 1)], "self": own}


class Bitunix(Bitget):
    bits = 256

    def all_of(self, amount):
        return {"BTC": "0.00000000", "ETH": "0.00000000", "USDT": f"{amount}.00000000"}

    def node(self, amount, kind, hash_, level):
        return {"type": kind, "height": level, "balances": self.all_of(amount), "merkleLeaf": hash_}

    def file(self, number, owed, steps, root, total):
        file = super().file(number, owed, steps, root, total)
        file["self"]["precisions"] = {"BTC": 8, "ETH": 8, "USDT": 8}
        return file


class Bybit(Exchange):
    def __init__(self):
        lists = json.loads((SAMPLES / "bybit_asset_lists.json").read_text())
        self.assets = [code for code, _, _ in lists["Asset50"]]

    def all_of(self, amount):
        return {asset: f"{amount if asset == 'USDT' else 0}.00000000" for asset in self.assets}

    def leaf(self, number, owed, customers):
        return sha(sha(f"user {number}") + "".join(self.all_of(owed).values()))

    def parent(self, level, left, right, total, customers):
        return sha(left + right + "".join(self.all_of(total).values()) + str(level + 1))

    def node(self, amount, kind, hash_, height):
        return {"auditId": "1", "balance": self.all_of(amount), "type": kind, "hash": hash_, "height": height}

    def file(self, number, owed, steps, root, total):
        path = [self.node(step.holds, 1 if step.left else 2, step.hash, level) for level, step in enumerate(steps, 1)]
        own = self.node(owed, 2 if steps[0].left else 1, self.leaf(number, owed, 0), 1)
        own |= {"nonce": f"nonce {number}", "userHash": sha(f"user {number}")}
        return {"self": own, "path": [*path, self.node(total, 3, root, len(steps) + 1)]}


class CoinEx(Exchange):
    def leaf(self, number, owed, customers):
        return sha(sha(f"nonce {number}") + compact({"USDT": str(owed)}))

    def parent(self, level, left, right, total, customers):
        return sha(left + right + compact({"USDT": str(total)}))

    def file(self, number, owed, steps, root, total):
        return {
            "root": {"balances": {"USDT": str(total)}, "hash": root},
            "self": {"balances": {"USDT": str(owed)}, "nonce": sha(f"nonce {number}")},
            "path": [
                {"balances": {"USDT": str(step.holds)}, "hash": step.hash, "pos": "left" if step.left else "right"}
                for step in steps
            ],
        }


class Hotcoin(Exchange):
    protocol, assets = "HOTCOIN-POR-SUM", [{"coin": "USDT", "decimals": 4}]

    @staticmethod
    def hash(domain, *fields):
        return sha(bytes([domain]) + compact(fields).encode())

    @property
    def config(self):
        return self.hash(3, self.protocol, "USDT", "4")

    def leaf(self, number, owed, customers):
        return self.hash(
            0, self.protocol, "s-1", self.config, sha(f"account {number}"), sha(f"nonce {number}"), str(owed)
        )

    def parent(self, level, left, right, total, customers):
        return self.hash(1, self.protocol, self.config, left, right, str(total))

    def anchor(self, root, total, owed):
        return to_bytes(
            {
                "protocol": self.protocol,
                "assets": self.assets,
                "snapshotId": "s-1",
                "root": root,
                "leafCount": len(owed),
                "userTotals": {"USDT": str(total)},
            }
        )

    def file(self, number, owed, steps, root, total):
        own = {
            "snapshotId": "s-1",
            "accountId": sha(f"account {number}"),
            "nonce": sha(f"nonce {number}"),
            "balances": {"USDT": str(owed)},
            "leafHash": self.leaf(number, owed, 0),
            "leafIndex": number,
            "leafCount": 2 ** len(steps),
        }
        path = [
            {"position": "LEFT" if step.left else "RIGHT", "hash": step.hash, "balances": {"USDT": str(step.holds)}}
            for step in steps
        ]
        return {"protocol": self.protocol, "assets": self.assets, "self": own, "path": path}


EXCHANGES = {
    "mexc": Mexc(),
    "okx-merkle-1": OkxMerkle1(),
    "bitget": Bitget(),
    "bybit": Bybit(),
    "bitunix": Bitunix(),
    "coinex": CoinEx(),
    "hotcoin": Hotcoin(),
}
"""By the name that our verifier gives to the format."""
