from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from echt.identity.uploads import parts
from echt.identity.uploads.models import Upload
from echt.vault.file_store import file_folder
from tests.identity.uploads.drawing import jpeg

pytestmark = pytest.mark.django_db

BASE = "/identification/uploads/"
CONTENT = jpeg(quality=95) + bytes(2000)
SIZE = len(CONTENT)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def client(client_of, customer):
    return client_of(customer)


def begin(client, size=SIZE, item="front", **more):
    return client.post(BASE, {"size": size, "item": item, **more})


def send(client, where, offset, chunk):
    return client.patch(where, chunk, content_type="application/octet-stream", headers={"Upload-Offset": str(offset)})


@pytest.fixture
def where(client):
    return f"{BASE}{begin(client).json()['id']}/"


def offset_of(client, where):
    return int(client.head(where)["Upload-Offset"])


def test_a_file_arrives_as_it_left(client, customer):
    answer = begin(client)
    assert answer.status_code == 201
    told = answer.json()
    where = f"{BASE}{told['id']}/"
    assert told["chunk"] == parts.CHUNK

    for offset in range(0, len(CONTENT), 1000):
        answer = send(client, where, offset, CONTENT[offset : offset + 1000])
        assert (answer.status_code, answer["Upload-Length"]) == (204, str(len(CONTENT)))
    finished = client.post(f"{where}finish/")

    assert (finished.status_code, finished.json()["id"]) == (200, told["id"])
    assert parts.content_of(actor=customer, upload_id=told["id"], item=parts.Item.FRONT) == CONTENT


def test_after_a_broken_connection_one_asks_and_goes_on(client, where, customer):
    send(client, where, 0, CONTENT[:700])
    assert offset_of(client, where) == 700
    send(client, where, 700, CONTENT[700:])
    client.post(f"{where}finish/")

    upload = Upload.objects.get()
    assert parts.content_of(actor=customer, upload_id=upload.pk) == CONTENT


@pytest.mark.parametrize("offset", [0, 699, 701])
def test_rule_1_another_offset_is_answered_with_the_right_one(client, where, offset):
    send(client, where, 0, CONTENT[:700])
    answer = send(client, where, offset, b"x")

    assert (answer.status_code, answer["Upload-Offset"]) == (409, "700")
    assert offset_of(client, where) == 700


def test_rule_2_finishing_too_early_is_answered_with_the_offset(client, where):
    answer = client.post(f"{where}finish/")

    assert (answer.status_code, answer["Upload-Offset"]) == (409, "0")


@pytest.mark.parametrize("offset", ["", "-1", "1.0", "x", "٣", "9" * 30, " 0x1"])
def test_an_offset_that_is_no_number_is_refused(client, where, offset):
    assert send(client, where, offset, b"x").status_code == 400
    assert offset_of(client, where) == 0


def test_a_part_without_an_offset_is_refused(client, where):
    assert client.patch(where, b"x", content_type="application/octet-stream").status_code == 400


@pytest.mark.parametrize(
    "announced",
    [{"size": "many"}, {"size": "-1"}, {"size": ""}, {"item": "data"}, {"item": "../front"}, {"item": ""}],
)
def test_an_announcement_that_makes_no_sense_is_refused(client, announced):
    assert begin(client, **announced).status_code == 400
    assert not Upload.objects.exists()


@pytest.mark.parametrize(("size", "reason"), [(0, "empty"), (10_000_001, "too_big")])
def test_a_size_that_is_not_taken_is_refused_in_the_readers_language(client, size, reason):
    answer = begin(client, size)

    assert answer.status_code == 422
    assert answer.json()["reason"] == reason
    assert "Datei" in answer.json()["sentence"]
    assert not Upload.objects.exists()


def test_a_part_larger_than_it_may_be_is_refused_in_words(client, customer):
    upload = parts.begin(actor=customer, item=parts.Item.FRONT, size=2_000_000)
    answer = send(client, f"{BASE}{upload.pk}/", 0, bytes(parts.CHUNK + 1))

    assert (answer.status_code, answer.json()["reason"]) == (422, "too_big")


def test_a_part_of_exactly_the_largest_size_is_taken(client, customer):
    upload = parts.begin(actor=customer, item=parts.Item.FRONT, size=2_000_000)

    assert send(client, f"{BASE}{upload.pk}/", 0, bytes(parts.CHUNK)).status_code == 204


def test_rule_4_for_somebody_else_it_is_not_there(client, where, client_of, stranger):
    other = client_of(stranger)
    answers = [
        other.head(where),
        send(other, where, 0, b"x"),
        other.post(f"{where}finish/"),
        other.delete(where),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert offset_of(client, where) == 0


def test_rule_4_one_that_was_never_there_is_answered_the_same(client):
    assert client.head(f"{BASE}{uuid4()}/").status_code == 404


def test_rule_4_after_a_day_it_is_not_there(client_of, customer, travel):
    client = client_of(customer)
    upload = parts.begin(actor=customer, item=parts.Item.FRONT, size=10)
    Upload.objects.update(created_at=upload.created_at - timedelta(hours=24))

    assert client.head(f"{BASE}{upload.pk}/").status_code == 404


def test_giving_up_leaves_nothing(client, where, django_capture_on_commit_callbacks):
    send(client, where, 0, CONTENT[:700])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete(where).status_code == 204

    assert not Upload.objects.exists()
    assert not [path for path in file_folder().glob("**/*") if path.is_file()]
    assert client.head(where).status_code == 404


def test_nobody_uploads_without_being_signed_in(where):
    nobody = Client()

    assert begin(nobody).status_code == 302
    assert send(nobody, where, 0, b"x").status_code == 302
    assert Upload.objects.get().received == 0


def test_no_other_page_can_upload_in_ones_name(customer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(customer, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert begin(client).status_code == 403
    assert not Upload.objects.exists()


@pytest.mark.parametrize("method", ["get", "put", "post"])
def test_other_methods_are_not_taken(client, where, method):
    assert getattr(client, method)(where).status_code == 405


@pytest.mark.parametrize(
    "name", ["photo.jpg.php", "photo\0.jpg", "photo\u202egpj.exe", "../../photo.jpg", "CON", "a" * 5000]
)
def test_a_name_is_never_asked_and_never_kept(client, name):
    answer = begin(client, name=name, filename=name)
    send(client, f"{BASE}{answer.json()['id']}/", 0, b"x")

    [path] = [path for path in file_folder().glob("**/*") if path.is_file()]
    assert path.suffix == ""
    assert set(path.name) <= set("0123456789abcdef-")
    assert not [value for value in Upload.objects.values().get().values() if value == name]


def test_so_many_a_day_and_no_more(client, monkeypatch):
    from echt.identity.uploads import views
    from echt.ui.rate_limits import RateLimit

    monkeypatch.setattr(views, "A_DAY", RateLimit("identity-uploads-test", count=1, seconds=60))

    assert [begin(client).status_code for _ in range(2)] == [201, 429]
    assert Upload.objects.count() == 1
