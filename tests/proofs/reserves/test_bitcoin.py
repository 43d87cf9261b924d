"""Bitcoin's signed messages: the vectors of BIP-322 and Bitcoin Core, and signatures made here."""

import json
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from coincurve import PrivateKey

from echt.proofs.reserves.signatures import Claim, Control, Why, check
from echt.proofs.reserves.signatures.bitcoin import bip322
from echt.proofs.reserves.signatures.bitcoin.addresses import key_hash_lock, read
from echt.proofs.reserves.signatures.bitcoin.coins import COINS
from echt.proofs.reserves.signatures.digests import hash160, sized
from echt.proofs.reserves.signatures.secp256k1 import ORDER
from tests.proofs.reserves import signers
from tests.proofs.reserves.signers import MESSAGE, bitcoin, key, multisig, p2pkh, p2sh, segwit, short, signmessage

VECTORS = json.loads((Path(__file__).parent / "vectors" / "bip322.json").read_text("utf-8"))
ALL_KINDS = {"P2PKH": p2pkh, "P2SH": signers.nested, "P2WPKH": signers.p2wpkh}


def named(kind: str):
    return [pytest.param(*vector[1:], id=vector[0].replace(" ", "-")) for vector in VECTORS[kind]]


@pytest.mark.parametrize("vector", VECTORS["hashes"], ids=["empty", "hello", "utf-8"])
def test_bip322_transactions_have_the_published_hashes(vector):
    lock, content = read(vector["address"], COINS["bitcoin"]), vector["message"].encode()

    assert bip322.message_hash(content).hex() == vector["message_hash"]
    assert bip322.to_spend(content, lock).id[::-1].hex() == vector["to_spend"]
    assert bip322.to_sign(content, lock).id[::-1].hex() == vector["to_sign"]


@pytest.mark.parametrize(("message", "address", "signature"), named("good"))
def test_bip322_published_signatures_are_proven(message, address, signature):
    assert check(bitcoin(address, signature, message=message)).control is Control.PROVEN


@pytest.mark.parametrize(("message", "address", "signature"), named("beyond"))
def test_rule_9_scripts_with_time_locks_are_unchecked(message, address, signature):
    finding = check(bitcoin(address, signature, message=message))

    assert (finding.control, finding.why) == (Control.UNCHECKED, Why.SCRIPT_KIND)


@pytest.mark.parametrize(("message", "address", "signature"), named("bad"))
def test_bip322_published_faults_fail(message, address, signature):
    assert check(bitcoin(address, signature, message=message)).control is Control.FAILED


@pytest.mark.parametrize(("message", "address", "signature"), named("good"))
def test_bip322_another_message_fails(message, address, signature):
    assert check(bitcoin(address, signature, message=message + ".")).control is Control.FAILED


@pytest.mark.parametrize(
    ("address", "message", "signature"),
    [
        (
            "15CRxFdyRpGZLW9w8HnHvVduizdL5jKNbs",
            "Trust no one",
            "IPojfrX2dfPnH26UegfbGQQLrdK844DlHq5157/P6h57WyuS/Qsl+h/WSVGDF4MUi4rWSswW38oimDYfNNUBUOk=",
        ),
        (
            "11canuhp9X2NocwCq7xNrQYTmUgZAnLK3",
            "Trust me",
            "IIcaIENoYW5jZWxsb3Igb24gYnJpbmsgb2Ygc2Vjb25kIGJhaWxvdXQgZm9yIGJhbmtzIAaHRtbCeDZINyavx14=",
        ),
    ],
)
def test_bitcoin_cores_own_examples(address, message, signature):
    assert check(bitcoin(address, signature, message=message)).scheme == "signmessage"


def test_a_long_key_has_a_head_of_its_own():
    long = key(1).public_key.format(compressed=False)

    assert check(bitcoin(p2pkh(long), signmessage(key(1), head=27))).control is Control.PROVEN
    assert check(bitcoin(p2pkh(long), signmessage(key(1), head=31))).why is Why.SIGNATURE_OTHER
    assert check(bitcoin(p2pkh(short(key(1))), signmessage(key(1), head=27))).why is Why.SIGNATURE_OTHER


@pytest.mark.parametrize(
    ("kind", "head", "scheme"),
    [
        ("P2PKH", 31, "signmessage"),
        ("P2SH", 31, "signmessage, Electrum"),
        ("P2SH", 35, "signmessage, BIP-137"),
        ("P2WPKH", 31, "signmessage, Electrum"),
        ("P2WPKH", 39, "signmessage, BIP-137"),
        ("P2PKH", 35, None),
        ("P2PKH", 39, None),
        ("P2SH", 27, None),
        ("P2SH", 39, None),
        ("P2WPKH", 35, None),
    ],
)
def test_the_head_says_for_which_kind_of_address_it_is(kind, head, scheme):
    finding = check(bitcoin(ALL_KINDS[kind](short(key(1))), signmessage(key(1), head=head)))

    assert finding.scheme == scheme
    assert scheme or finding.why is Why.SIGNATURE_HEADER


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_rule_2_another_key_and_another_message_fail(kind):
    address = ALL_KINDS[kind](short(key(1)))

    assert check(bitcoin(address, signmessage(key(2)))).why is Why.SIGNATURE_OTHER
    assert check(bitcoin(address, signmessage(key(1)), message=MESSAGE + " ")).why is Why.SIGNATURE_OTHER


def test_rule_5_a_high_s_is_as_good_for_signmessage():
    """Bitcoin Core takes both; it is the same key's signature."""
    assert check(bitcoin(p2pkh(short(key(1))), signmessage(key(1), high=True))).control is Control.PROVEN


@pytest.mark.parametrize("form", ["P2SH", "P2WSH", "P2WSH in P2SH"])
def test_rule_4_as_many_different_keys_must_sign_as_the_script_asks(form):
    script = multisig(2, [short(key(number)) for number in (1, 2, 3)])
    address = {
        "P2SH": p2sh(script),
        "P2WSH": segwit(sha256(script).digest()),
        "P2WSH in P2SH": p2sh(b"\x00\x20" + sha256(script).digest()),
    }[form]
    one, two, three, other = (signmessage(key(number)) for number in (1, 2, 3, 4))

    assert check(bitcoin(address, one, three, script=script)).scheme == "signmessage, 2 of 3 keys"
    assert check(bitcoin(address, one, two, three, script=script)).control is Control.PROVEN
    assert check(bitcoin(address, two, script=script)).why is Why.SCRIPT_FEW
    assert check(bitcoin(address, one, one, script=script)).why is Why.SCRIPT_FEW
    assert check(bitcoin(address, one, signmessage(key(1), high=True), script=script)).why is Why.SCRIPT_FEW
    assert check(bitcoin(address, one, other, script=script)).why is Why.SIGNATURE_OTHER


def test_the_script_must_belong_to_the_address():
    script, other = (multisig(1, [short(key(number))]) for number in (1, 2))
    claim = bitcoin(p2sh(script), signmessage(key(2)), script=other)

    assert check(claim).why is Why.SCRIPT_OTHER
    assert check(bitcoin(segwit(sha256(script).digest()), signmessage(key(1)))).why is Why.SCRIPT_MISSING


@pytest.mark.parametrize(
    "script", [b"", b"\x51", b"\x51\xae", b"\x51\x21" + bytes(33) + b"\x51\xae", b"\x00" * 40, b"\x52\x51\xae"]
)
def test_rule_9_a_script_of_another_kind_is_unchecked(script):
    finding = check(bitcoin(p2sh(script), signmessage(key(1)), script=script))

    assert (finding.control, finding.why) == (Control.UNCHECKED, Why.SCRIPT_KIND)


def spend(signer: PrivateKey, *, flag: int = 1, high: bool = False) -> bytes:
    """A P2WPKH witness for the message."""
    lock = read(signers.p2wpkh(short(signer)), COINS["bitcoin"])
    digest = bip322.to_sign(MESSAGE.encode(), lock).segwit_digest(key_hash_lock(lock.program).script)
    signature = signer.sign(digest, hasher=None)
    return b"\x02" + sized((negated(signature) if high else signature) + bytes([flag])) + sized(short(signer))


def negated(der: bytes) -> bytes:
    r_end = 4 + der[3]
    s = (ORDER - int.from_bytes(der[r_end + 2 :])).to_bytes(33)
    body = der[2:r_end] + b"\x02" + sized(s)
    return b"\x30" + sized(body)


def test_rule_5_bip322_refuses_a_high_s_and_other_flags():
    address = signers.p2wpkh(short(key(1)))

    assert check(bitcoin(address, b64encode(spend(key(1))).decode())).scheme == "BIP-322 simple"
    assert check(bitcoin(address, b64encode(spend(key(1), high=True)).decode())).why is Why.SIGNATURE_OTHER
    assert check(bitcoin(address, b64encode(spend(key(1), flag=3)).decode())).why is Why.SIGNATURE_FLAG


def test_bip322_simple_within_p2sh():
    program = hash160(short(key(1)))
    lock = read(signers.nested(short(key(1))), COINS["bitcoin"])
    digest = bip322.to_sign(MESSAGE.encode(), lock).segwit_digest(key_hash_lock(program).script)
    witness = b"\x02" + sized(key(1).sign(digest, hasher=None) + b"\x01") + sized(short(key(1)))

    assert check(bitcoin(signers.nested(short(key(1))), b64encode(witness).decode())).scheme == "BIP-322 simple"
    assert check(bitcoin(signers.nested(short(key(2))), b64encode(witness).decode())).why is Why.SIGNATURE_OTHER


def test_rule_9_a_proof_of_funds_is_unchecked_if_it_is_of_this_message():
    _, message, address, text = next(vector for vector in VECTORS["good"] if vector[0] == "p2tr full")
    content = bytearray(b64decode(text))
    content[6] = 2

    finding = check(bitcoin(address, "pof" + b64encode(content).decode(), message=message))

    assert (finding.control, finding.why) == (Control.UNCHECKED, Why.SIGNATURE_FUNDS)
    assert check(bitcoin(address, "pof" + b64encode(content).decode())).why is Why.SIGNATURE_TRANSACTION


@pytest.mark.parametrize(
    "address",
    [
        "",
        "1",
        "bc1q",
        "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3",
        "bc1q9vza2e8x573nczrlzms0wvx3gsqjx7vavgkx0m",
        "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
        "ltc1qzvcgmntglcuv4smv3lzj6k8szcvsrmvk0phrr9wfq8w493r096ssm2fgsw",
        "LectSLekhkxEQBHofNFHa3pVHndnb4Z9fN",
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
        "0x52b311c52436789f3754bd199bf3886b8ccbab4c",
        "ü" * 40,
    ],
)
def test_rule_8_addresses_of_other_networks_and_with_faults_do_not_read(address):
    finding = check(bitcoin(address, signmessage(key(1))))

    assert finding.why in (Why.ADDRESS_FORM, Why.ADDRESS_KIND)
    assert finding.control is not Control.PROVEN


@pytest.mark.parametrize(
    ("network", "address", "script", "signatures"),
    [
        (
            "litecoin",
            "LectSLekhkxEQBHofNFHa3pVHndnb4Z9fN",
            None,
            ["ILEkfsIaFagDnMq0pY9qS4yIAjTFlpDknLCVm5dhMHbnZn0SXC+Op9jQfD4wbu+Rpxs1N5ut6c2349GEM8AFx0A="],
        ),
        (
            "dogecoin",
            "9vbpNnyNRZpSWzptDwxGhw2Vny2yJ4W9V2",
            "5221037c660ee71005b5e991068021448ed61a650ef018f56c4614b28ae4618169107c2103aa2fdc3e4a5207c68d452dc42f615dee425eea6c2b7ef61f8a677fbff076fa9a2103d23a7924f45f3288816b91fdaba88ea688020b364bf55e506d21f8c8787dd71853ae",
            [
                "H/Oog7EXWzpoR7CA4yV6k5IYH+aQreIxHuMmBTH53ucWVKLn8F7lLJNNPwe67ElPYr49Ox2PpXyExr+W9+pYIgw=",
                "H3LGI7d7ZIMSRf+S9TrfdUrTM+tPA21MRnLyANqaH3LwWzSZAZtxJo4dGZs8JSL7dPkM9NWtMg7bTlLN8pIU0iE=",
            ],
        ),
    ],
)
def test_other_coins_of_the_kind_as_exchanges_publish_them(network, address, script, signatures):
    claim = Claim(
        network=network,
        address=address,
        message="I am an OKX address",
        signatures=tuple(signatures),
        script=script,
    )

    assert check(claim).control is Control.PROVEN
