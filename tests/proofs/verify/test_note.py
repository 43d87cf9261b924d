"""The numbered rules of `note`."""

import pytest

from echt.proofs.verify.note import NOTE_KEY, WITNESS_KEY, BadNote, Signed, key_id, read_key, read_note
from tests.proofs.signing import Signer

SIGNER, OTHER = Signer("example.org/reserves"), Signer("example.org/reserves", b"other")
TEXT = '{"a":"ä"}\n'
NOTE = SIGNER.sign(TEXT)
KEY = read_key(SIGNER.vkey)


def test_a_note_of_others_tools_is_read():
    """The example of the C2SP document, whose key PeterNeumann is known from Go's tests."""
    key = read_key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = (
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )

    assert read_note(text).signed_by(key) is Signed.YES


def test_a_note_without_signatures_is_one():
    assert read_note(TEXT + "\n").text == TEXT
    assert read_note(TEXT + "\n").signed_by(KEY) is Signed.NO


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n",
        TEXT,
        TEXT.strip(),
        NOTE.rstrip("\n"),
        NOTE.replace("\n", "\r\n"),
        NOTE.replace('"a"', '"a\x00"'),
        NOTE + "more\n",
        NOTE.replace("— ", "- "),
        NOTE.replace("— ", "—  "),
        TEXT + "\n" + SIGNER.line(TEXT) * 101,
    ],
)
def test_rule_1_what_is_no_note(content):
    with pytest.raises(BadNote):
        read_note(content)


@pytest.mark.parametrize(
    "change",
    [
        lambda b: b.rstrip("="),
        lambda b: b + "=",
        lambda b: b[:-2] + "B=",
        lambda b: b + " ",
        lambda b: b[:4] + "\t" + b[4:],
    ],
)
def test_rule_2_base64_in_its_only_form(change):
    head, _, blob = NOTE.rstrip("\n").rpartition(" ")

    with pytest.raises(BadNote):
        read_note(f"{head} {change(blob)}\n")


def test_rule_3_name_and_key_id_both_have_to_agree():
    assert read_note(OTHER.sign(TEXT)).signed_by(KEY) is Signed.NO
    assert read_note(NOTE.replace("— example.org/reserves", "— example.com/reserves")).signed_by(KEY) is Signed.NO
    assert read_note(NOTE + OTHER.line(TEXT)).signed_by(KEY) is Signed.YES
    assert read_note(OTHER.sign(TEXT + "x\n").replace("x\n", "") + SIGNER.line(TEXT)).signed_by(KEY) is Signed.YES


def test_rule_4_of_several_signatures_of_a_key_all_must_be_right():
    assert read_note(NOTE + SIGNER.line(TEXT)).signed_by(KEY) is Signed.YES
    assert read_note(NOTE + SIGNER.line("else\n")).signed_by(KEY) is Signed.FALSE
    assert read_note(NOTE.replace("ä", "ö")).signed_by(KEY) is Signed.FALSE


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\tb", "a\u00a0b", "a\x7fb"])
def test_rule_5_names_that_no_key_has(name):
    signer = Signer(name)
    with pytest.raises(BadNote):
        read_key(signer.vkey)
    with pytest.raises(BadNote):
        read_note(signer.sign(TEXT))


def test_rule_5_the_longest_name_of_a_key():
    assert read_key(Signer("n" * 64).vkey).name == "n" * 64
    with pytest.raises(BadNote):
        read_key(Signer("n" * 65).vkey)


def test_rule_5_a_stranger_with_a_longer_name_spoils_nothing():
    assert read_note(NOTE + Signer("n" * 90).line(TEXT)).signed_by(KEY) is Signed.YES


def test_a_key_is_read_and_written():
    assert (KEY.name, KEY.public, KEY.key_id) == (SIGNER.name, SIGNER.public, SIGNER.key_id())
    assert str(KEY) == SIGNER.vkey
    assert read_key(f"  {SIGNER.vkey}\n") == KEY
    assert key_id(SIGNER.name, NOTE_KEY, SIGNER.public) == SIGNER.key_id()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "name",
        SIGNER.vkey[:-4],
        SIGNER.vkey.rstrip("=") + "A",
        SIGNER.vkey.replace("+" + SIGNER.key_id().hex(), "+00000000"),
        SIGNER.vkey.replace(SIGNER.key_id().hex(), SIGNER.key_id().hex().upper() + "a"),
        SIGNER.private_text,
    ],
)
def test_what_is_no_key(text):
    with pytest.raises(BadNote):
        read_key(text)


def test_a_key_is_for_one_thing():
    with pytest.raises(BadNote):
        read_key(SIGNER.vkey, WITNESS_KEY)
