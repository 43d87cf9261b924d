"""The hashes of `echt/1`: how customers, balances and totals become one root.

1. Every hash is SHA-256 in full length and begins with a word of its own, so that none passes for another.
2. A parent commits to the hash *and the sums* of each child. To commit to the sum of both is not enough: every customer
   could then be shown a neighbour with less than its true sums.
3. Amounts are 16 bytes, unsigned: there is no way to write less than nothing. A sum below 2^127 cannot have overflowed.
4. A leaf's identity follows from the account number and a key that the customer has, so that one leaf cannot be shown
   to two.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from hashlib import sha256

AMOUNT_BYTES = 16
AMOUNT_LIMIT = 2**127

TreeNode = tuple[bytes, Sequence[int]]
"""A node: its hash and its sums, in the order of the columns."""


def config_hash(canonical_config: bytes) -> bytes:
    """What the whole tree is bound to: the configuration as canonical JSON."""
    return sha256(b"echt/1 config\n" + canonical_config).digest()


def leaf_identity(account_key: bytes, config: bytes, piece: int, account: bytes) -> bytes:
    return hmac.new(account_key, config + piece.to_bytes(4, "big") + account, sha256).digest()


def leaf_node(identity: bytes, amounts: Sequence[int]) -> TreeNode:
    return sha256(b"leaf" + identity + _amount_bytes(amounts)).digest(), amounts


def parent_node(level: int, left: TreeNode, right: TreeNode) -> TreeNode:
    """The node above both, at this level; leaves have level 0. Its sums may reach the limit: look."""
    digest = sha256(b"node" + level.to_bytes(4, "big") + _node_bytes(left) + _node_bytes(right)).digest()
    return digest, [one + other for one, other in zip(left[1], right[1])]


def root_hash(config: bytes, top: TreeNode) -> bytes:
    return sha256(b"root" + config + _node_bytes(top)).digest()


def bucket_of(identity: bytes, prefix_bits: int) -> int:
    """The first bits of the identity, as a number."""
    return int.from_bytes(identity, "big") >> 8 * len(identity) - prefix_bits


def _node_bytes(node: TreeNode) -> bytes:
    digest, sums = node
    return digest + _amount_bytes(sums)


def _amount_bytes(amounts: Sequence[int]) -> bytes:
    return b"".join([amount.to_bytes(AMOUNT_BYTES, "big") for amount in amounts])
