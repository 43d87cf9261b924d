"""The same exchange, with `echt/1` proof files: an attacker who builds any tree and tells every customer anything.

What the attacker may do: give every node of the tree any sums (a *claim*, which need not be what its children hold), tell
each customer other sums and other hashes of every neighbour, and sign whatever is needed; the root alone is published and
the same for all, as customers compare it. What a customer knows: the own account number, key and balance.

What must hold whatever the attacker does: the customers whose files are accepted are owed no more together than the total
that is shown. In `sum_only` it does not hold. Here it does, because a parent's hash is taken of *each* child's sums: for a
neighbour to be told smaller, its hash or the parent's must be another one, and so the root.

Hashes are made here from the norm, with the plain reference's `digest`; nothing is taken from the code under test.
"""

import json
from dataclasses import dataclass, replace

from echt.proofs.verify import Knowledge, Report, Verdict, verify
from tests.proofs import reference

MASTER = reference.digest(b"attack")


@dataclass(frozen=True)
class Told:
    """What a customer is given: own leaf's place and amounts, and what stands beside, from below upwards."""

    account: str
    index: int
    amounts: list[int]
    path: list[tuple[bytes, list[int]]]


class ClaimedTree:
    """A tree over one piece for each customer, in which node `number` on `level` claims what `claims` says, else its sums."""

    def __init__(self, owed, claims=(), columns=1):
        self.accounts = list(owed)
        self.owed = owed
        height = (len(owed) - 1).bit_length()
        names = [(f"A{n}", 0, "credit") for n in range(columns)]
        self.config = reference.configuration(names, prefix_bits=0, bucket_bits=height, pieces=1)
        claims = dict(claims)
        self.levels = [[self.leaf(account, claims.get((0, n))) for n, account in enumerate(owed)]]
        for level in range(1, height + 1):
            self.levels.append([self.parent(level, n, claims.get((level, n))) for n in range(2 ** (height - level))])
        (self.top,) = self.levels[-1]
        self.root = root_of(self.config, self.top)

    def key(self, account):
        return reference.account_key(MASTER, account)

    def leaf(self, account, claim=None):
        """The leaf that the customer will compute, with another claim beside it where the attacker wants one."""
        identity = reference.leaf_id(self.key(account), self.config, 0, account)
        digest, amounts = reference.leaf(identity, self.owed[account])
        return digest, claim or amounts

    def parent(self, level, number, claim):
        left, right = self.levels[level - 1][2 * number : 2 * number + 2]
        return node(level, left, right, claim)

    def told(self, account):
        """What is true by this tree."""
        index = self.accounts.index(account)
        path = [nodes[(index >> level) ^ 1] for level, nodes in enumerate(self.levels[:-1])]
        return Told(account, index, self.owed[account], path)

    def told_to_fit(self, account):
        """As in `sum_only`: every neighbour is told to hold what is missing to the claim above."""
        told, own, path = self.told(account), self.owed[account], []
        for level, (digest, _) in enumerate(told.path, 1):
            claim = self.levels[level][told.index >> level][1]
            path.append((digest, [above - below for above, below in zip(claim, own, strict=True)]))
            own = claim
        return replace(told, path=path)

    def statement(self, **fields):
        sums = [str(one) for one in self.top[1]]
        whole = {"config": self.config, "format": "echt/1", "operator": "attacker", "previous": None, "reserves": None}
        return whole | {"root": self.root.hex(), "totals": sums} | fields

    def file(self, told, **fields):
        """The proof file; `fields` replace members of the statement."""
        piece = {"index": told.index, "amounts": texts(told.amounts), "path": [as_json(one) for one in told.path]}
        return {
            "format": "echt/1",
            "statement": reference.unsigned(reference.jcs(self.statement(**fields))),
            "log": None,
            "account": {"id": told.account, "key": self.key(told.account).hex()},
            "pieces": [piece],
        }

    def answer(self, told, **fields) -> Report:
        """What our verifier says to a customer who compares the root and knows the own account number."""
        return ask(self.file(told, **fields), self.root, told.account)


def node(level, left, right, claim=None):
    """A parent by the norm, which however claims to hold what the attacker wants."""
    hashed = (left[0], as_bytes(left[1]), right[0], as_bytes(right[1]))
    sums = [one + other for one, other in zip(left[1], right[1], strict=True)]
    return reference.digest(b"node", reference.u32(level), *hashed), claim or sums


def root_of(config, top):
    return reference.digest(b"root", reference.config_hash(config), top[0], as_bytes(top[1]))


def as_bytes(sums):
    """16 bytes a number, whatever the number: what is below nothing or too large wraps around, as in careless code."""
    return b"".join((one % 2**128).to_bytes(16, "big") for one in sums)


def texts(numbers):
    return [str(number) for number in numbers]


def as_json(one):
    digest, sums = one
    return {"hash": digest.hex(), "sums": texts(sums)}


def ask(file, root, account) -> Report:
    return verify(json.dumps(file).encode(), Knowledge(root=root.hex(), account=account))


def accepted(report) -> bool:
    return report.verdict in {Verdict.VERIFIED, Verdict.CONSISTENT_ONLY}


def codes(report) -> list[str]:
    return [reason.code for reason in report.reasons]


def is_too_little(tree, believers) -> bool:
    """Whether those who accepted a file are owed more than the total that was shown; the attacker's success."""
    owed = [sum(column) for column in zip(*(tree.owed[account] for account in believers), strict=True)]
    return any(one > shown for one, shown in zip(owed, tree.top[1], strict=False))
