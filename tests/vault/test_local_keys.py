import os
import threading
from itertools import pairwise

import pytest

from echt.vault.errors import KeysExposed, MasterKeyMissing, Tampered
from echt.vault.local_keys import LocalKeyStore

KEY = bytes(range(32))


def flipped(data, place):
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_a_wrapped_key_comes_back(store):
    wrapped = store.wrap(KEY, b"row 1")

    assert store.unwrap(wrapped, b"row 1") == KEY
    assert KEY not in wrapped
    assert store.wrap(KEY, b"row 1") != wrapped


def test_rule_1_a_wrapped_key_belongs_to_one_row(store):
    with pytest.raises(Tampered):
        store.unwrap(store.wrap(KEY, b"row 1"), b"row 2")


@pytest.mark.parametrize("place", [8, 19, 20, 51, 52, -1])
def test_rule_1_a_changed_wrapped_key_is_noticed(store, place):
    wrapped = store.wrap(KEY, b"row")

    with pytest.raises(Tampered):
        store.unwrap(flipped(wrapped, place % len(wrapped)), b"row")


def test_rule_1_a_truncated_wrapped_key_is_noticed(store):
    with pytest.raises(Tampered):
        store.unwrap(store.wrap(KEY, b"row")[:10], b"row")


def test_rule_2_keys_are_made_closed(store):
    assert store.folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in store.files()] == [0o600]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601])
def test_rule_2_a_key_file_open_to_others_is_not_used(store, mode):
    store.files()[0].chmod(mode)

    with pytest.raises(KeysExposed, match=f"mode {mode:04o}"):
        store.wrap(KEY, b"row")


@pytest.mark.parametrize("mode", [0o750, 0o705])
def test_rule_2_a_key_in_a_folder_open_to_others_is_not_used(store, mode):
    store.folder.chmod(mode)

    with pytest.raises(KeysExposed, match=f"mode {mode:04o}"):
        store.wrap(KEY, b"row")


def test_rule_2_a_key_of_another_user_is_not_used(store, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: store.folder.stat().st_uid + 1)

    with pytest.raises(KeysExposed, match="another user"):
        store.wrap(KEY, b"row")


def test_rule_3_the_key_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    done = []
    sync, link = os.fsync, os.link
    monkeypatch.setattr(os, "fsync", lambda handle: done.append("sync") or sync(handle))
    monkeypatch.setattr(os, "link", lambda *names: done.append("name") or link(*names))

    LocalKeyStore(tmp_path / "keys").begin()

    assert done == ["sync", "name", "sync"]


def test_rule_4_many_at_once_make_one_key(tmp_path):
    stores = [LocalKeyStore(tmp_path / "keys") for _ in range(12)]
    gate = threading.Barrier(len(stores))
    wrapped = []

    def start(store):
        gate.wait()
        store.begin()
        wrapped.append(store.wrap(KEY, b"row"))

    threads = [threading.Thread(target=start, args=[store]) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["master-0001"]
    assert [stores[0].unwrap(one, b"row") for one in wrapped] == [KEY] * len(stores)


def test_rule_4_beginning_again_changes_nothing(store):
    before = store.files()[0].read_bytes()

    store.begin()

    assert [path.read_bytes() for path in store.files()] == [before]


def test_rule_5_wrapping_without_a_master_key_makes_none(tmp_path):
    store = LocalKeyStore(tmp_path / "keys")

    with pytest.raises(MasterKeyMissing):
        store.wrap(KEY, b"row")

    assert store.files() == []


def test_rule_5_the_missing_master_key_is_named(store, tmp_path):
    wrapped = store.wrap(KEY, b"row")
    other = LocalKeyStore(tmp_path / "other")
    other.begin()

    with pytest.raises(MasterKeyMissing, match=wrapped[:8].hex()):
        other.unwrap(wrapped, b"row")


@pytest.mark.parametrize("content", ["", "not hex", "00" * 31, "00" * 33])
def test_rule_5_a_broken_key_file_is_not_replaced(store, content):
    store.files()[0].write_text(content)

    with pytest.raises(MasterKeyMissing, match="does not hold a master key"):
        store.wrap(KEY, b"row")

    assert store.files()[0].read_text() == content


def test_after_renewal_new_wraps_use_the_new_key_and_old_ones_open(store):
    old = store.wrap(KEY, b"row")
    store.renew()
    new = store.wrap(KEY, b"row")

    assert old[:8] != new[:8]
    assert [store.unwrap(one, b"row") for one in (old, new)] == [KEY, KEY]


def test_retiring_removes_all_but_the_newest(store):
    old = store.wrap(KEY, b"row")
    store.renew()
    store.retire()

    assert [path.name for path in store.files()] == ["master-0002"]
    with pytest.raises(MasterKeyMissing):
        store.unwrap(old, b"row")


def test_keys_stay_in_order_beyond_four_digits(store):
    store.files()[0].rename(store.folder / "master-9999")
    store.renew()

    assert [path.name for path in store.files()] == ["master-9999", "master-10000"]
    assert all(first != second for first, second in pairwise(store.files()))


def test_a_copy_under_another_name_is_not_a_key(store):
    (store.folder / "master-0001.bak").write_text("a copy")

    assert [path.name for path in store.files()] == ["master-0001"]
    assert store.unwrap(store.wrap(KEY, b"row"), b"row") == KEY


def test_a_key_does_not_show_in_its_representation(store):
    from echt.vault.local_keys import read

    master = read(store.files()[0])
    assert master.secret.hex() not in repr(master)
    assert repr(master.secret) not in repr(master)
