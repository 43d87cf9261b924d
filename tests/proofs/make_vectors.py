"""Make the golden vectors in `src/echt/proofs/vectors/` from the reference alone: `python -m tests.proofs.make_vectors`.

The same bytes every time; `test_vectors.py` compares them with what is committed.
"""

import json
from base64 import b64encode
from pathlib import Path

from tests.proofs import edwards, reference, reference_log
from tests.proofs.signing import COSIGNATURE, Signer
from tests.proofs.vector_cases import cases

FOLDER = Path(__file__).parents[2] / "src" / "echt" / "proofs" / "vectors"
LARGEST = 2**127 - 1
ORDER_OF_ED25519 = 2**252 + 27742317777372353535851937790883648493
CONFIG = reference.configuration([("BTC", 8, "credit"), ("USDT", 6, "credit"), ("BTC", 8, "debt")], 2, 3)
SMALL = reference.configuration([("XAU.gram", 0, "credit")], 0, 0, pieces=1, snapshot="2026-06-30:eod")


def files():
    """What belongs into the folder, by its path there."""
    texts = {"config": configs(), "leaf": leaves(), "node": nodes(), "root": roots()}
    made = {
        "hashes.json": _json(texts),
        "jcs.json": _json(canonical()),
        "ids.json": _json(ids()),
        "keys.json": _json(keys()),
        "notes.json": _json(notes()),
        "log.json": _json(log()),
    }
    return made | cases()


def configs():
    return [
        {
            "config": config,
            "message": (b"echt/1 config\n" + reference.jcs(config)).hex(),
            "hash": reference.config_hash(config).hex(),
        }
        for config in (CONFIG, SMALL)
    ]


def leaves():
    return [_leaf(b"one", [1]), _leaf(b"three", [0, LARGEST, 150_000_000]), _leaf(b"none", [0] * 40)]


def _leaf(name, amounts):
    identity = reference.digest(name)
    message = b"leaf" + identity + reference.u128s(amounts)
    return {"id": identity.hex(), "amounts": _texts(amounts), "message": message.hex(), "hash": _hash(message)}


def nodes():
    return [_node(1, [0], [0]), _node(2, [1, 2**64, 5], [2, 2**64 - 1, 0]), _node(48, [2**126], [2**126 - 1])]


def _node(level, left, right):
    sides = [(reference.digest(b"left"), left), (reference.digest(b"right"), right)]
    message = b"node" + reference.u32(level) + b"".join(hash_ + reference.u128s(sums) for hash_, sums in sides)
    hash_, sums = reference.node(level, *sides)
    return {
        "level": level,
        "left": {"hash": sides[0][0].hex(), "sums": _texts(left)},
        "right": {"hash": sides[1][0].hex(), "sums": _texts(right)},
        "message": message.hex(),
        "hash": hash_.hex(),
        "sums": _texts(sums),
    }


def roots():
    return [_root(CONFIG, [7, 0, LARGEST]), _root(SMALL, [0])]


def _root(config, sums):
    top = reference.digest(b"top")
    message = b"root" + reference.config_hash(config) + top + reference.u128s(sums)
    return {
        "config": config,
        "top": {"hash": top.hex(), "sums": _texts(sums)},
        "message": message.hex(),
        "root": reference.root(config, (top, sums)).hex(),
    }


def canonical():
    values = [
        {"b": 1, "a": [True, False, None], "A": {}},
        {"text": 'a "quoted" word, a \\ and a / and a tab\t'},
        {"controls": "\b\f\n\r\u0001\u001f\u007f"},
        {"beyond": "Ä € 𝄞 \u2028"},
        {"whole": [0, -1, 2**53 - 1]},
        CONFIG,
    ]
    return [{"value": one, "canonical": reference.jcs(one).decode()} for one in values]


def ids():
    return [_id(CONFIG, "10001", 0), _id(CONFIG, "10001", 1), _id(CONFIG, "Jörg 🦊", 0), _id(SMALL, "ß" * 32, 0)]


def _id(config, account, piece):
    master = reference.digest(b"master key")
    key = reference.account_key(master, account)
    identity = reference.leaf_id(key, config, piece, account)
    return {
        "master_key": master.hex(),
        "account": account,
        "account_key": key.hex(),
        "config": config,
        "piece": piece,
        "message": (reference.config_hash(config) + reference.u32(piece) + account.encode()).hex(),
        "id": identity.hex(),
        "bucket": reference.bucket_of(identity, config),
    }


def keys():
    """Ed25519: signatures, and near misses that nobody may accept."""
    signer, other = Signer("demo.example/reserves"), Signer("demo.example/reserves", b"other")
    good = [_signature(one, message) for one in (signer, other) for message in (b"", b"echt", bytes(range(200)))]
    first = good[1]
    point, scalar = bytes.fromhex(first["signature"])[:32], bytes.fromhex(first["signature"])[32:]
    too_big = (int.from_bytes(scalar, "little") + ORDER_OF_ED25519).to_bytes(32, "little")
    bad = [
        {"why": "another message", **_checked(first, message=b"Echt".hex())},
        {"why": "another key", **_checked(first, public=other.public.hex())},
        {"why": "a bit of R", **_checked(first, signature=(bytes([point[0] ^ 1]) + point[1:] + scalar).hex())},
        {"why": "a bit of S", **_checked(first, signature=(point + bytes([scalar[0] ^ 1]) + scalar[1:]).hex())},
        {"why": "S is not below the order of the group", **_checked(first, signature=(point + too_big).hex())},
        {"why": "too short", **_checked(first, signature=first["signature"][:-2])},
        {"why": "a key that is no point of the curve", **_checked(first, public=(b"\x02" + bytes(31)).hex())},
        *_signed_by_nobody(),
    ]
    return {"good": good, "bad": bad}


def _signature(signer, message):
    return {
        "name": signer.name,
        "seed": signer.seed.hex(),
        "public": signer.public.hex(),
        "key_id": signer.key_id().hex(),
        "vkey": signer.vkey,
        "private": signer.private_text,
        "message": message.hex(),
        "signature": signer.private.sign(message).hex(),
    }


def _signed_by_nobody():
    """Keys of small order, in every form; and a key with a part of small order, where only eight times both sides agree."""
    neutral = edwards.encoded(edwards.NEUTRAL)
    keys = {edwards.encoded(point) for point in edwards.small_order()}
    keys |= {(int.from_bytes(key, "little") ^ 1 << 255).to_bytes(32, "little") for key in keys}
    keys |= {(edwards.PRIME + y).to_bytes(32, "little") for y in (0, 1)}
    for key in sorted(keys):
        yield {
            "why": "a key of small order",
            "public": key.hex(),
            "message": "",
            "signature": (neutral + bytes(32)).hex(),
        }
    public, signature = edwards.right_but_for_the_cofactor(b"echt")
    sides = {"public": public.hex(), "message": b"echt".hex(), "signature": signature.hex()}
    yield {"why": "the equation holds only after multiplying by 8", **sides}


def _checked(good, **changes):
    return {name: good[name] for name in ("public", "message", "signature")} | changes


def notes():
    signer, witness = Signer("demo.example/reserves"), Signer("witness.example", b"witness")
    text = "A text.\nIts second line — with a dash.\n"
    body = reference_log.checkpoint("demo.example/reserves", [b"one", b"two"])
    return {
        "vkey": signer.vkey,
        "witness": {
            "vkey": witness.vkey,
            "cosignature_key": _cosignature_key(witness),
            "time": 1_790_000_000,
            "checkpoint": body,
            "message": f"cosignature/v1\ntime 1790000000\n{body}",
            "note": signer.sign(body) + witness.cosign(body, 1_790_000_000),
        },
        "notes": [
            {"text": text, "note": text + "\n", "signers": []},
            {"text": text, "note": signer.sign(text), "signers": [signer.name]},
            {"text": text, "note": signer.sign(text) + witness.line(text), "signers": [signer.name, witness.name]},
        ],
    }


def _cosignature_key(witness):
    key = b64encode(COSIGNATURE + witness.public).decode()
    return f"{witness.name}+{witness.key_id(COSIGNATURE).hex()}+{key}"


def log():
    entries = [f"entry {number}".encode() for number in range(9)]
    sizes = range(len(entries) + 1)
    return {
        "entries": [one.hex() for one in entries],
        "roots": [reference_log.log_root(entries[:size]).hex() for size in sizes],
        "inclusion": [
            {"size": size, "index": index, "path": _hexes(reference_log.log_path(index, entries[:size]))}
            for size in sizes
            for index in range(size)
        ],
        "consistency": [
            {"old": old, "new": new, "path": _hexes(reference_log.log_consistency(old, entries[:new]))}
            for new in sizes
            for old in range(1, new + 1)
        ],
    }


def _texts(numbers):
    return [str(one) for one in numbers]


def _hexes(hashes):
    return [one.hex() for one in hashes]


def _hash(message):
    return reference.digest(message).hex()


def _json(value):
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


if __name__ == "__main__":
    for name, content in files().items():
        place = FOLDER / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
