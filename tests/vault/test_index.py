import hashlib
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from echt.vault import keyring
from echt.vault.index import blind_index
from echt.vault.models import DataKey
from echt.vault.purposes import Purpose
from echt.vault.rotation import retire_data_keys, rotate_master_key

pytestmark = pytest.mark.django_db


def test_it_is_64_characters_of_hex_and_stays_the_same():
    first = blind_index("lena@example.org", purpose="accounts.address")
    keyring.forget()

    assert blind_index("lena@example.org", purpose="accounts.address") == first
    assert len(first) == 64
    assert set(first) <= set(string.hexdigits.lower())


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.sets(st.text(), min_size=2, max_size=2))
def test_other_values_have_other_indexes(values):
    assert len({blind_index(value, purpose="test") for value in values}) == 2


def test_rule_1_without_the_key_no_guess_can_be_tested():
    index = blind_index("lena@example.org", purpose="accounts.address")
    DataKey.objects.all().delete()
    keyring.forget()

    assert blind_index("lena@example.org", purpose="accounts.address") != index
    assert index != hashlib.sha256(b"lena@example.org").hexdigest()


def test_rule_2_the_same_value_has_another_index_for_another_purpose():
    purposes = ["accounts.address", "mail.address", ""]

    assert len({blind_index("lena@example.org", purpose=purpose) for purpose in purposes}) == 3


def test_rule_3_the_key_of_indexes_is_not_rotated(key_folder):
    index = blind_index("lena@example.org", purpose="accounts.address")

    with pytest.raises(ValueError, match="not rotated"):
        retire_data_keys(Purpose.INDEX)
    rotate_master_key()
    keyring.forget()

    assert blind_index("lena@example.org", purpose="accounts.address") == index
