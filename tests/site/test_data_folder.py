"""One `echt serve` a data folder, and the demo's password in it."""

import os
import stat

import pytest

from echt.accounts.models import User
from echt.site import data_folder, demo


def test_the_folder_is_for_its_user_alone(tmp_path):
    data_folder.make(tmp_path / "data")

    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_a_folder_is_held_once_and_free_again_afterwards(tmp_path):
    with data_folder.alone_in(tmp_path), pytest.raises(data_folder.InUse) as refused, data_folder.alone_in(tmp_path):
        pass
    assert refused.value.process == os.getpid()

    with data_folder.alone_in(tmp_path):
        pass


@pytest.mark.django_db
def test_rule_1_the_demos_people_have_the_given_password(tmp_path):
    assert demo.load(tmp_path, "correct horse battery") == "correct horse battery"

    people = [User.objects.by_address(person.address) for person in demo.PEOPLE]
    assert all(person.check_password("correct horse battery") for person in people)
    assert [person.is_staff for person in people] == [False, False, True, True]
    assert [person.language for person in people] == ["de", "en", "en", "en"]
    assert people[0].nickname == "Anna"


@pytest.mark.django_db
def test_rule_2_the_password_is_random_and_stays(tmp_path):
    first = demo.load(tmp_path, "")

    assert demo.load(tmp_path, "") == first
    assert len(first) >= 16
    assert stat.S_IMODE((tmp_path / "demo-password").stat().st_mode) == 0o600
    assert User.objects.by_address("anna@demo.example").check_password(first)


@pytest.mark.django_db
def test_rule_2_another_password_given_later_replaces_it(tmp_path):
    demo.load(tmp_path, "")

    demo.load(tmp_path, "correct horse battery")

    assert demo.load(tmp_path, "") == "correct horse battery"
    assert User.objects.by_address("anna@demo.example").check_password("correct horse battery")
