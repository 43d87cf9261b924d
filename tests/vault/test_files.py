import os
import stat
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from echt import clock
from echt.vault.checks import check_exposure
from echt.vault.errors import Destroyed, FileMissing, Tampered
from echt.vault.file_store import LocalFileStore, file_folder, file_store
from echt.vault.files import content_of, discard, erase, keep, reseal_files, same_elsewhere, sweep_orphans
from echt.vault.models import DataKey, PrivateFile
from echt.vault.purposes import Purpose
from echt.vault.rotation import reseal_all, retire_data_keys
from echt.vault.seal import key_id_of
from echt.vault.shred import destroy_keys

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("key_folder")]

CONTENT = b"the holder's picture " * 1000


@pytest.fixture
def lena():
    return uuid4()


@pytest.fixture
def kept(lena):
    return keep(CONTENT, purpose=Purpose.DOCUMENT, subject=lena)


def paths():
    return sorted(path for path in file_folder().glob("**/*") if path.is_file())


def fresh(file):
    return PrivateFile.objects.get(pk=file.pk)


def age(path, by=timedelta(days=2)):
    then = (clock.now() - by).timestamp()
    os.utime(path, (then, then))


def path_of(file):
    return file_folder() / file.place.hex[:2] / str(file.place)


def rolled_back(change):
    """Do something and undo it."""
    with transaction.atomic():
        done = change()
        transaction.set_rollback(True)
    return done


def test_what_was_kept_comes_back(kept, lena):
    assert content_of(fresh(kept)) == CONTENT
    assert (kept.size, kept.subject, kept.purpose) == (len(CONTENT), lena, "document")


def test_an_empty_file_comes_back(lena):
    assert content_of(keep(b"", purpose=Purpose.DOCUMENT, subject=lena)) == b""


def test_rule_1_the_disk_holds_no_word_of_it(kept, lena):
    [path] = paths()

    assert b"holder" not in path.read_bytes()
    assert str(lena) not in str(path)
    assert str(kept.pk) not in str(path)


def test_rule_1_a_file_does_not_open_for_another_row(kept, lena):
    other = keep(b"mine", purpose=Purpose.DOCUMENT, subject=lena)
    path_of(other).write_bytes(path_of(kept).read_bytes())

    with pytest.raises(Tampered):
        content_of(other)


@pytest.mark.parametrize("change", [{"subject": uuid4()}, {"purpose": "biometric"}])
def test_rule_1_a_file_does_not_open_for_another_person_or_purpose(kept, change):
    PrivateFile.objects.filter(pk=kept.pk).update(**change)

    with pytest.raises(Tampered):
        content_of(fresh(kept))


@pytest.mark.parametrize("place", [0, 5, 20, 40, -1])
def test_rule_1_a_changed_bit_is_noticed(kept, place):
    sealed = bytearray(path_of(kept).read_bytes())
    sealed[place] ^= 1
    path_of(kept).write_bytes(sealed)

    with pytest.raises(Tampered):
        content_of(kept)


@pytest.mark.parametrize("length", [0, 10, 44, -1])
def test_rule_1_a_cut_file_is_noticed(kept, length):
    path_of(kept).write_bytes(path_of(kept).read_bytes()[:length])

    with pytest.raises(Tampered):
        content_of(kept)


def test_rule_2_the_bytes_are_there_before_the_row(lena, monkeypatch):
    seen = []
    put = LocalFileStore.put

    def watched(self, place, sealed):
        put(self, place, sealed)
        seen.append((PrivateFile.objects.count(), len(paths())))

    monkeypatch.setattr(LocalFileStore, "put", watched)
    keep(CONTENT, purpose=Purpose.DOCUMENT, subject=lena)

    assert seen == [(0, 1)]


def test_rule_2_where_the_disk_fails_there_is_no_row(lena, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep(CONTENT, purpose=Purpose.DOCUMENT, subject=lena)

    assert not PrivateFile.objects.exists()


def test_rule_3_discarding_removes_the_bytes_after_the_commit(kept, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        discard(kept)
        assert len(paths()) == 1

    assert paths() == []
    gone = fresh(kept)
    assert (gone.place, gone.sha256, gone.size) == (None, "", len(CONTENT))
    with pytest.raises(Destroyed):
        content_of(gone)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", [discard, erase])
def test_rule_3_a_rollback_keeps_row_and_bytes(key_folder, end):
    kept = keep(CONTENT, purpose=Purpose.DOCUMENT, subject=uuid4())
    rolled_back(lambda: end(PrivateFile.objects.get(pk=kept.pk)))

    assert content_of(fresh(kept)) == CONTENT


@pytest.mark.django_db(transaction=True)
def test_rule_3_erasing_leaves_nothing(key_folder):
    kept = keep(CONTENT, purpose=Purpose.DOCUMENT, subject=uuid4())
    erase(kept)

    assert not PrivateFile.objects.exists()
    assert paths() == []


def test_rule_3_a_file_is_not_half_discarded(kept):
    with pytest.raises(IntegrityError), transaction.atomic():
        PrivateFile.objects.filter(pk=kept.pk).update(discarded_at=clock.now())


def test_rule_4_what_a_crash_left_is_swept_when_it_is_old_enough(kept):
    store = file_store()
    old, young = uuid4(), uuid4()
    for place in (old, young):
        store.put(place, b"sealed bytes of a row that never came")
    draft = path_of(kept).with_name(f".{uuid4()}")
    draft.write_bytes(b"half")
    note = file_folder() / "aa"
    note.mkdir(exist_ok=True)
    stranger = note / "readme"
    stranger.write_bytes(b"put here by somebody")
    for path in (draft, stranger, path_of(kept), file_folder() / old.hex[:2] / str(old)):
        age(path)

    assert sweep_orphans() == 1

    assert set(paths()) == {path_of(kept), stranger, file_folder() / young.hex[:2] / str(young)}
    assert sweep_orphans() == 0
    assert content_of(kept) == CONTENT


def test_rule_4_where_nothing_was_kept_there_is_nothing_to_sweep():
    assert sweep_orphans() == 0


def test_rule_5_with_the_key_of_one_purpose_its_files_go_and_no_others(lena, django_capture_on_commit_callbacks):
    face = keep(b"face", purpose=Purpose.BIOMETRIC, subject=lena)
    card = keep(b"card", purpose=Purpose.DOCUMENT, subject=lena)
    other = keep(b"other", purpose=Purpose.BIOMETRIC, subject=uuid4())

    with django_capture_on_commit_callbacks(execute=True):
        assert destroy_keys(lena, purposes=[Purpose.BIOMETRIC]) == 1

    with pytest.raises(Destroyed):
        content_of(face)
    assert fresh(face).discarded_at is not None
    assert (content_of(card), content_of(other)) == (b"card", b"other")
    assert set(paths()) == {path_of(card), path_of(other)}


def test_rule_5_with_all_keys_all_files_go(kept, lena, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        destroy_keys(lena)

    assert paths() == []


def test_rule_5_a_copy_of_the_bytes_does_not_open_either(kept, lena, django_capture_on_commit_callbacks):
    copy = path_of(kept).read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        destroy_keys(lena)
    file_store().put(kept.place, copy)

    with pytest.raises(Destroyed):
        content_of(kept)


def test_rule_5_what_was_sealed_while_the_key_was_destroyed_elsewhere_is_swept(
    kept, django_capture_on_commit_callbacks
):
    DataKey.objects.filter(pk=kept.key_id).update(wrapped=None, destroyed_at=clock.now())

    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_orphans() == 1

    assert paths() == []


def test_rule_6_equal_contents_of_different_people_are_found(kept, lena):
    other = keep(CONTENT, purpose=Purpose.DOCUMENT, subject=uuid4())
    keep(CONTENT, purpose=Purpose.DOCUMENT, subject=lena)
    keep(CONTENT + b".", purpose=Purpose.DOCUMENT, subject=uuid4())

    assert list(same_elsewhere(kept)) == [other]


def test_rule_6_the_index_is_not_the_plain_digest(kept):
    import hashlib

    assert kept.sha256 != hashlib.sha256(CONTENT).hexdigest()
    assert len(kept.sha256) == 64


def test_rule_7_rotation_seals_files_anew(kept, django_capture_on_commit_callbacks):
    before, old = path_of(kept), kept.key_id
    retire_data_keys(Purpose.DOCUMENT)

    with django_capture_on_commit_callbacks(execute=True):
        assert reseal_all() == 1

    new = fresh(kept)
    assert new.key_id != old
    assert key_id_of(path_of(new).read_bytes()) == new.key_id
    assert content_of(new) == CONTENT
    assert not before.exists()
    assert reseal_all() == 0


def test_rule_7_other_purposes_stay_as_they_are(kept, lena):
    retire_data_keys(Purpose.BIOMETRIC)

    assert reseal_files() == 0


def test_rule_7_what_was_tampered_with_is_not_sealed_anew(kept):
    sealed = bytearray(path_of(kept).read_bytes())
    sealed[-1] ^= 1
    path_of(kept).write_bytes(sealed)
    retire_data_keys(Purpose.DOCUMENT)

    with pytest.raises(Tampered):
        reseal_files()
    assert fresh(kept).place == kept.place


@pytest.mark.django_db(transaction=True)
def test_rule_7_a_rollback_keeps_the_old_bytes(key_folder):
    kept = keep(CONTENT, purpose=Purpose.DOCUMENT, subject=uuid4())
    retire_data_keys(Purpose.DOCUMENT)

    assert rolled_back(reseal_files) == 1

    assert content_of(fresh(kept)) == CONTENT


def test_rule_7_who_read_the_row_before_finds_the_file_at_its_new_place(kept, django_capture_on_commit_callbacks):
    read_before = fresh(kept)
    retire_data_keys(Purpose.DOCUMENT)
    with django_capture_on_commit_callbacks(execute=True):
        reseal_files()

    assert content_of(read_before) == CONTENT


def test_rule_7_a_discarded_file_is_left_alone(kept):
    retire_data_keys(Purpose.DOCUMENT)
    destroy_keys(kept.subject)

    assert reseal_files() == 0


def test_a_file_that_should_be_there_and_is_not_is_named(kept):
    path_of(kept).unlink()

    with pytest.raises(FileMissing, match=str(kept.place)):
        content_of(kept)


def test_store_1_a_killed_writer_leaves_no_file(lena, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        file_store().put(place := uuid4(), b"sealed")

    with pytest.raises(FileMissing):
        file_store().get(place)


def test_store_1_a_place_is_written_once(kept):
    path_of(kept).with_name(f".{kept.place}").write_bytes(b"another writer is at it")

    with pytest.raises(FileExistsError):
        file_store().put(kept.place, b"other")


def test_store_3_nobody_else_can_read_it_whatever_the_umask(lena):
    before = os.umask(0)
    try:
        kept = keep(CONTENT, purpose=Purpose.DOCUMENT, subject=lena)
    finally:
        os.umask(before)

    folder = path_of(kept).parent
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (path_of(kept), folder, folder.parent)]
    assert modes == [0o600, 0o700, 0o700]


def test_store_3_removing_what_is_not_there_does_no_harm():
    file_store().remove(uuid4())


def test_the_store_of_an_installation_lies_in_its_data_folder(key_folder):
    assert file_folder() == key_folder.parent / "private"


def test_store_3_the_service_does_not_start_where_others_can_list_the_folder(kept):
    file_folder().chmod(0o755)

    assert [error.msg.split(" has ")[0] for error in check_exposure()] == [str(file_folder())]
    file_folder().chmod(0o700)
    assert check_exposure() == []
