import time
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from echt.vault import keyring, short_lived
from echt.vault.errors import Destroyed, MasterKeyMissing, Tampered
from echt.vault.keyring import key_for_opening, key_for_sealing
from echt.vault.models import DataKey
from echt.vault.purposes import Purpose
from echt.vault.seal import seal, unseal
from echt.vault.short_lived import ShortLived
from echt.vault.shred import destroy_keys
from tests.many_processes import house


@pytest.fixture
def later(monkeypatch):
    """Let the memory of keys grow older by some seconds."""
    passed = [0.0]
    monkeypatch.setattr(short_lived, "_now", lambda: time.monotonic() + passed[0])
    return lambda seconds: passed.__setitem__(0, passed[0] + seconds)


def destroy_elsewhere(key_id):
    DataKey.objects.filter(pk=key_id).update(wrapped=None, destroyed_at="2026-01-01T00:00Z")


@pytest.mark.django_db
def test_rule_1_a_key_destroyed_elsewhere_dies_here_after_its_life(later):
    subject = uuid4()
    sealed = seal(b"text", purpose=Purpose.CODE, subject=subject, context="x")
    key = key_for_opening(key_for_sealing(Purpose.CODE, subject).id)
    assert key.secret
    destroy_elsewhere(key.id)

    later(keyring.LIFE - 1)
    assert unseal(sealed, purpose=Purpose.CODE, subject=subject, context="x") == b"text"
    later(1)
    with pytest.raises(Destroyed):
        unseal(sealed, purpose=Purpose.CODE, subject=subject, context="x")


@pytest.mark.django_db
def test_a_key_that_does_not_exist_was_never_ours():
    with pytest.raises(Tampered, match="not in this database"):
        key_for_opening(uuid4())


@pytest.mark.django_db(transaction=True)
def test_rule_2_a_key_that_was_rolled_back_seals_nothing_more():
    with transaction.atomic():
        lost = key_for_sealing(Purpose.CODE, None).id
        assert key_for_sealing(Purpose.CODE, None).id == lost
        transaction.set_rollback(True)

    kept = key_for_sealing(Purpose.CODE, None).id
    assert kept != lost
    assert DataKey.objects.filter(pk=kept).exists()


@pytest.mark.django_db(transaction=True)
def test_rule_2_the_same_for_a_savepoint():
    with transaction.atomic():
        with transaction.atomic():
            lost = key_for_sealing(Purpose.CODE, None).id
            transaction.set_rollback(True)
        sealed = seal(b"text", purpose=Purpose.CODE, subject=None, context="x")
    keyring.forget()

    assert key_for_sealing(Purpose.CODE, None).id != lost
    assert unseal(sealed, purpose=Purpose.CODE, subject=None, context="x") == b"text"


@pytest.mark.django_db(transaction=True)
def test_a_destruction_that_was_rolled_back_leaves_the_key_readable():
    subject = uuid4()
    sealed = seal(b"text", purpose=Purpose.CODE, subject=subject, context="x")
    with transaction.atomic():
        destroy_keys(subject)
        with pytest.raises(Destroyed):
            unseal(sealed, purpose=Purpose.CODE, subject=subject, context="x")
        transaction.set_rollback(True)

    assert unseal(sealed, purpose=Purpose.CODE, subject=subject, context="x") == b"text"


@pytest.mark.django_db(transaction=True)
def test_a_committed_key_is_remembered_for_sealing(django_assert_num_queries):
    key_for_sealing(Purpose.CODE, None)
    key_for_sealing(Purpose.CODE, None)

    with django_assert_num_queries(0):
        seal(b"text", purpose=Purpose.CODE, subject=None, context="x")


@pytest.mark.django_db(transaction=True)
def test_a_destroyed_key_is_remembered_too(django_assert_num_queries):
    subject = uuid4()
    sealed = seal(b"text", purpose=Purpose.CODE, subject=subject, context="x")
    destroy_keys(subject)

    with django_assert_num_queries(1):
        for _ in range(3):
            with pytest.raises(Destroyed):
                unseal(sealed, purpose=Purpose.CODE, subject=subject, context="x")


@pytest.mark.django_db
@pytest.mark.parametrize("subject", [None, uuid4()])
def test_rule_3_the_database_holds_one_key_in_use(subject):
    key_for_sealing(Purpose.CODE, subject)

    with pytest.raises(IntegrityError), transaction.atomic():
        DataKey.objects.create(purpose=Purpose.CODE, subject=subject, wrapped=b"x")


@pytest.mark.django_db
def test_rule_3_who_comes_second_takes_the_first_ones_key(monkeypatch):
    make = keyring._made

    def overtaken(purpose, subject):
        assert make(purpose, subject) is not None
        return make(purpose, subject)

    monkeypatch.setattr(keyring, "_made", overtaken)

    assert key_for_sealing(Purpose.CODE, None).id == DataKey.objects.get().pk


@pytest.mark.slow
@pytest.mark.django_db
def test_rule_3_processes_that_start_at_once_share_the_first_keys(tmp_path):
    with house(tmp_path, "vault") as opened:
        sealers = [opened.start("tests.vault.sealers:seal_some", count=40) for _ in range(4)]
        sealed = [one for sealer in sealers for one in opened.result(sealer)]

        assert len(sealed) == 160
        assert opened.call("tests.vault.sealers:open_all", sealed=sealed) == 160
        assert opened.call("tests.vault.sealers:count_keys") == 5

    assert [path.name for path in (tmp_path / "keys").glob("master-*")] == ["master-0001"]


@pytest.mark.django_db
def test_rule_4_a_lost_folder_of_keys_does_not_start_a_new_one(key_folder):
    key_for_sealing(Purpose.CODE, None)
    (key_folder / "master-0001").rename(key_folder.parent / "lost")
    keyring.forget()

    with pytest.raises(MasterKeyMissing):
        seal(b"text", purpose=Purpose.CODE, subject=uuid4(), context="x")

    assert list(key_folder.iterdir()) == []
    assert DataKey.objects.count() == 1


@pytest.mark.django_db
def test_rule_5_more_keys_than_can_be_expected_are_still_found():
    sealed = [seal(b"%d" % n, purpose=Purpose.CODE, subject=uuid4(), context=str(n)) for n in range(3)]
    keyring.forget()
    for _ in range(keyring.MOST_EXPECTED + 1):
        keyring.expect(uuid4())

    assert len(keyring._expected.ids) <= keyring.MOST_EXPECTED
    assert all(keyring.key_for_opening(keyring.UUID(bytes=one[1:17])).secret for one in sealed)


@pytest.mark.django_db
def test_keys_are_stored_wrapped():
    secret = key_for_sealing(Purpose.CODE, None).secret

    assert secret not in bytes(DataKey.objects.get().wrapped)
    assert len(secret) == 32


@pytest.mark.django_db
@pytest.mark.parametrize("row", [{"wrapped": None}, {"wrapped": b"x", "destroyed_at": "2026-01-01T00:00Z"}])
def test_the_database_knows_that_destroyed_means_gone(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        DataKey.objects.create(purpose=Purpose.CODE, **row)


def test_a_value_read_before_something_was_forgotten_is_not_kept():
    memory = ShortLived(life=60, most=10)
    read_in = memory.generation
    memory.forget(["other"])
    memory.put("key", "value", read_in=read_in)

    assert memory.get("key") is None


def test_memory_is_bounded():
    memory = ShortLived(life=60, most=10)
    for number in range(100):
        memory.put(number, number, read_in=memory.generation)

    assert len(memory._held) <= 10
    assert memory.get(99) == 99


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_empties_the_memory():
    from django.core.management import call_command

    first = key_for_sealing(Purpose.CODE, None).id
    key_for_sealing(Purpose.CODE, None)
    DataKey.objects.all().delete()
    call_command("migrate", "vault", verbosity=0)

    assert key_for_sealing(Purpose.CODE, None).id != first
    assert connection.in_atomic_block is False
