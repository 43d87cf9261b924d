from base64 import b64decode

import pytest

from echt.proofs.keys import Purpose, Signer
from echt.proofs.log.checkpoints import as_text, contradict, cosigned, cosigners, false_cosigners, make, read
from echt.proofs.refusals import Refused
from echt.proofs.verify.log import read_checkpoint
from tests.proofs.log.logs import OPERATOR, ORIGIN, checkpoint, witness
from tests.proofs.signing import Signer as OtherSigner

ONE, TWO, THREE = (witness(f"{name}.example.net") for name in ("one", "two", "three"))
KEYS = [one.public for one in (ONE, TWO, THREE)]

# From C2SP tlog-cosignature.
PUBLISHED = """\
example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""


def forged(noted, signer):
    """The checkpoint with a signature of this key that is not right."""
    lines = as_text(noted).splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith(f"— {signer.name} "))
    lines[place] = lines[place][:-12] + ("AAAA" if lines[place][-12:-8] != "AAAA" else "BBBB") + lines[place][-8:]
    return read_checkpoint("\n".join(lines) + "\n")


def test_a_published_checkpoint_is_read_and_written_alike():
    head = read_checkpoint(PUBLISHED)

    assert (head.origin, head.size, head.root) == (
        "example.com/behind-the-sofa",
        20852163,
        b64decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="),
    )
    assert as_text(head) == PUBLISHED
    assert int.from_bytes(head.note.signatures[1].content[:8], "big") == 1679315147


def test_a_cosignature_is_the_one_that_others_make():
    other = OtherSigner("witness.example.net", b"seed")
    mine = Signer(other.name, other.seed, Purpose.COSIGNATURE)
    head = checkpoint(3)

    assert as_text(cosigned(head, mine, 1_790_000_000)) == as_text(head) + other.cosign(head.note.text, 1_790_000_000)


def test_a_witness_that_cosigns_again_replaces_its_cosignature():
    head = cosigned(cosigned(cosigned(checkpoint(3), ONE, 10), TWO, 11), ONE, 12)

    assert len(head.note.signatures) == 3
    assert cosigners(head, KEYS, OPERATOR.public) == {ONE.public: 12, TWO.public: 11}


def test_rule_1_a_cosignature_that_is_not_right_is_found():
    head = forged(cosigned(cosigned(checkpoint(3), ONE, 10), TWO, 11), ONE)

    assert cosigners(head, KEYS, OPERATOR.public) == {TWO.public: 11}
    assert false_cosigners(head, KEYS) == [ONE.public]


def test_rule_1_also_beside_one_that_is_right():
    head = cosigned(checkpoint(3), ONE, 10)
    both = read_checkpoint(as_text(head) + as_text(forged(head, ONE)).splitlines(keepends=True)[-1])

    assert cosigners(both, KEYS, OPERATOR.public) == {}
    assert false_cosigners(both, KEYS) == [ONE.public]


def test_rule_1_a_cosignature_is_of_one_checkpoint_and_one_time():
    head = cosigned(checkpoint(3), ONE, 10)
    line = as_text(head).splitlines(keepends=True)[-1]
    elsewhere = read_checkpoint(as_text(checkpoint(4)) + line)

    assert false_cosigners(elsewhere, KEYS) == [ONE.public]


def test_rule_2_a_witness_with_two_names_counts_once():
    twin = Signer("twin.example.net", ONE.seed, Purpose.COSIGNATURE)
    head = cosigned(cosigned(checkpoint(3), ONE, 10), twin, 11)

    assert len(cosigners(head, [ONE.public, twin.public, ONE.public], OPERATOR.public)) == 1


def test_rule_3_the_operator_is_no_witness():
    disguised = Signer("independent.example.net", OPERATOR.seed, Purpose.COSIGNATURE)

    assert cosigners(cosigned(checkpoint(3), disguised, 10), [disguised.public], OPERATOR.public) == {}


def test_rule_4_same_origin_and_size_with_different_roots_contradict():
    assert contradict(checkpoint(3, bytes(32)), checkpoint(3))
    assert not contradict(checkpoint(3), checkpoint(3))
    assert not contradict(checkpoint(3, bytes(32)), checkpoint(4))
    assert not contradict(checkpoint(3, bytes(32)), checkpoint(3, origin="another.example.org/log"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"text\n\n",
        PUBLISHED.replace("20852163", "020852163").encode(),
        PUBLISHED.split("\n\n", maxsplit=1)[0].encode(),
    ],
)
def test_what_is_not_a_checkpoint_is_named(tmp_path, content):
    (tmp_path / "checkpoint").write_bytes(content)

    with pytest.raises(Refused, match="does not hold a checkpoint"):
        read(tmp_path / "checkpoint")


def test_a_checkpoint_is_made_for_one_origin_of_one_line():
    with pytest.raises(Refused, match="can't be the origin"):
        make("", 0, bytes(32), OPERATOR)
    assert make(ORIGIN, 0, bytes(32), OPERATOR).origin == ORIGIN
