"""The chains with Ed25519: signatures made here in every habit, published ones, and the keys that sign anything."""

from base64 import b32encode, b64encode
from binascii import crc_hqx
from dataclasses import replace
from hashlib import blake2b, sha256, sha512

import pytest
from base58_bech32.base58 import b58encode
from base58_bech32.ss58 import ss58_encode

from echt.proofs.reserves.signatures import Claim, Control, Why, check, ed25519, solana, ton
from tests.proofs.reserves.signers import MESSAGE, aptos_address, ed_key, ed_public, solana_address

PUBLIC = ed_public(ed_key(1))
OTHER = ed_public(ed_key(2))


def stellar_address(public: bytes) -> str:
    body = bytes([48]) + public
    return b32encode(body + crc_hqx(body, 0).to_bytes(2, "little")).decode()


def sui_address(public: bytes) -> str:
    return "0x" + blake2b(b"\x00" + public, digest_size=32).hexdigest()


def ton_address(public: bytes) -> str:
    return "0:" + next(ton.addresses(public)).hex()


ADDRESSES = {
    "solana": solana_address,
    "aptos": aptos_address,
    "sui": sui_address,
    "ton": ton_address,
    "stellar": stellar_address,
    "polkadot": lambda public: ss58_encode(0, public).decode(),
    "near": bytes.hex,
}


def claim_of(network: str, signed: bytes = MESSAGE.encode(), signer: int = 1) -> Claim:
    return Claim(
        network=network,
        address=ADDRESSES[network](PUBLIC),
        message=MESSAGE,
        signatures=(ed_key(signer).sign(signed).hex(),),
        public_key=PUBLIC.hex(),
    )


@pytest.mark.parametrize("network", ADDRESSES)
def test_the_text_itself_and_as_exchanges_sign_it(network):
    for scheme, signed in ed25519.habits(MESSAGE.encode()).items():
        assert check(claim_of(network, signed)).scheme == scheme


@pytest.mark.parametrize("network", ADDRESSES)
def test_rule_2_the_address_must_be_of_the_key(network):
    good = claim_of(network)

    assert check(replace(good, address=ADDRESSES[network](OTHER))).control is Control.FAILED
    assert check(replace(good, message="another")).why is Why.SIGNATURE_OTHER
    assert check(claim_of(network, signer=2)).why is Why.SIGNATURE_OTHER


@pytest.mark.parametrize("network", ["aptos", "ton", "sui"])
def test_where_the_address_does_not_tell_the_key_the_list_must(network):
    assert check(replace(claim_of(network), public_key=None)).why is Why.KEY_MISSING
    assert check(replace(claim_of(network), public_key="ab")).why is Why.KEY_FORM
    assert check(replace(claim_of(network), public_key=OTHER.hex())).why is Why.KEY_OTHER


@pytest.mark.parametrize(
    ("network", "signed", "scheme"),
    [
        ("stellar", sha256(b"Stellar Signed Message:\n" + MESSAGE.encode()).digest(), "SEP-53"),
        ("polkadot", b"<Bytes>" + MESSAGE.encode() + b"</Bytes>", "Ed25519, as wallets wrap it"),
        (
            "sui",
            blake2b(bytes([3, 0, 0, len(MESSAGE)]) + MESSAGE.encode(), digest_size=32).digest(),
            "Sui personal message",
        ),
    ],
)
def test_habits_of_single_chains(network, signed, scheme):
    assert check(claim_of(network, signed)).scheme == scheme


def test_solanas_off_chain_messages():
    for scheme, signed in solana.off_chain(MESSAGE.encode(), PUBLIC).items():
        assert check(claim_of("solana", signed)).scheme == scheme


def test_sui_hands_out_kind_signature_and_key_in_one_piece():
    good = claim_of("sui")
    whole = b"\x00" + bytes.fromhex(good.signatures[0]) + PUBLIC
    other_kind = b"\x01" + whole[1:]

    assert check(replace(good, signatures=(b64encode(whole).decode(),), public_key=None)).control is Control.PROVEN
    assert check(replace(good, signatures=(b64encode(other_kind).decode(),))).control is Control.UNCHECKED
    assert check(replace(good, signatures=(b64encode(whole).decode(),), public_key=OTHER.hex())).why is Why.KEY_OTHER


@pytest.mark.parametrize("write", [bytes.hex, lambda raw: b64encode(raw).decode(), lambda raw: b58encode(raw).decode()])
def test_a_signature_may_be_written_in_three_ways(write):
    good = claim_of("solana")

    assert check(replace(good, signatures=(write(bytes.fromhex(good.signatures[0])),))).control is Control.PROVEN


def test_rule_6_a_key_of_small_order_signs_anything_and_is_refused():
    """The forged signature fits Solana's system program, whose address is 32 zeros: no secret was needed."""
    program = bytes(32)
    for number in range(200):
        point, scalar = any_point(number)
        forged = point + scalar
        if ed25519.verifies(program, forged, MESSAGE.encode()):
            break
    else:
        pytest.fail("The library has begun to refuse such keys itself.")

    claim = Claim(network="solana", address=solana_address(program), message=MESSAGE, signatures=(forged.hex(),))

    assert check(claim).why is Why.KEY_WEAK


def any_point(number: int) -> tuple[bytes, bytes]:
    """A number and its multiple of the base point, both known to everybody: those of a private key."""
    seed = sha256(b"test key %d" % number).digest()
    digest = bytearray(sha512(seed).digest()[:32])
    digest[0] &= 248
    digest[31] = digest[31] & 127 | 64
    order = 2**252 + 27742317777372353535851937790883648493
    return ed_public(ed_key(number)), (int.from_bytes(digest, "little") % order).to_bytes(32, "little")


def test_rule_6_all_spellings_of_the_eight_points_are_known():
    assert len(ed25519.WEAK) == 14
    for y in (0, 1, ed25519.PRIME - 1, ed25519.PRIME, ed25519.PRIME + 1):
        assert y.to_bytes(32, "little") in ed25519.WEAK


@pytest.mark.parametrize(
    ("network", "address", "key", "signature"),
    [
        (
            "solana",
            "7bzoTJhZmpU1vQVjN63fQ3iVYmWCVgQh1sYSqsjuapU9",
            "0x621d398b19304995ee140c21afc544d62382d387b5c08dfd096b475a304339ea",
            "0x282c737229f72d03275ac7bc5955da027d693d90dd9e6d4c2aafcc4f272de3be0be08637552027abb68e4d2818e060846b002e490d8bbe36e6dae8b2508fd40a",
        ),
        (
            "polkadot",
            "15WXogcgXnHsZ1FeuNc6cg34i8R6JCXgWrDLNLERLLesJ7bf",
            "0xc776bfbeeeb0b1ddd1ce6cccf55ce795f5306bf63de37d72e5af50b3be23ce49",
            "0x996528cea9ae0ef66a0c1782cf281726f3e167906e9eb61161558c482f5b92b5439e0662b2b72906cd2a155903fed4b739652a4ddd97689618793e90d8f2d608",
        ),
        (
            "aptos",
            "0x327dd297dfacf7c2d8207aaa23c0f0e8bcaf4c1612febbf63b9f7376810b8ec8",
            "0x61f579fc779146304353027b425a216d8015889c5f3b715ad26135b862f3bf84",
            "0xe5eea05d4156e1aef7867739b86f560b3b6a14a9525b53b436b5ff16ce8ca9490d4e5586ddc469b43453cf9796d87a4c4d3ead5d8dd3a2e88026713ae866e30b",
        ),
        (
            "ton",
            "EQA5rifVSCc8qQfpCXvq4zJGJPsA0EPCDoWdtg234INftsWj",
            "0x3d2696e3d5cbc9047b338e6a56552db1d43ca6e063bc7aa667b18005984372d2",
            "0xaa406900fdf658e793850d7d47798fa501098db4a6697ac460c1d2800152f40174d2705f1ec87b1a0b34434647b0efed2b7b70569bc00e8bbc3561c372aacc0b",
        ),
    ],
)
def test_published_signatures_of_exchanges(network, address, key, signature):
    claim = Claim(network=network, address=address, message="hello world", signatures=(signature,), public_key=key)

    assert check(claim).control is Control.PROVEN


def test_tons_usual_wallet_of_a_key():
    """A key and address that a wallet library publishes as belonging together."""
    key = bytes.fromhex("dcc39550bb494f4b493e7efe1aa18ea31470f33a2553c568cb74a17ed56790c1")

    assert ton.account("EQCvoBT5Keb46oUhI_DpX0WXFDdX9ZyxXBfX3FC9cZa90nQP") in set(ton.addresses(key))


def test_rule_7_a_rotated_key_of_aptos_is_an_owner():
    good = replace(claim_of("aptos"), address="0x" + "de" * 32, owners=(aptos_address(PUBLIC),))

    assert check(good).control is Control.OWNERS
    assert check(replace(good, owners=(aptos_address(OTHER),))).why is Why.KEY_OTHER


def test_rule_9_sr25519_and_named_accounts_are_unchecked():
    schnorr = bytes(63) + b"\x80"

    assert check(replace(claim_of("polkadot"), signatures=(schnorr.hex(),))).why is Why.SIGNATURE_CURVE
    assert check(replace(claim_of("near"), address="treasury.example.near")).control is Control.UNCHECKED
    assert check(replace(claim_of("near"), network="mina")).why is Why.NETWORK_UNKNOWN
