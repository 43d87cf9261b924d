"""`echt/1`, slow and plain, written from the norm alone (`docs/proofs.md`), to measure everything else by.

Nothing here imports from `echt`. A leaf is `(id, amounts)`, a node is `(hash, sums)`. How a balance is split and what fills
free places is the generator's secret and no part of the norm, so both are handed in.
"""

import hashlib
import hmac
import json


# fmt: off
def digest(*parts): return hashlib.sha256(b"".join(parts)).digest()
def u32(number): return number.to_bytes(4, "big")
def u128s(numbers): return b"".join(number.to_bytes(16, "big") for number in numbers)
def mac(key, *parts): return hmac.digest(key, b"".join(parts), "sha256")
def jcs(value): return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
def config_hash(config): return digest(b"echt/1 config\n", jcs(config))
def account_key(master, account): return mac(master, account.encode())
def leaf_id(key, config, piece, account): return mac(key, config_hash(config), u32(piece), account.encode())
def leaf(identity, amounts): return digest(b"leaf", identity, u128s(amounts)), list(amounts)
def root(config, top): return digest(b"root", config_hash(config), top[0], u128s(top[1]))
def bucket_of(identity, config): return int.from_bytes(identity, "big") >> (256 - config["prefix_bits"])
def unsigned(line): return line.decode() + "\n\n"
# fmt: on


def node(level, left, right):
    sums = [a + b for a, b in zip(left[1], right[1], strict=True)]
    assert all(one < 2**127 for one in sums), "a sum reaches 2^127"
    return digest(b"node", u32(level), left[0], u128s(left[1]), right[0], u128s(right[1])), sums


def configuration(columns, prefix_bits, bucket_bits, pieces=2, snapshot="test", taken_at="2026-01-01T00:00:00Z"):
    """`columns` are `(asset, decimals, side)`."""
    columns = [{"asset": asset, "decimals": decimals, "side": side} for asset, decimals, side in columns]
    return {
        "columns": columns,
        "bucket_bits": bucket_bits,
        "format": "echt/1",
        "pieces": pieces,
        "prefix_bits": prefix_bits,
        "snapshot": snapshot,
        "taken_at": taken_at,
    }


class Tree:
    """The tree over all accounts `{id: [amount of each column]}`; `split(key, amounts, pieces)` gives the pieces."""

    def __init__(self, accounts, config, master, pad, split):
        self.config, self.master, self.pieces, buckets = config, master, {}, {}
        for account, amounts in accounts.items():
            key = account_key(master, account)
            ids = [leaf_id(key, config, piece, account) for piece in range(config["pieces"])]
            self.pieces[account] = list(zip(ids, split(key, amounts, config["pieces"]), strict=True))
            for identity, share in self.pieces[account]:
                buckets.setdefault(bucket_of(identity, config), []).append((identity, share))
        free = {n: 2 ** config["bucket_bits"] - len(buckets.get(n, [])) for n in range(2 ** config["prefix_bits"])}
        assert min(free.values()) >= 0, "a bucket is too small"
        zeros = [0] * len(config["columns"])
        self.leaves = [
            one
            for n in sorted(free)
            for one in sorted(buckets.get(n, []) + [(pad(n, k), zeros) for k in range(free[n])])
        ]
        self.levels = [[leaf(*one) for one in self.leaves]]
        while len(below := self.levels[-1]) > 1:
            self.levels.append([node(len(self.levels), *below[k : k + 2]) for k in range(0, len(below), 2)])
        ((self.hash, self.totals),) = self.levels[-1]
        self.root = root(config, (self.hash, self.totals))

    def statement(self, operator="example.org", reserves=None, previous=None):
        return {
            "format": "echt/1",
            "operator": operator,
            "config": self.config,
            "root": self.root.hex(),
            "totals": [str(one) for one in self.totals],
            "reserves": reserves,
            "previous": previous,
        }

    def piece(self, identity, share):
        index = self.leaves.index((identity, share))
        path = [level[(index >> number) ^ 1] for number, level in enumerate(self.levels[:-1])]
        path = [{"hash": one.hex(), "sums": [str(number) for number in sums]} for one, sums in path]
        return {"index": index, "amounts": [str(number) for number in share], "path": path}

    def proof(self, account, note=None, log=None):
        """The proof file; `note` is the statement's signed note as text, unsigned if left out."""
        return {
            "format": "echt/1",
            "statement": note or unsigned(jcs(self.statement())),
            "log": log,
            "account": {"id": account, "key": account_key(self.master, account).hex()},
            "pieces": [self.piece(*one) for one in self.pieces[account]],
        }
