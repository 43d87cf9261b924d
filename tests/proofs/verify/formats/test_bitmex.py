import hashlib
import hmac
import json
from base64 import b32encode

import pytest

from echt.proofs.verify import Knowledge, Verdict, verify
from tests.proofs.verify.formats.makers import SAMPLES, codes

HEIGHT = 840_000


def u64(number):
    return number.to_bytes(8, "little")


def nonce_of(account):
    return hashlib.sha256(b"nonce %d" % account).digest()


def leaf_key(account, nonce):
    return hashlib.sha256(nonce + u64(HEIGHT) + u64(account)).digest()


def river_nonce(account, key, email):
    return hashlib.sha256(key + email.encode() + u64(account)).digest()


def tree_over(leaves):
    """All levels, the root first, over `(key, satoshis)`."""
    rows = [[(hmac.digest(key, u64(sats) + u64(n), "sha256"), sats) for n, (key, sats) in enumerate(leaves)]]
    while len(rows[0]) > 1:
        rows.insert(0, [node(*rows[0][n : n + 2]) for n in range(0, len(rows[0]), 2)])
    return [one for row in rows for one in row]


def node(left, right):
    hashed = left[0] + u64(left[1]) + right[0] + u64(right[1])
    return hashlib.sha256(hashed).digest(), left[1] + right[1]


def written(nodes):
    return "\n".join([f"block_height:{HEIGHT}", *(f"{digest.hex()},{sats}" for digest, sats in nodes)])


PIECES = [(1, 5), (2, 1000), (2, 2000), (3, 7), (1, 100), (3, 0), (4, 21_000_000), (2, 1)]
NODES = tree_over([(leaf_key(account, nonce_of(account)), sats) for account, sats in PIECES])
TEXT = written(NODES)


def check(text, account=None, nonce=None, **knowledge):
    content = text if isinstance(text, bytes) else text.encode()
    nonce = nonce.hex() if isinstance(nonce, bytes) else nonce
    return verify(content, Knowledge(account=account, nonce=nonce, **knowledge))


def with_node(place, digest=None, sats=None):
    """The file with another hash or amount in a node, and nothing computed anew."""
    old = NODES[place]
    return written([*NODES[:place], (digest or old[0], old[1] if sats is None else sats), *NODES[place + 1 :]])


@pytest.mark.parametrize(("account", "sats", "leaves"), [(1, 105, 2), (2, 3001, 3), (3, 7, 2), (4, 21_000_000, 1)])
def test_a_customer_finds_all_own_pieces_in_the_whole_tree(account, sats, leaves):
    report = check(TEXT, str(account), nonce_of(account))
    assert (report.hashes, report.numbers, report.format_sound) == ("chain", "sane", True)
    assert (report.verdict, report.reasons) == (Verdict.VERIFIED, ())
    assert report.extra == {"amount": str(sats), "leaves": leaves, "total": "21003113"}
    assert report.amounts == {"BTC": f"{sats / 10**8:.8f}"}


def test_the_sample_made_by_the_exchange_s_generator_is_verified():
    expected = json.loads((SAMPLES / "expected.json").read_text())["bitmex_tree.csv"]
    report = check((SAMPLES / "bitmex_tree.csv").read_bytes(), expected["account"], expected["nonce"])
    assert {key: report.as_json()[key] for key in expected if key not in {"account", "nonce"}} == {
        key: value for key, value in expected.items() if key not in {"account", "nonce"}
    }


@pytest.mark.parametrize(("account", "nonce"), [("1", nonce_of(2)), ("5", nonce_of(1)), ("1", bytes(32))])
def test_who_finds_nothing_is_told_so_and_not_that_all_is_well(account, nonce):
    report = check(TEXT, account, nonce)
    assert (report.hashes, report.numbers, report.verdict) == ("chain", "sane", Verdict.NOT_VERIFIED)
    assert codes(report) == ["leaf.nothing_found"]
    assert report.extra == {"amount": "0", "leaves": 0, "total": "21003113"}
    assert report.steps[-1].passed is False


@pytest.mark.parametrize("knowledge", [{}, {"account": "1"}, {"nonce": nonce_of(1)}])
def test_without_account_and_nonce_the_tree_alone_is_checked(knowledge):
    report = check(TEXT, **knowledge)
    assert (report.hashes, report.verdict) == ("chain", Verdict.CONSISTENT_ONLY)
    assert (codes(report), report.amounts) == (["leaf.not_looked_for"], {})


def test_a_key_that_was_given_out_ready_made_is_not_bound_to_the_account():
    report = check(TEXT, "1", leaf_key(2, nonce_of(2)))
    assert (report.verdict, codes(report)) == (Verdict.CONSISTENT_ONLY, ["leaf.key_not_bound"])
    assert report.extra["amount"] == "3001"


@pytest.mark.parametrize("place", range(len(NODES)))
def test_every_hash_of_the_tree_is_recomputed_not_only_those_above_the_customer(place):
    report = check(with_node(place, digest=bytes(32)), "4", nonce_of(4))
    assert (report.hashes, report.verdict) == ("broken", Verdict.NOT_VERIFIED)
    assert codes(report)[0] in {"hashes.node", "hashes.broken"}


@pytest.mark.parametrize("place", range(len(NODES)))
def test_every_amount_of_the_tree_is_added_up(place):
    report = check(with_node(place, sats=NODES[place][1] + 1), "4", nonce_of(4))
    assert (report.numbers, report.verdict) == ("inconsistent", Verdict.NOT_VERIFIED)
    assert {"numbers.node", "numbers.total"} & set(codes(report))


def test_a_total_that_is_too_low_is_not_verified_though_all_hashes_chain():
    report = check(with_node(0, sats=7), "1", nonce_of(1))
    assert (report.hashes, report.numbers, codes(report)) == ("chain", "inconsistent", ["numbers.total"])


def test_an_amount_below_zero_is_said_to_be_one():
    report = check(with_node(9, sats=-1), "1", nonce_of(1))
    assert (report.numbers, report.verdict) == ("negative", Verdict.NOT_VERIFIED)


def test_a_sum_that_wraps_around_64_bits_is_not_verified():
    high = (leaf_key(1, nonce_of(1)), 2**64 - 1), (leaf_key(2, nonce_of(2)), 8)
    left, right = [*tree_over(high[:1]), (hmac.digest(high[1][0], u64(8) + u64(1), "sha256"), 8)]
    wrapped = (node(left, right)[0], 7)
    report = check(written([wrapped, left, right]), "2", nonce_of(2))
    assert (report.hashes, report.numbers, report.verdict) == ("chain", "inconsistent", Verdict.NOT_VERIFIED)


def test_river_s_key_follows_from_the_e_mail_address_too():
    key, account = bytes(range(32)), 0x1234567890
    nodes = tree_over([(leaf_key(account, river_nonce(account, key, "ann@example.org")), 500), (bytes(32), 0)])
    letters = b32encode(account.to_bytes(5, "big")).decode().rstrip("=")
    for name in (str(account), letters):
        report = check(written(nodes), name, key, credential="ann@example.org")
        assert (report.verdict, report.extra["amount"]) == (Verdict.VERIFIED, "500")
    assert check(written(nodes), letters, key, credential="ben@example.org").verdict == Verdict.NOT_VERIFIED
    assert check(written(nodes), letters, key).verdict == Verdict.NOT_VERIFIED


def test_a_tree_of_one_leaf_is_its_own_root():
    report = check(written(tree_over([(leaf_key(1, nonce_of(1)), 5)])), "1", nonce_of(1))
    assert (report.verdict, report.extra) == (Verdict.VERIFIED, {"amount": "5", "leaves": 1, "total": "5"})


@pytest.mark.parametrize("text", [TEXT + "\n", TEXT.replace("\n", "\r\n"), TEXT.replace("\n", "\r\n") + "\r\n"])
def test_line_ends_do_not_matter(text):
    assert check(text, "1", nonce_of(1)).verdict == Verdict.VERIFIED


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("block_height:\n" + TEXT, "line 1"),
        ("block_height:-1\n" + TEXT.split("\n", 1)[1], "line 1"),
        (f"block_height:{HEIGHT}", "line 1"),
        (TEXT.rsplit("\n", 1)[0], "line 15"),
        (TEXT + "\n" + TEXT.split("\n")[1], "line 17"),
        (TEXT.replace(",5\n", ",5.0\n"), "line 9"),
        (TEXT.replace(",5\n", ",+5\n"), "line 9"),
        (TEXT.replace(",5\n", ",٥\n"), "line 9"),
        (TEXT.replace(",5\n", f",{2**64}\n"), "line 9"),
        (TEXT.replace(",5\n", f",{'9' * 5000}\n"), "line 9"),
        (TEXT.replace(",5\n", ",5,5\n"), "line 9"),
        (TEXT.replace("\n", "\n\n", 1), "line"),
        (TEXT.encode() + b"\xff", "line 1"),
        (b"block_height:" + b"\n" * 100_000, "line"),
    ],
)
def test_a_file_that_is_not_in_form_is_not_read(text, line):
    report = check(text, "1", nonce_of(1))
    assert (report.format, report.verdict, codes(report)) == ("bitmex", Verdict.CANNOT_READ, ["form.foreign"])
    assert line in report.reasons[0].text


@pytest.mark.parametrize("account", ["", "-1", "1.0", str(2**64), "9" * 5000, "ann@example.org", "\udcff", "½", "١"])
def test_an_account_that_is_none_is_asked_for_again(account):
    assert codes(check(TEXT, account, nonce_of(1))) == ["account.form"]


@pytest.mark.parametrize("nonce", ["", "00", "x" * 64, "0" * 63, "0" * 65, "\udcff" * 64])
def test_a_nonce_that_is_none_is_asked_for_again(nonce):
    report = check(TEXT, "1", nonce)
    assert (report.verdict, codes(report)) == (Verdict.CANNOT_READ, ["nonce.form"])


def test_another_root_than_the_one_typed_in_is_not_verified():
    assert check(TEXT, "1", nonce_of(1), root=NODES[0][0].hex()).verdict == Verdict.VERIFIED
    assert codes(check(TEXT, "1", nonce_of(1), root="0" * 64)) == ["statement.root"]
