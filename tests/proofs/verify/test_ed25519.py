"""The numbered rules of `ed25519`, and the test vectors of RFC 8032, section 7.1."""

import time

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from echt.proofs.verify.ed25519 import FIELD, ORDER, signature_is_valid

RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]
VECTORS = [tuple(map(bytes.fromhex, vector)) for vector in RFC_8032]
SMALL_ORDER = [
    bytes([1]) + bytes(31),
    bytes(32),
    bytes(31) + b"\x80",
    (FIELD - 1).to_bytes(32, "little"),
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
]


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS, ids=["1", "2", "3", "abc"])
def test_the_vectors_of_rfc_8032_are_right_and_no_neighbour_of_them_is(key, message, signature):
    assert signature_is_valid(key, message, signature)
    for bit in (0, 100, 255, 256, 300, 507):
        assert not signature_is_valid(key, message, _flipped(signature, bit))
    assert not signature_is_valid(key, message + b"\0", signature)
    assert not signature_is_valid(_flipped(key, 8), message, signature)


def test_it_agrees_with_another_implementation():
    for number in range(20):
        private = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
        message = bytes(range(number))
        assert signature_is_valid(private.public_key().public_bytes_raw(), message, private.sign(message))


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS[:2], ids=["1", "2"])
def test_rule_1_the_second_half_is_below_the_order(key, message, signature):
    above = int.from_bytes(signature[32:], "little") + ORDER

    assert not signature_is_valid(key, message, signature[:32] + above.to_bytes(32, "little"))


@pytest.mark.parametrize(
    "key",
    [
        (FIELD + 3).to_bytes(32, "little"),
        (2**255 - 1).to_bytes(32, "little"),
        (1 | 1 << 255).to_bytes(32, "little"),
        (FIELD - 1 | 1 << 255).to_bytes(32, "little"),
        (2).to_bytes(32, "little"),
        b"\xff" * 32,
    ],
    ids=bytes.hex,
)
def test_rule_2_a_key_not_in_its_only_form_or_not_on_the_curve_is_none(key):
    assert not signature_is_valid(key, b"", bytes(64))


@pytest.mark.parametrize("key", SMALL_ORDER, ids=bytes.hex)
def test_rule_3_a_key_of_small_order_signs_nothing(key):
    neutral = bytes([1]) + bytes(31)

    assert not any(signature_is_valid(key, bytes([n]), neutral + bytes(32)) for n in range(8))


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_lengths(size):
    key, message, signature = VECTORS[0]

    assert not signature_is_valid(bytes(size), message, signature)
    assert not signature_is_valid(key, message, signature[:size][:63])


def test_it_takes_less_than_ten_milliseconds():
    times = []
    for _ in range(5):
        started = time.process_time()
        signature_is_valid(*VECTORS[2])
        times.append(time.process_time() - started)

    assert min(times) < 0.010


def _flipped(content, bit):
    return (int.from_bytes(content, "little") ^ 1 << bit).to_bytes(len(content), "little")
