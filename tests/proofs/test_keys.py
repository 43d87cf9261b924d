import json
import stat
from importlib import resources

import pytest

from echt.proofs import keys
from echt.proofs.keys import Purpose, Signer
from echt.proofs.refusals import Refused
from echt.proofs.verify.log import cosigned_at, read_checkpoint
from echt.proofs.verify.note import Signed, read_key, read_note

VECTORS = resources.files("echt.proofs") / "vectors"

# RFC 8032, section 7.1, tests 1 to 3: private key, public key, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    ),
]

# The example of the first implementation of signed notes.
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNATURE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

OPERATOR = Signer("por.example.org/log", bytes(range(32)))
WITNESS = Signer("witness.example.net", bytes(range(1, 33)), Purpose.COSIGNATURE)


@pytest.mark.parametrize(("private", "public"), RFC_8032)
def test_public_keys_are_those_of_rfc_8032(private, public):
    assert Signer("name", bytes.fromhex(private)).public.public.hex() == public


def test_texts_and_signatures_are_those_of_other_implementations():
    signer = keys.parse(PRIVATE)

    assert (str(signer.public), signer.private_text) == (PUBLIC, PRIVATE)
    assert signer.signature_line(TEXT) == SIGNATURE
    assert read_note(f"{TEXT}\n{SIGNATURE}").signed_by(read_key(PUBLIC)) is Signed.YES


def test_keys_and_notes_are_those_of_the_golden_vectors():
    first = json.loads((VECTORS / "keys.json").read_text())["good"][0]
    notes = json.loads((VECTORS / "notes.json").read_text())
    signer = keys.parse(first["private"])

    assert str(signer.public) == first["vkey"] == notes["vkey"]
    assert keys.sign_note(notes["notes"][1]["text"].removesuffix("\n").encode(), signer) == notes["notes"][1]["note"]
    assert keys.sign_note(notes["notes"][0]["text"].removesuffix("\n").encode(), None) == notes["notes"][0]["note"]


def test_a_new_key_is_written_and_read_back(tmp_path):
    signer = keys.generate("por.example.org/log")
    keys.write(signer, tmp_path / "key")

    assert keys.read(tmp_path / "key") == signer
    assert keys.generate("por.example.org/log").seed != signer.seed


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\tb", "a\u2003b", "a" * 65])
def test_a_name_that_no_signature_could_carry_is_refused(name):
    with pytest.raises(Refused, match="1 to 64 characters"):
        keys.generate(name)


def test_rule_1_a_key_is_for_its_owner_alone(tmp_path):
    keys.write(OPERATOR, tmp_path / "key")

    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601])
def test_rule_1_a_key_that_others_may_use_is_refused(tmp_path, mode):
    keys.write(OPERATOR, tmp_path / "key")
    (tmp_path / "key").chmod(mode)

    with pytest.raises(Refused, match=f"mode {mode:04o}"):
        keys.read(tmp_path / "key")


def test_rule_1_a_key_of_somebody_else_is_refused(tmp_path, monkeypatch):
    keys.write(OPERATOR, tmp_path / "key")
    monkeypatch.setattr(keys.os, "geteuid", lambda: 4711)

    with pytest.raises(Refused, match="belongs to another user"):
        keys.read(tmp_path / "key")


def test_rule_2_a_key_is_never_overwritten(tmp_path):
    keys.write(OPERATOR, tmp_path / "key")

    with pytest.raises(Refused, match="never overwritten"):
        keys.write(keys.generate("another"), tmp_path / "key")

    assert keys.read(tmp_path / "key") == OPERATOR


def test_a_key_that_does_not_fit_on_the_disk_leaves_nothing_in_the_way(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keys.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keys.write(OPERATOR, tmp_path / "key")

    assert list(tmp_path.iterdir()) == []


def test_rule_3_a_witness_key_signs_no_note():
    with pytest.raises(Refused, match="cosigns checkpoints and signs nothing else"):
        keys.sign_note(b"{}", WITNESS)


def test_rule_3_an_operator_key_cosigns_nothing():
    with pytest.raises(Refused, match="Make a witness key"):
        OPERATOR.cosignature_line("text\n", 1)


def test_rule_3_the_purpose_is_part_of_the_key():
    same = Signer(OPERATOR.name, OPERATOR.seed, Purpose.COSIGNATURE)

    assert same.public.public == OPERATOR.public.public
    assert same.public.key_id != OPERATOR.public.key_id
    assert same.private_text != OPERATOR.private_text
    assert keys.parse(same.private_text) == same


def test_rule_4_the_secret_shows_nowhere():
    shown = repr(OPERATOR) + str(OPERATOR) + str(OPERATOR.public)

    assert OPERATOR.seed.hex() not in shown
    assert repr(OPERATOR.seed) not in shown


def test_rule_4_a_damaged_key_is_not_quoted(tmp_path):
    (tmp_path / "key").write_text(PRIVATE[:-1])
    (tmp_path / "key").chmod(0o600)

    with pytest.raises(Refused) as refusal:
        keys.read(tmp_path / "key")

    assert PRIVATE[-20:-1] not in str(refusal.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PRIVATE+KEY+",
        PUBLIC,
        PRIVATE.removeprefix("PRIVATE+KEY+"),
        PRIVATE + "\n",
        PRIVATE.replace("c74f20a3", "c74f20a4"),
        PRIVATE.replace("c74f20a3", "C74F20A3"),
        PRIVATE.replace("PeterNeumann", "Peter"),
        PRIVATE.replace("PeterNeumann", "Peter Neumann"),
        PRIVATE.replace("+AYEK", "+BYEK"),
        PRIVATE.replace("+AYEK", "+AoEK"),
        PRIVATE[:-4],
        PRIVATE + "AAAA",
        "\ufeff" + PRIVATE,
    ],
)
def test_what_is_not_a_key_is_refused(tmp_path, text):
    (tmp_path / "key").write_text(text + "\n")
    (tmp_path / "key").chmod(0o600)

    with pytest.raises(Refused, match="does not hold a signing key"):
        keys.read(tmp_path / "key")


def test_what_is_not_even_text_is_refused(tmp_path):
    (tmp_path / "key").write_bytes(b"\xff" * 100)
    (tmp_path / "key").chmod(0o600)

    with pytest.raises(Refused, match="does not hold a signing key"):
        keys.read(tmp_path / "key")


def test_a_cosignature_is_the_one_of_the_golden_vectors():
    vector = json.loads((VECTORS / "notes.json").read_text())["witness"]
    checkpoint = read_checkpoint(vector["note"])

    assert cosigned_at(checkpoint, read_key(vector["cosignature_key"], Purpose.COSIGNATURE)) == vector["time"]


def test_a_cosignature_says_when_and_of_what():
    text = "por.example.org/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    note = f"{text}\n{WITNESS.cosignature_line(text, 1_790_000_000)}"

    assert cosigned_at(read_checkpoint(note), WITNESS.public) == 1_790_000_000
    assert cosigned_at(read_checkpoint(note.replace("por.", "rop.", 1)), WITNESS.public) is None


@pytest.mark.parametrize("at", [0, -1, 2**63])
def test_a_cosignature_has_a_time_that_others_can_read(at):
    with pytest.raises(ValueError, match=str(at)):
        WITNESS.cosignature_line("text\n", at)


def test_an_unsigned_note_ends_with_an_empty_line():
    assert keys.sign_note(b"{}", None) == "{}\n\n"
