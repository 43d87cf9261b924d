import hashlib
import hmac
import json
from decimal import Decimal

import pytest

from echt.proofs.verify import Knowledge, Verdict, verify
from tests.proofs.verify.formats.every_place import every_place
from tests.proofs.verify.formats.makers import SAMPLES, changed, codes

CREDENTIAL = "20000f995b5305144c082ad3443bf4db"


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def derived(key, purpose, context):
    return hmac.digest(key.encode(), f"SB PoL - {purpose} derivation,{context}".encode(), "sha256").hex()


class Audit:
    """Trees of two currencies for the customers `{user: [(currency, amount), ...]}`, whose credential is `key of USER`."""

    def __init__(self, owed, audit="SBPOL1"):
        self.audit, self.owed = audit, owed
        self.trees = {currency: self.tree(currency) for currency in ("usdc", "CHSB")}

    def leaves(self, currency):
        return [(user, amount) for user, held in self.owed.items() for name, amount in held if name == currency]

    def leaf(self, currency, index, user, amount):
        audit_key = derived(f"key of {user}", "Audit nonce", self.audit)
        tree_key = derived(audit_key, "Currency Merkle tree nonce", currency)
        return sha(f"leaf,{derived(tree_key, 'Leaf nonce', index)},{user},{amount}")

    def tree(self, currency):
        leaves = self.leaves(currency)
        assert len(leaves) in (2, 4, 8)
        levels = [[(self.leaf(currency, n, *one), one[1]) for n, one in enumerate(leaves)]]
        while len(below := levels[-1]) > 1:
            levels.append([self.inner(*below[n : n + 2]) for n in range(0, len(below), 2)])
        return levels

    def inner(self, left, right):
        total = f"{Decimal(left[1]) + Decimal(right[1]):f}"
        return sha(f"inner,{left[1]},{right[1]},{left[0]},{right[0]}"), total

    def roots(self):
        tops = {currency: levels[-1][0] for currency, levels in self.trees.items()}
        fields = [
            field for currency in ("CHSB", "usdc") for field in (f"{self.audit}-{currency}", *tops[currency][::-1])
        ]
        partitions = [
            {
                "commitment": {"digest": digest, "liability": total},
                "currency": currency,
                "id": f"{self.audit}-{currency}",
            }
            for currency, (digest, total) in tops.items()
        ]
        digest = sha(",".join(["SB PoL - Audit commitment hash", *fields]))
        return {"audit": {"commitment": {"digest": digest}, "id": self.audit, "partitions": partitions, "time": ""}}

    def file(self, user):
        liabilities = [
            self.liability(currency, index)
            for currency in self.trees
            for index, (owner, _) in enumerate(self.leaves(currency))
            if owner == user
        ]
        return {"audit_id": self.audit, "liabilities": liabilities, "user_id": user}

    def liability(self, currency, index):
        levels = self.trees[currency]
        witnesses = [nodes[(index >> level) ^ 1] for level, nodes in enumerate(levels[:-1])]
        digest, amount = levels[0][index]
        proof = {
            "leaf_index": index,
            "nonce": digest,
            "witnesses": [{"digest": digest, "liability": amount} for digest, amount in witnesses],
        }
        return {"audit_partition_id": f"{self.audit}-{currency}", "liability": amount, "proof": proof}


OWED = {
    "ann": [("usdc", "8.9"), ("usdc", "0.01"), ("CHSB", "44.81")],
    "ben": [("usdc", "0"), ("CHSB", "1")],
    "cem": [("usdc", "3")],
}
AUDIT = Audit(OWED)


def check(file, roots, credential=None, **knowledge):
    content = file if isinstance(file, bytes) else json.dumps(file).encode()
    statement = None if roots is None else json.dumps(roots).encode()
    return verify(content, Knowledge(statement=statement, credential=credential, **knowledge))


@pytest.mark.parametrize(
    ("user", "amounts"),
    [("ann", {"usdc": "8.91", "CHSB": "44.81"}), ("ben", {"usdc": "0", "CHSB": "1"}), ("cem", {"usdc": "3"})],
)
def test_with_roots_and_credential_a_file_is_verified(user, amounts):
    report = check(AUDIT.file(user), AUDIT.roots(), f"key of {user}")
    assert (report.hashes, report.numbers, report.format_sound) == ("chain", "sane", True)
    assert (report.verdict, report.amounts, report.reasons) == (Verdict.VERIFIED, amounts, ())


def test_the_exchange_s_own_sample_is_verified_with_its_credential_alone():
    roots, file = (json.loads((SAMPLES / f"swissborg_{name}.json").read_text()) for name in ("roots", "user"))
    assert check(file, roots, CREDENTIAL).verdict == Verdict.VERIFIED
    assert check(file, roots, CREDENTIAL).amounts == {"GBP": "1", "CHSB": "20022"}
    assert check(file, roots, CREDENTIAL[:-1] + "c").verdict == Verdict.NOT_VERIFIED


def test_without_the_credential_the_file_is_consistent_only():
    report = check(AUDIT.file("ann"), AUDIT.roots())
    assert (report.hashes, report.format_sound, report.verdict) == ("chain", True, Verdict.CONSISTENT_ONLY)
    assert codes(report) == ["credential.missing"]


def test_without_the_roots_nothing_is_said_about_the_file():
    report = check(AUDIT.file("ann"), None, "key of ann")
    assert (report.verdict, codes(report)) == (Verdict.CANNOT_READ, ["form.second_file"])


def test_one_customer_s_leaves_are_not_another_s():
    assert codes(check(AUDIT.file("ann"), AUDIT.roots(), "key of ben")) == ["hashes.leaf"]
    stolen = AUDIT.file("ann") | {"user_id": "ben"}
    assert codes(check(stolen, AUDIT.roots(), "key of ben")) == ["hashes.leaf"]


@pytest.mark.parametrize(
    ("path", "new", "code"),
    [
        (("user_id",), "eve", "hashes.leaf"),
        (("liabilities", 0, "liability"), "9.9", "hashes.leaf"),
        (("liabilities", 0, "liability"), "8.90", "hashes.leaf"),
        (("liabilities", 0, "proof", "leaf_index"), 1, "hashes.leaf"),
        (("liabilities", 0, "audit_partition_id"), "SBPOL1-CHSB", "hashes.leaf"),
        (("liabilities", 0, "proof", "witnesses", 0, "digest"), "0" * 64, "hashes.broken"),
        (("liabilities", 0, "proof", "witnesses", 1, "liability"), "4", "hashes.broken"),
        (("audit_id",), "SBPOL2", "audit.other"),
    ],
)
def test_a_change_of_the_file_breaks_the_chain(path, new, code):
    report = check(changed(AUDIT.file("ann"), *path, to=new), AUDIT.roots(), "key of ann")
    assert (report.hashes, report.verdict, codes(report)[0]) == ("broken", Verdict.NOT_VERIFIED, code)


@pytest.mark.parametrize(
    ("path", "new", "code"),
    [
        (("commitment", "digest"), "0" * 64, "hashes.broken"),
        (("partitions", 0, "commitment", "digest"), "0" * 64, "hashes.broken"),
        (("partitions", 0, "commitment", "liability"), "1", "hashes.broken"),
        (("partitions", 0, "currency"), "USDT", "hashes.leaf"),
        (("partitions", 1, "id"), "SBPOL1-chsb", "form.foreign"),
        (("partitions", 1, "id"), "SBPOL1-usdc", "form.foreign"),
        (("id",), "SBPOL2", "audit.other"),
    ],
)
def test_a_change_of_the_roots_breaks_the_chain(path, new, code):
    report = check(AUDIT.file("ann"), {"audit": changed(AUDIT.roots()["audit"], *path, to=new)}, "key of ann")
    assert report.verdict in {Verdict.NOT_VERIFIED, Verdict.CANNOT_READ}
    assert code in codes(report)


def test_a_total_that_the_audit_commits_to_but_the_tree_does_not_have_is_not_verified():
    audit = Audit(OWED)
    digest, _ = audit.trees["usdc"][-1][0]
    audit.trees["usdc"][-1][0] = (digest, "5")
    report = check(audit.file("ann"), audit.roots(), "key of ann")
    assert (report.hashes, report.numbers, report.verdict) == ("chain", "inconsistent", Verdict.NOT_VERIFIED)


def test_an_amount_below_zero_is_not_verified_though_the_hashes_chain():
    audit = Audit(OWED | {"cem": [("usdc", "-3")]})
    for user in ("ann", "cem"):
        report = check(audit.file(user), audit.roots(), f"key of {user}")
        assert (report.hashes, report.numbers, report.verdict) == ("chain", "negative", Verdict.NOT_VERIFIED)


def test_a_leaf_that_is_listed_twice_does_not_count_twice():
    file = AUDIT.file("ann")
    file["liabilities"].append(file["liabilities"][0])
    report = check(file, AUDIT.roots(), "key of ann")
    assert (report.numbers, report.verdict, codes(report)) == ("inconsistent", Verdict.NOT_VERIFIED, ["leaf.twice"])


@pytest.mark.parametrize("index", [-1, 4, 2**53, "0", None])
def test_a_place_outside_the_tree_is_not_read(index):
    file = changed(AUDIT.file("ann"), "liabilities", 0, "proof", "leaf_index", to=index)
    assert check(file, AUDIT.roots(), "key of ann").verdict == Verdict.CANNOT_READ


def test_a_comma_cannot_move_the_border_between_two_texts():
    file = changed(AUDIT.file("ann"), "user_id", to="ann,1")
    assert check(file, AUDIT.roots(), "key of ann").verdict == Verdict.CANNOT_READ


def test_another_root_or_user_than_the_one_typed_in_is_not_verified():
    digest = AUDIT.roots()["audit"]["commitment"]["digest"]
    same = check(AUDIT.file("ann"), AUDIT.roots(), "key of ann", root=digest, account="ann")
    assert same.verdict == Verdict.VERIFIED
    assert codes(check(AUDIT.file("ann"), AUDIT.roots(), "key of ann", root="0" * 64)) == ["statement.root"]
    assert codes(check(AUDIT.file("ann"), AUDIT.roots(), "key of ann", account="ben")) == ["identity.account"]


def test_no_change_of_file_or_roots_is_verified_or_raises():
    file, roots = AUDIT.file("ben"), AUDIT.roots()
    for what, content in every_place(file):
        if "'nonce'" in what and "nothing" not in what:
            continue  # with the credential, the hash is computed and not taken from there
        if what in {"('liabilities', 0): nothing", "('liabilities', 1): nothing"}:
            continue  # what is left is true: the exchange may leave out what the customer then misses in the amounts
        assert check(content, roots, "key of ben").verdict != Verdict.VERIFIED, what
    for what, content in every_place(roots):
        report = verify(json.dumps(file).encode(), Knowledge(statement=content, credential="key of ben"))
        assert report.verdict != Verdict.VERIFIED or "'time'" in what, what


@pytest.mark.parametrize("credential", ["", "\udcff", "x" * 100_000, "\0"])
def test_a_strange_credential_is_only_a_wrong_one(credential):
    assert check(AUDIT.file("ann"), AUDIT.roots(), credential).verdict == Verdict.NOT_VERIFIED
