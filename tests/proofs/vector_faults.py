"""Proof files of the golden vectors that no verifier may accept."""

from copy import deepcopy

from tests.proofs import reference, reference_log
from tests.proofs.signing import log_part, note_of
from tests.proofs.trees import OPERATOR, ORIGIN
from tests.proofs.vector_case import LARGEST, OTHER, Case, full, spoil, written


def edited(proof, *path, to):
    """A copy of the proof with one place changed; `to` is the value, or a function of the present one."""
    changed = deepcopy(proof)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to(place[path[-1]]) if callable(to) else to
    return changed


def restated(the, **fields):
    """The proof with another statement, signed by the operator, in no log."""
    return the.proof("10001", note=note_of(the.statement | fields, OPERATOR), log=None)


def unreadable(the):
    proof, text = the.proof("10001"), written(the.proof("10001"))
    deep = b"[" * 40 + b"]" * 40
    signed = the.note.split("\n\n")
    twice = signed[0].replace('{"config"', '{"operator":"x","config"', 1)
    raw = {
        "form.size": text,
        "form.encoding": text.replace(b"10001", b"\xff0001", 1),
        "form.encoding.utf16": text.decode().encode("utf-16"),
        "form.json": text[:-3],
        "form.json.empty": b"",
        "form.json.bom": b"\xef\xbb\xbf" + text,
        "form.json.deep": text.replace(b'"log": {', b'"log": ' + deep + b', "more": {', 1),
        "form.json.float": text.replace(b'"index": 2,', b'"index": 2.0,', 1),
        "form.json.nan": text.replace(b'"index": 2,', b'"index": NaN,', 1),
        "form.json.exponent": text.replace(b'"index": 2,', b'"index": 2e0,', 1),
        "form.json.big": text.replace(b'"index": 2,', b'"index": 9007199254740992,', 1),
        "form.json.surrogate": text.replace(b"10001", b"\\ud800", 1),
        "form.duplicate_key": text.replace(b'"format"', b'"format": "echt/1", "format"', 1),
        "form.duplicate_key.escaped": text.replace(b'"format"', b'"form\\u0061t": "echt/1", "format"', 1),
    }
    shaped = {
        "form.format": edited(proof, "format", to="echt/2"),
        "form.unknown_field": proof | {"comment": "x"},
        "form.unknown_field.piece": edited(proof, "pieces", 0, to=lambda piece: piece | {"id": "0" * 64}),
        "form.missing_field": {name: proof[name] for name in proof if name != "log"},
        "form.missing_field.path": edited(proof, "pieces", 0, "path", 0, to={"hash": "0" * 64}),
        "form.type": edited(proof, "pieces", to={}),
        "form.type.index": edited(proof, "pieces", 0, "index", to="2"),
        "form.type.index_boolean": edited(proof, "pieces", 0, "index", to=True),
        "form.type.amount": edited(proof, "pieces", 0, "amounts", 0, to=1),
        "form.number": edited(proof, "pieces", 0, "amounts", 0, to="01"),
        "form.number.negative": edited(proof, "pieces", 0, "path", 1, "sums", 0, to="-1"),
        "form.number.too_big": edited(proof, "pieces", 0, "path", 0, "sums", 0, to=str(2**127)),
        "form.number.digits": edited(proof, "pieces", 0, "amounts", 0, to="１"),
        "form.number.empty": edited(proof, "pieces", 0, "amounts", 0, to=""),
        "form.number.line_feed": edited(proof, "pieces", 0, "amounts", 2, to=lambda text: text + "\n"),
        "form.hex": edited(proof, "account", "key", to=str.upper),
        "form.hex.short": edited(proof, "pieces", 1, "path", 0, "hash", to=lambda text: text[:-2]),
        "form.account": edited(proof, "account", "id", to="ß" * 33),
        "form.account.empty": edited(proof, "account", "id", to=""),
        "form.statement": edited(proof, "statement", to=lambda text: text.replace('{"config"', '{ "config"', 1)),
        "form.statement.no_note": edited(proof, "statement", to=lambda text: text.split("\n")[0]),
        "form.statement.duplicate_key": edited(proof, "statement", to="\n\n".join([twice, signed[1]])),
        "form.statement.totals": restated(the, totals=the.statement["totals"][:-1]),
        "form.statement.root": restated(the, root=the.statement["root"].upper()),
        "form.statement.operator": restated(the, operator="two\nlines"),
        "form.statement.base64": edited(proof, "statement", to=loose),
        "form.config": reconfigured(the, pieces=17),
        "form.config.height": reconfigured(the, bucket_bits=47),
        "form.config.side": reconfigured(the, columns=[{"asset": "BTC", "decimals": 8, "side": "both"}] * 3),
        "form.config.column_twice": reconfigured(the, columns=the.tree.config["columns"][:1] * 3),
        "form.config.no_day": reconfigured(the, taken_at="2026-02-30T00:00:00Z"),
        "form.config.snapshot": reconfigured(the, snapshot="a b"),
        "form.pieces": edited(proof, "pieces", to=lambda pieces: pieces[:1]),
        "form.index": edited(proof, "pieces", 0, "index", to=16),
        "form.index.negative": edited(proof, "pieces", 0, "index", to=-1),
        "form.columns": edited(proof, "pieces", 0, "amounts", to=lambda amounts: amounts[:2]),
        "form.columns.sums": edited(proof, "pieces", 1, "path", 3, "sums", to=lambda sums: [*sums, "0"]),
        "form.path_length": edited(proof, "pieces", 1, "path", to=lambda path: path[:-1]),
        "form.log": edited(proof, "log", "index", to=3),
        "form.log.checkpoint": edited(proof, "log", "checkpoint", to="demo.example\n3\n\n"),
        "form.log.path": edited(proof, "log", "path", to=lambda path: path * 2),
    }
    files = raw | {name: written(value) for name, value in shaped.items()}
    assert {name for name, content in files.items() if content == text} == {"form.size"}
    return [
        Case(
            name,
            content,
            "cannot read",
            ".".join(name.split(".")[:2]),
            full(),
            pad_to=2**26 + 1 if name == "form.size" else None,
        )
        for name, content in files.items()
    ]


def loose(note):
    """The unused bits of the last signature's base64 set: it decodes to the same bytes, and is another text."""
    assert note.endswith("=\n")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return f"{note[:-3]}{alphabet[alphabet.index(note[-3]) + 1]}=\n"


def reconfigured(the, **fields):
    return restated(the, config=the.tree.config | fields)


def untrue(the):
    """Readable, signed by the operator, and false; the customer brings the very statement that the file has."""
    proof, other, no = the.proof("10001"), the.proof("10003"), "not verified"
    totals = the.statement["totals"]
    moved = edited(proof, "pieces", 0, "index", to=lambda index: index ^ 4)
    beside = edited(proof, "pieces", 0, "index", to=lambda index: index ^ 1)
    big = edited(proof, "pieces", 0, "path", 0, "sums", 0, to=str(LARGEST))
    late = edited(proof, "pieces", 1, "path", 3, "sums", 1, to=str(LARGEST))
    more = edited(proof, "pieces", 0, "amounts", 0, to=lambda text: str(int(text) + 1))
    less = edited(proof, "pieces", 1, "path", 2, "sums", 0, to=lambda text: str(int(text) - 1))
    hash_ = edited(proof, "pieces", 1, "path", 0, "hash", to=lambda text: "f" * 8 + text[8:])
    swapped = edited(proof, "pieces", to=lambda pieces: pieces[::-1])
    files = {
        "identity.bucket": (moved, "identity.bucket"),
        "identity.bucket.pieces_swapped": (swapped, "identity.bucket"),
        "identity.bucket.key": (edited(proof, "account", "key", to="0" * 64), "identity.bucket"),
        "path.sum": (big, "path.sum"),
        "path.sum.second_piece": (late, "path.sum"),
        "path.root": (more, "path.root"),
        "path.root.sibling_sum": (less, "path.root"),
        "path.root.sibling_hash": (hash_, "path.root"),
        "path.root.side": (beside, "path.root"),
        "path.root.path_of_another": (edited(proof, "pieces", 0, "path", to=other["pieces"][0]["path"]), "path.root"),
    }
    false_totals = restated(the, totals=[totals[0], str(int(totals[1]) - 1), totals[2]])
    told = [Case(name, written(file), no, reason, full()) for name, (file, reason) in files.items()]
    return [*told, Case("totals.differ", written(false_totals), no, "totals.differ", {"operator_key": OPERATOR.vkey})]


def log_cases(the):
    """The log: its signature, inclusion, and what an older checkpoint shows."""
    body, log, no = reference_log.checkpoint(ORIGIN, the.entries), the.log(), "not verified"
    older = {size: OPERATOR.sign(reference_log.checkpoint(ORIGIN, the.entries[:size])) for size in (1, 2, 3)}
    longer = OPERATOR.sign(reference_log.checkpoint(ORIGIN, [*the.entries, b"later"]))
    forked = OPERATOR.sign(reference_log.checkpoint(ORIGIN, [the.entries[0], b"shown to another"]))
    same_size = OPERATOR.sign(reference_log.checkpoint(ORIGIN, [*the.entries[:2], b"shown to another"]))
    elsewhere = log_part([*the.earlier, b"another"], 2, OPERATOR, ORIGIN)
    proof = written(the.proof("10001"))

    def with_log(**fields):
        return written(the.proof("10001", log=log | fields))

    def brought(checkpoint):
        return full(older_checkpoint=checkpoint, log="log")

    return [
        Case("log.key", with_log(checkpoint=body + "\n"), no, "log.key", full()),
        Case("log.key.other", with_log(checkpoint=OTHER.sign(body)), no, "log.key", full()),
        Case("log.signature", with_log(checkpoint=spoil(log["checkpoint"])), no, "log.signature", full()),
        Case("log.inclusion", with_log(path=["0" * 64]), no, "log.inclusion", full()),
        Case("log.inclusion.elsewhere", with_log(checkpoint=elsewhere["checkpoint"]), no, "log.inclusion", full()),
        Case("log.older", proof, no, "log.older", brought(longer)),
        Case("log.older.same_size", proof, no, "log.older", brought(same_size)),
        Case("log.consistency", proof, no, "log.consistency", brought(forked)),
        Case("good.older_1", proof, knowledge=brought(older[1])),
        Case("good.older_2", proof, knowledge=brought(older[2])),
        Case("good.older_3", proof, knowledge=brought(older[3])),
    ]


def log_folder(name, entries):
    """The log as C2SP tiles; so short that one partial tile holds it."""
    size = len(entries)
    leaves = b"".join(reference.digest(b"\0", one) for one in entries)
    bundle = b"".join(len(one).to_bytes(2, "big") + one for one in entries)
    return {
        f"{name}/checkpoint": OPERATOR.sign(reference_log.checkpoint(ORIGIN, entries)).encode(),
        f"{name}/tile/0/000.p/{size}": leaves,
        f"{name}/tile/entries/000.p/{size}": bundle,
    }
