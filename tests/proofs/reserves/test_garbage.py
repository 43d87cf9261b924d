"""Rule 1: whatever a list holds, a check gives a finding; and every reason has its sentences."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from echt.proofs.reserves.signatures import Claim, Control, Why, check, identity
from echt.proofs.reserves.signatures.findings import SENTENCES
from echt.proofs.reserves.signatures.networks import NETWORKS
from tests.proofs.reserves import signers
from tests.proofs.reserves.test_ed25519 import ADDRESSES, PUBLIC

GOOD = {"bitcoin": signers.p2wpkh(signers.short(signers.key(1))), "tron": signers.tron_address(signers.key(1))} | {
    name: write(PUBLIC) for name, write in ADDRESSES.items()
}
EVM = signers.evm_address(signers.key(1))
text = st.text(max_size=60) | st.binary(max_size=100).map(bytes.hex) | st.from_regex(r"[A-Za-z0-9+/]{0,120}={0,2}")


claims = st.builds(
    Claim,
    network=st.sampled_from([place.name for place in NETWORKS]),
    address=text,
    message=text,
    signatures=st.lists(text, min_size=1, max_size=3).map(tuple),
    public_key=st.none() | text,
    script=st.none() | text,
    owners=st.lists(text, max_size=2).map(tuple),
)


@settings(max_examples=300, deadline=None)
@given(claim=claims, has_address=st.booleans())
def test_rule_1_garbage_is_never_proven_and_never_raises(claim, has_address):
    if has_address:
        claim = replace(claim, address=GOOD.get(claim.network, EVM))

    assert check(claim).control in (Control.FAILED, Control.UNCHECKED)
    identity(claim.network, claim.address)


def test_rule_1_what_is_too_long_is_not_read():
    claim = signers.ethereum(EVM, "00" * 100_000)

    assert check(claim).why is Why.CLAIM_LONG


def test_a_claim_without_signatures_is_missing_them():
    assert check(signers.ethereum(EVM)).control is Control.MISSING


def test_every_reason_has_a_sentence_in_both_languages():
    assert set(SENTENCES) == set(Why)
    assert all(
        len(set(sentences)) == 2 and all(one.endswith(".") for one in sentences) for sentences in SENTENCES.values()
    )
