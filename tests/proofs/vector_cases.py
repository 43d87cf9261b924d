"""The proof files of the golden vectors, and what every verifier has to say about each; the bad ones: `vector_faults`."""

from tests.proofs import reference, reference_log
from tests.proofs.signing import Signer, note_of
from tests.proofs.trees import OPERATOR, ORIGIN, HighTree, World
from tests.proofs.vector_case import LARGEST, OTHER, Case, full, spoil, written
from tests.proofs.vector_faults import log_cases, log_folder, unreadable, untrue

COLUMNS = [("BTC", 8, "credit"), ("USDT", 6, "credit"), ("BTC", 8, "debt")]
ACCOUNTS = {
    "10001": [150_000_000, 2_500_000_000, 0],
    "10002": [0, 1, 75_000_000],
    "10003": [2**60, 0, 3],
    "10004": [0, 0, 0],
}
ASSETS = [(f"COIN{number:02}", number % 19, "credit") for number in range(38)]
MANY = [*ASSETS, ("COIN00", 0, "debt"), ("COIN01", 1, "debt")]
WITNESS = Signer("witness.example", b"witness")


def config(columns=COLUMNS, prefix_bits=2, bucket_bits=2, pieces=2, **fields):
    return reference.configuration(columns, prefix_bits, bucket_bits, pieces, "2026-06-30", **fields)


def world():
    return World(ACCOUNTS, config(taken_at="2026-06-30T23:59:59Z"), reserves=reference.digest(b"reserves").hex())


def cases():
    """The files by their paths: the proofs, the statement, two logs and `expected.json`."""
    the = world()
    every = [*good(the), *by_knowledge(the), *other_shapes(), *unreadable(the), *untrue(the), *log_cases(the)]
    assert len({one.name for one in every}) == len(every)
    files = {f"proofs/{one.name}.json": one.content for one in every}
    files["expected.json"] = written([one.expected() for one in every])
    files["statement.note"] = the.note.encode()
    files["statement-unsigned.note"] = reference.unsigned(reference.jcs(the.statement)).encode()
    files["statement-other.note"] = note_of(the.statement | {"operator": "Other"}, OPERATOR).encode()
    return files | log_folder("log", the.entries)


def good(the):
    proof = the.proof("10001")
    have = {"BTC": "1.50000000", "USDT": "2500.000000", "BTC (debt)": "0.00000000"}
    debt = {"BTC": "0.00000000", "USDT": "0.000001", "BTC (debt)": "0.75000000"}
    nothing = {"BTC": "0.00000000", "USDT": "0.000000", "BTC (debt)": "0.00000000"}
    key = {"operator_key": OPERATOR.vkey}
    own_word = ("consistent only", "statement.own_word")
    return [
        Case("good", written(proof), knowledge=full(), amounts=have),
        Case("good.account", written(proof), knowledge=full(account="10001")),
        Case("good.compact", reference.jcs(proof), knowledge=full()),
        Case("good.root", written(proof), knowledge={"root": the.statement["root"]}),
        Case("good.root_and_key", written(proof), knowledge={"root": the.statement["root"]} | key),
        Case(
            "good.debt",
            written(the.proof("10002")),
            knowledge=full(),
            amounts=debt,
        ),
        Case("good.nothing_held", written(the.proof("10004")), knowledge=full(), amounts=nothing),
        Case("good.no_log", written(the.proof("10001", log=None)), knowledge=full()),
        Case("good.cosigned", written(the.proof("10001", log=cosigned(the))), knowledge=full()),
        Case(
            "good.second_signer",
            written(the.proof("10001", note=the.note + WITNESS.line(text_of(the)))),
            knowledge=full(),
        ),
        Case("own_word", written(proof), *own_word),
        Case("own_word.key", written(proof), *own_word, key),
        Case("own_word.statement_without_key", written(proof), *own_word, {"statement": "statement.note"}),
    ]


def text_of(the):
    return reference.jcs(the.statement).decode() + "\n"


def cosigned(the):
    log = the.log()
    body = reference_log.checkpoint(ORIGIN, the.entries)
    return log | {"checkpoint": log["checkpoint"] + WITNESS.cosign(body, 1_790_000_000)}


def by_knowledge(the):
    proof, unsigned = written(the.proof("10001")), reference.unsigned(reference.jcs(the.statement))
    other_note = the.proof("10001", note=OTHER.sign(text_of(the)))
    spoilt = the.proof("10001", note=spoil(the.note))
    no = "not verified"
    return [
        Case("statement.other", proof, no, "statement.other", full(statement="statement-other.note")),
        Case("statement.root", proof, no, "statement.root", {"root": "0" * 64}),
        Case("statement.unsigned", written(the.proof("10001", note=unsigned)), no, "statement.unsigned", full()),
        Case("statement.unsigned.given", proof, no, "statement.unsigned", full(statement="statement-unsigned.note")),
        Case("statement.unsigned.other_key", written(other_note), no, "statement.unsigned", full()),
        Case("statement.unsigned.my_key", proof, no, "statement.unsigned", full(operator_key=OTHER.vkey)),
        Case("statement.signature", written(spoilt), no, "statement.signature", full()),
        Case("identity.account", proof, no, "identity.account", full(account="10002")),
    ]


def other_shapes():
    """One customer alone, one leaf, many pieces, the largest amount, the longest name, and 40 columns in height 30."""
    one = [("XAU.gram", 0, "credit")]
    longest = "Zoë Łukasz Dvořák 🦊 ﬁ é 𝄞 " + "0123456789" * 2
    longest += "x" * (64 - len(longest.encode()))
    assert len(longest.encode()) == 64
    return [
        shaped("one_leaf", {"a": [42]}, config(one, 0, 0, 1), {"XAU.gram": "42"}),
        shaped("one_account", {"7": [1, 2, 3]}, config(prefix_bits=0, bucket_bits=1, pieces=1)),
        shaped("no_buckets", {"a": [5], "b": [6]}, config(one, 0, 3, 2)),
        shaped("buckets_of_one", {"a": [5]}, config(one, 5, 0, 2)),
        shaped("three_pieces", ACCOUNTS | {"a": [9, 9, 9]}, config(pieces=3, bucket_bits=3), {"BTC": "0.00000009", "USDT": "0.000009", "BTC (debt)": "0.00000009"}, "a"),
        shaped("sixteen_pieces", {"a": [10**30]}, config([("SAT", 36, "credit")], 3, 4, 16), {"SAT": "0.000001" + "0" * 30}),
        shaped("largest_amount", {"a": [LARGEST]}, config(one, 1, 2, 2), {"XAU.gram": str(LARGEST)}),
        shaped("largest_amount_with_decimals", {"a": [LARGEST]}, config([("X", 36, "debt")], 1, 2, 1), {"X (debt)": "170.141183460469231731687303715884105727"}),
        shaped("longest_account", {longest: [1]}, config(one, 1, 2, 2)),
        shaped("forty_columns_height_30", {"10001": [10**number for number in range(36)] + [1, 2, 3, 4]}, config(MANY, 16, 14, 2), tree=HighTree),
        shaped("height_48", {"10001": [1]}, config(one, 24, 24, 1), tree=HighTree),
        shaped("prefix_48", {"10001": [1]}, config(one, 48, 0, 3), tree=HighTree),
    ]  # fmt: skip


def shaped(name, accounts, config, amounts=None, account=None, **how):
    the = World(accounts, config, **how)
    knowledge = {"root": the.statement["root"], "operator_key": OPERATOR.vkey}
    return Case(
        f"good.{name}", written(the.proof(account or next(iter(accounts)))), knowledge=knowledge, amounts=amounts
    )
