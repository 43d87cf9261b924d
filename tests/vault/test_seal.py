from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from echt.vault.keyring import key_for_sealing
from echt.vault.models import DataKey
from echt.vault.purposes import Purpose
from echt.vault.seal import Destroyed, Tampered, key_id_of, seal, unseal
from echt.vault.shred import destroy_keys

pytestmark = pytest.mark.django_db

LENA = UUID("018f0000-0000-7000-8000-000000000001")
BEN = UUID("018f0000-0000-7000-8000-000000000002")
HERE = {"purpose": Purpose.CONTACT, "subject": LENA, "context": "accounts.User.address:1"}
REGIONS = {"version": 0, "key id": 1, "end of key id": 16, "nonce": 17, "end of nonce": 28, "text": 29, "tag": -1}

within_one_test = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def flipped(data, place, bit=0):
    place %= len(data)
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


@within_one_test
@given(plain=st.binary(max_size=300), subject=st.none() | st.just(LENA), context=st.text(max_size=60))
def test_what_is_sealed_comes_back(plain, subject, context):
    bound = {"purpose": Purpose.MAIL, "subject": subject, "context": context}

    assert unseal(seal(plain, **bound), **bound) == plain


def test_it_adds_45_bytes_and_holds_no_plaintext():
    sealed = seal(b"lena@example.org", **HERE)

    assert len(sealed) == 1 + 16 + 12 + 16 + 16
    assert sealed[0] == 1
    assert b"lena" not in sealed
    assert key_id_of(sealed) == key_for_sealing(Purpose.CONTACT, LENA).id


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"purpose": Purpose.MAIL},
        {"subject": BEN},
        {"subject": None},
        {"context": "accounts.User.address:2"},
        {"context": ""},
    ],
)
def test_rule_1_it_opens_only_for_what_it_was_sealed_for(elsewhere):
    sealed = seal(b"text", **HERE)

    with pytest.raises(Tampered):
        unseal(sealed, **{**HERE, **elsewhere})


def test_rule_1_no_part_of_the_context_can_pass_for_another():
    sealed = seal(b"text", purpose=Purpose.MAIL, subject=None, context=f"{LENA}|x")

    with pytest.raises(Tampered):
        unseal(sealed, purpose=Purpose.MAIL, subject=LENA, context="x")


@pytest.mark.parametrize("place", REGIONS.values(), ids=REGIONS.keys())
def test_rule_2_a_changed_bit_in_any_region_is_noticed(place):
    sealed = seal(b"a text", **HERE)

    with pytest.raises(Tampered):
        unseal(flipped(sealed, place), **HERE)


@within_one_test
@given(data=st.data())
def test_rule_2_a_changed_bit_anywhere_is_noticed(data):
    sealed = seal(b"a text", **HERE)
    place = data.draw(st.integers(0, len(sealed) - 1))
    bit = data.draw(st.integers(0, 7))

    with pytest.raises(Tampered):
        unseal(flipped(sealed, place, bit), **HERE)


def test_rule_2_another_existing_key_in_the_head_is_noticed():
    sealed = seal(b"a text", **HERE)
    other = key_for_sealing(Purpose.CONTACT, BEN).id.bytes

    with pytest.raises(Tampered):
        unseal(sealed[:1] + other + sealed[17:], **HERE)


@pytest.mark.parametrize("length", [0, 1, 16, 17, 29, 44])
def test_rule_2_what_is_too_short_is_noticed(length):
    with pytest.raises(Tampered):
        unseal(seal(b"", **HERE)[:length], **HERE)


@within_one_test
@given(noise=st.binary(max_size=100))
def test_rule_2_noise_is_noticed(noise):
    with pytest.raises(Tampered):
        unseal(noise, **HERE)


def test_rule_2_swapped_key_rows_are_noticed():
    sealed = seal(b"text", **HERE)
    mine, other = key_for_sealing(Purpose.CONTACT, LENA), key_for_sealing(Purpose.CONTACT, BEN)
    wrapped = DataKey.objects.get(pk=other.id).wrapped
    DataKey.objects.filter(pk=mine.id).update(wrapped=wrapped)

    with pytest.raises(Tampered):
        unseal(sealed, **HERE)


def test_rule_3_the_same_text_twice_gives_two_ciphertexts():
    assert len({seal(b"text", **HERE) for _ in range(100)}) == 100


def test_rule_4_with_the_key_the_text_is_gone():
    sealed = seal(b"text", **HERE)
    destroy_keys(LENA)

    with pytest.raises(Destroyed):
        unseal(sealed, **HERE)


def test_the_key_of_indexes_seals_nothing():
    with pytest.raises(ValueError, match="seals nothing"):
        seal(b"text", purpose=Purpose.INDEX, subject=None, context="x")

    assert not DataKey.objects.exists()


def test_each_purpose_and_subject_has_a_key_of_its_own():
    keys = {key_for_sealing(purpose, subject).id for purpose in Purpose for subject in (None, LENA, uuid4())}

    assert len(keys) == 3 * len(Purpose)
