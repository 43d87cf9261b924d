import random
from datetime import timedelta
from uuid import uuid4

import pytest

from echt.identity.items import Item
from echt.identity.uploads import parts
from echt.identity.uploads.models import Upload, UploadPart
from echt.identity.uploads.parts import CHUNK, WrongOffset
from echt.identity.uploads.refusals import Reason, UploadRefused
from echt.vault.file_store import file_folder
from echt.vault.models import PrivateFile
from echt.vault.purposes import Purpose
from echt.vault.shred import destroy_keys

pytestmark = pytest.mark.django_db

CONTENT = random.Random(7).randbytes(CHUNK * 2 + 1234)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def begun(customer):
    return parts.begin(actor=customer, item=Item.FRONT, size=len(CONTENT))


def append(upload, offset, length=CHUNK, **changed):
    chunk = CONTENT[offset : offset + length]
    return parts.append(**{"actor": upload.owner, "upload_id": upload.pk, "offset": offset, "chunk": chunk, **changed})


def whole(owner, content=CONTENT, item=Item.FRONT):
    upload = parts.begin(actor=owner, item=item, size=len(content))
    for offset in range(0, len(content), CHUNK):
        parts.append(actor=owner, upload_id=upload.pk, offset=offset, chunk=content[offset : offset + CHUNK])
    return parts.finish(actor=owner, upload_id=upload.pk)


def content_of(upload, **changed):
    return parts.content_of(**{"actor": upload.owner, "upload_id": upload.pk, "item": Item(upload.item), **changed})


def state():
    """Everything that could have changed."""
    return (
        list(Upload.objects.order_by("pk").values_list("pk", "received", "finished_at", "changed_at")),
        list(UploadPart.objects.order_by("pk").values_list("pk", "offset", "file")),
        list(PrivateFile.objects.order_by("pk").values_list("pk", "place", "discarded_at")),
    )


def files_on_disk():
    return [path for path in file_folder().glob("**/*") if path.is_file()]


def test_what_came_in_parts_is_whole_again(customer):
    assert content_of(whole(customer)) == CONTENT


@pytest.mark.parametrize("lengths", [[1, 2, 3], [CHUNK] * 2, [1000] * 20, [CHUNK, 1, CHUNK]])
def test_rule_1_a_connection_that_breaks_anywhere_spoils_nothing(begun, lengths):
    offset = 0
    for length in [*lengths, CHUNK, CHUNK, CHUNK]:
        offset = parts.own_upload(begun.owner, begun.pk).received
        if offset < len(CONTENT):
            append(begun, offset, length)
    parts.finish(actor=begun.owner, upload_id=begun.pk)

    assert content_of(begun) == CONTENT


@pytest.mark.parametrize("offset", [0, 1, CHUNK - 1, CHUNK + 1, 2 * CHUNK, len(CONTENT)])
def test_rule_1_a_part_elsewhere_is_refused_with_the_right_offset(begun, offset):
    append(begun, 0)
    before = state()

    with pytest.raises(WrongOffset) as wrong:
        append(begun, offset, chunk=b"x")

    assert wrong.value.offset == CHUNK
    assert state() == before


def test_rule_1_a_part_that_came_twice_is_taken_once(begun):
    append(begun, 0)
    with pytest.raises(WrongOffset):
        append(begun, 0)
    append(begun, CHUNK)
    append(begun, 2 * CHUNK)
    parts.finish(actor=begun.owner, upload_id=begun.pk)

    assert content_of(begun) == CONTENT


@pytest.mark.parametrize("chunk", [b"x" * (CHUNK + 1), b"x" * (len(CONTENT) + 1)])
def test_rule_2_a_part_that_is_too_large_is_refused(begun, chunk):
    before = state()

    with pytest.raises(UploadRefused) as refused:
        append(begun, 0, chunk=chunk)

    assert refused.value.reason is Reason.TOO_BIG
    assert state() == before


def test_rule_2_more_than_was_announced_is_refused(customer):
    upload = parts.begin(actor=customer, item=Item.BACK, size=3)
    before = state()

    with pytest.raises(UploadRefused):
        append(upload, 0, length=4)
    assert state() == before


def test_rule_2_an_empty_part_is_refused(begun):
    with pytest.raises(UploadRefused):
        append(begun, 0, chunk=b"")


def test_rule_2_it_is_not_finished_before_all_has_come(begun):
    append(begun, 0)
    with pytest.raises(WrongOffset) as wrong:
        parts.finish(actor=begun.owner, upload_id=begun.pk)

    assert wrong.value.offset == CHUNK
    with pytest.raises(UploadRefused) as refused:
        content_of(begun)
    assert refused.value.reason is Reason.LOST


def test_rule_2_nothing_comes_after_it_was_finished(customer):
    finished = whole(customer)
    with pytest.raises(WrongOffset):
        append(finished, len(CONTENT), chunk=b"x")

    assert content_of(finished) == CONTENT


def test_rule_2_finishing_again_does_no_harm(customer):
    finished = whole(customer)

    assert parts.finish(actor=customer, upload_id=finished.pk).finished_at == finished.finished_at


@pytest.mark.parametrize(("size", "reason"), [(0, Reason.EMPTY), (-1, Reason.EMPTY), (10_000_001, Reason.TOO_BIG)])
def test_rule_2_a_size_that_is_not_taken_is_refused_at_once(customer, size, reason):
    with pytest.raises(UploadRefused) as refused:
        parts.begin(actor=customer, item=Item.FRONT, size=size)

    assert refused.value.reason is reason
    assert not Upload.objects.exists()


def test_rule_2_ten_megabytes_are_taken(customer):
    assert parts.begin(actor=customer, item=Item.FRONT, size=10_000_000).size == 10_000_000


@pytest.mark.parametrize("item", [Item.DATA, Item.CASE, Item.DOCUMENT])
def test_rule_2_there_are_uploads_of_pictures_alone(customer, item):
    with pytest.raises(ValueError, match=item):
        parts.begin(actor=customer, item=item, size=1)


def test_rule_3_the_disk_holds_no_byte_of_it_in_clear(customer):
    whole(customer)

    for path in files_on_disk():
        sealed = path.read_bytes()
        assert not any(CONTENT[start : start + 16] in sealed for start in range(0, len(CONTENT), 4096))


@pytest.mark.parametrize(
    ("item", "purpose"),
    [(Item.FRONT, Purpose.DOCUMENT), (Item.BACK, Purpose.DOCUMENT), (Item.FACE, Purpose.BIOMETRIC)],
)
def test_rule_3_faces_lie_under_a_key_of_their_own(customer, item, purpose):
    upload = whole(customer, b"picture", item)

    assert {part.file.purpose for part in upload.parts.all()} == {purpose}
    destroy_keys(customer.pk, purposes=[purpose])
    with pytest.raises(UploadRefused) as refused:
        content_of(upload)
    assert refused.value.reason is Reason.LOST


@pytest.mark.parametrize("do", ["look", "append", "finish", "content", "discard"])
def test_rule_4_for_somebody_else_it_does_not_exist(customer, stranger, do):
    upload = whole(customer)
    before = state()
    acts = {
        "look": lambda: parts.own_upload(stranger, upload.pk),
        "append": lambda: append(upload, len(CONTENT), actor=stranger, chunk=b"x"),
        "finish": lambda: parts.finish(actor=stranger, upload_id=upload.pk),
        "content": lambda: content_of(upload, actor=stranger),
        "discard": lambda: parts.discard(actor=stranger, upload_id=upload.pk),
    }
    if do == "discard":
        acts[do]()
    else:
        with pytest.raises((parts.Absent, UploadRefused)):
            acts[do]()

    assert state() == before


def test_rule_4_none_that_was_never_begun(customer):
    with pytest.raises(parts.Absent):
        parts.own_upload(customer, uuid4())


def test_rule_4_it_serves_the_item_it_was_announced_for(customer):
    with pytest.raises(UploadRefused):
        content_of(whole(customer), item=Item.BACK)


def test_rule_5_the_one_left_unfinished_longest_makes_room(customer, travel):
    uploads = []
    for _ in range(parts.MOST):
        uploads.append(parts.begin(actor=customer, item=Item.FRONT, size=100))
        travel.shift(timedelta(seconds=1))
    append(uploads[0], 0, length=10)
    newest = parts.begin(actor=customer, item=Item.FRONT, size=100)

    left = set(Upload.objects.values_list("pk", flat=True))
    assert left == {upload.pk for upload in (uploads[0], *uploads[2:], newest)}


def test_rule_5_finished_ones_do_not_make_room(customer, stranger):
    for _ in range(parts.MOST):
        whole(customer, b"picture")
    before = state()

    with pytest.raises(UploadRefused) as refused:
        parts.begin(actor=customer, item=Item.FRONT, size=100)

    assert refused.value.reason is Reason.TOO_MANY
    assert state() == before
    parts.begin(actor=stranger, item=Item.FRONT, size=100)


def test_rule_5_the_bytes_of_all_are_limited(customer, monkeypatch):
    monkeypatch.setattr(parts, "MOST_BYTES", 250)
    whole(customer, b"x" * 100)
    parts.begin(actor=customer, item=Item.FRONT, size=100)
    parts.begin(actor=customer, item=Item.FRONT, size=150)

    assert sorted(Upload.objects.values_list("size", flat=True)) == [100, 150]
    with pytest.raises(UploadRefused):
        parts.begin(actor=customer, item=Item.FRONT, size=151)


def test_rule_6_after_a_day_it_does_not_exist_though_nothing_was_swept(customer, travel):
    upload = whole(customer)
    travel.shift(timedelta(hours=24) - timedelta(milliseconds=1))
    assert content_of(upload) == CONTENT
    travel.shift(timedelta(milliseconds=1))

    with pytest.raises(parts.Absent):
        parts.own_upload(customer, upload.pk)
    with pytest.raises(UploadRefused):
        content_of(upload)
    assert Upload.objects.exists()


def test_rule_6_the_sweep_clears_rows_and_bytes(customer, travel, django_capture_on_commit_callbacks):
    whole(customer)
    travel.shift(timedelta(hours=12))
    young = whole(customer)
    travel.shift(timedelta(hours=12))

    with django_capture_on_commit_callbacks(execute=True):
        assert parts.sweep_expired() == 1
    assert parts.sweep_expired() == 0

    assert list(Upload.objects.all()) == [young]
    assert len(files_on_disk()) == PrivateFile.objects.count() == young.parts.count()
    assert content_of(young) == CONTENT


def test_what_was_used_is_discarded_with_its_bytes(customer, django_capture_on_commit_callbacks):
    upload = whole(customer)
    with django_capture_on_commit_callbacks(execute=True):
        parts.discard(actor=customer, upload_id=upload.pk)
        parts.discard(actor=customer, upload_id=upload.pk)

    assert state() == ([], [], [])
    assert files_on_disk() == []
