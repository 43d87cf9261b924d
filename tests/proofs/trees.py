"""Trees for tests: how balances are split and places filled there, a world with a log, and a tree too high to be built."""

from tests.proofs import reference
from tests.proofs.signing import Signer, log_part, note_of

MASTER = reference.digest(b"master key")
OPERATOR = Signer("demo.example/reserves")
ORIGIN = "demo.example/reserves"


def padding(config):
    """`pad(bucket, number)` for the reference: pseudo-random ids with the bucket's first bits."""
    bits = config["prefix_bits"]

    def pad(bucket, number):
        rest = int.from_bytes(reference.digest(b"padding", reference.u32(bucket), reference.u32(number)), "big")
        return (bucket << 256 - bits | rest >> bits).to_bytes(32, "big")

    return pad


def split(key, amounts, pieces):
    """Each amount in shares that look random; the last piece has the rest."""
    shares = [[_share(key, piece, column, amounts) for column in range(len(amounts))] for piece in range(pieces - 1)]
    rest = [amount - sum(share[column] for share in shares) for column, amount in enumerate(amounts)]
    return [*shares, rest]


def _share(key, piece, column, amounts):
    number = int.from_bytes(reference.digest(key, reference.u32(piece), reference.u32(column)), "big")
    return number % (amounts[column] // 4 + 1) // (piece + 1) ** 2


def tree(accounts, config):
    return reference.Tree(accounts, config, MASTER, padding(config), split)


class World:
    """A tree, its signed statement, and a log in which it is the last of three."""

    def __init__(self, accounts, config, *, signer=OPERATOR, operator="Demo Börse", tree=tree, **fields):
        self.signer, self.tree = signer, tree(accounts, config)
        self.earlier = [self._earlier(operator, number) for number in (1, 2)]
        previous = reference.digest(self.earlier[-1]).hex()
        self.statement = self.tree.statement(operator, **{"previous": previous} | fields)
        self.note = note_of(self.statement, signer)
        self.entries = [*self.earlier, reference.jcs(self.statement)]

    def _earlier(self, operator, number):
        return reference.jcs(self.tree.statement(operator, reserves=reference.digest(bytes([number])).hex()))

    def log(self, size=3):
        return log_part(self.entries[:size], 2, self.signer, ORIGIN)

    def proof(self, account, **parts):
        return self.tree.proof(account, **{"note": self.note, "log": self.log()} | parts)


class HighTree(reference.Tree):
    """A tree too high to be built: below what leads to the accounts, every subtree is made up."""

    def __init__(self, accounts, config, master=MASTER, split=split):
        self.config, self.master, self.pieces, self.made = config, master, {}, {}
        self.height = config["prefix_bits"] + config["bucket_bits"]
        self.leaves = {}
        for account, amounts in accounts.items():
            key = reference.account_key(master, account)
            shares = split(key, amounts, config["pieces"])
            ids = [reference.leaf_id(key, config, piece, account) for piece in range(config["pieces"])]
            self.pieces[account] = list(zip(ids, shares, strict=True))
            self.leaves |= {self._index(identity): (identity, share) for identity, share in self.pieces[account]}
        self.hash, self.totals = self.at(self.height, 0)
        self.root = reference.root(config, (self.hash, self.totals))

    def _index(self, identity):
        return int.from_bytes(identity, "big") >> 256 - self.height

    def at(self, level, index):
        """The node of this level with this number from the left."""
        if (level, index) not in self.made:
            self.made[level, index] = self._made(level, index)
        return self.made[level, index]

    def _made(self, level, index):
        if all(leaf >> level != index for leaf in self.leaves):
            return self._imagined(level, index)
        if level == 0:
            return reference.leaf(*self.leaves[index])
        return reference.node(level, self.at(level - 1, 2 * index), self.at(level - 1, 2 * index + 1))

    def _imagined(self, level, index):
        seed = reference.digest(b"imagined", reference.u128s([level, index]))
        sums = [int.from_bytes(reference.digest(seed, reference.u32(k))[:7], "big") for k in self._columns()]
        return seed, sums

    def _columns(self):
        return range(len(self.config["columns"]))

    def piece(self, identity, share):
        index = self._index(identity)
        path = [self.at(level, (index >> level) ^ 1) for level in range(self.height)]
        path = [{"hash": one.hex(), "sums": [str(number) for number in sums]} for one, sums in path]
        return {"index": index, "amounts": [str(number) for number in share], "path": path}
