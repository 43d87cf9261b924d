"""What the engine derives from the master key, in plain Python: to read, and to test the fast versions against.

None of this is part of the norm but `account_key`: another generator may pad and split in its own way. Both must look
random to whoever has not the master key, and both must come out the same on every machine, so that a build can be
resumed and repeated.
"""

import hmac
from hashlib import sha256


def account_key(master_key: bytes, account: bytes) -> bytes:
    """`HMAC(master_key, account_id)`: given to the customer, in the proof file."""
    return hmac.digest(master_key, account, "sha256")


def leaf_id(key: bytes, config: bytes, piece: int, account: bytes) -> bytes:
    """`HMAC(account_key, config || u32(piece) || account_id)`: where a piece stands."""
    return hmac.digest(key, config + piece.to_bytes(4, "big") + account, "sha256")


def padding_key(master_key: bytes, config: bytes) -> bytes:
    """The secret that the padding of this snapshot comes from."""
    return hmac.digest(master_key, b"echt/1 padding\n" + config, "sha256")


def padding_id(key: bytes, prefix_bits: int, bucket: int, number: int) -> bytes:
    """The id of a bucket's padding leaf: as good as random but for the bucket's first bits."""
    digest = sha256(key + bucket.to_bytes(8, "big") + number.to_bytes(4, "big")).digest()
    kept = 256 - prefix_bits
    return (int.from_bytes(digest, "big") & (1 << kept) - 1 | bucket << kept).to_bytes(32, "big")


def shares(key: bytes, config: bytes, amounts: list[int], pieces: int) -> list[list[int]]:
    """The amounts of each piece, of the account with this `account_key` (see `kernel.shares`)."""
    values = _random(key, config, (pieces - 1) * len(amounts))
    divided = [
        _gaps(sorted(values[cut * len(amounts) + column] * (amount + 1) >> 128 for cut in range(pieces - 1)), amount)
        for column, amount in enumerate(amounts)
    ]
    return [[gaps[piece] for gaps in divided] for piece in range(pieces)]


def _random(key: bytes, config: bytes, count: int) -> list[int]:
    """Numbers below 2^128: the halves of `HMAC(account_key, "echt/1 split" || config || u32(i))`, i = 0, 1, ..."""
    digests = (hmac.digest(key, b"echt/1 split" + config + i.to_bytes(4, "big"), "sha256") for i in range(count))
    return [int.from_bytes(half, "big") for digest in digests for half in (digest[:16], digest[16:])][:count]


def _gaps(cuts: list[int], amount: int) -> list[int]:
    return [end - start for start, end in zip([0, *cuts], [*cuts, amount], strict=True)]
