"""What the applicant's pages refuse: bad input in every field, other people's applications, forms of other sites."""

from http import HTTPStatus
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from echt.identity import consents
from echt.identity.levels import Level
from echt.identity.models import Case
from tests.identity import making
from tests.identity.fakes import JPEG
from tests.identity.test_pages import DATA, at, photo, text_of

OF_A_CASE = ("case", "document", "data", "residence", "consent", "face", "check", "withdraw", "state")
POSTED = ("add_picture", "challenge", "answer")


@pytest.fixture
def browser(lena, client_of):
    """Her browser, in which she is signed in."""
    return client_of(lena)


NONSENSE = "☃<script>" + "x" * 300
BAD = {
    "no document": ("document", {}, "Choose a country or region from the list."),
    "no kind": ("document", {"country": "DEU"}, "Choose one of the documents."),
    "nonsense": ("document", {"country": NONSENSE, "kind": NONSENSE}, "Choose a country or region from the list."),
    "not issued": ("document", {"country": "GBR", "kind": "id_card"}, "Of United Kingdom we accept: Passport"),
    "nothing to reuse": ("document", {"reuse": "yes"}, "There is no verified document of yours"),
    "no residence": ("residence", {}, "Choose a country or region from the list."),
    "no such residence": ("residence", {"country": NONSENSE}, "Choose a country or region from the list."),
    "no data": ("data", {}, "Enter the number of the document."),
    "nonsense data": ("data", dict.fromkeys(DATA, NONSENSE), "in at most 120 characters."),
    "no such day": ("data", DATA | {"born_on": "1990-02-30"}, "Enter a date that exists: day, month and year."),
    "expired": ("data", DATA | {"expires_on": "2020-01-01"}, "This document has expired."),
    "born tomorrow": ("data", DATA | {"born_on": "2090-01-01"}, "This cannot be a date of birth."),
    "not ticked": ("consent", {"version": consents.VERSION}, "Tick the box to agree"),
    "old text": ("consent", {"agreed": "on", "version": NONSENSE}, "The text has changed since you opened the page."),
    "no version": ("consent", {"agreed": "on"}, "The text has changed since you opened the page."),
    "too early": ("check", {"version": "1"}, "Your application has changed since you opened this page."),
    "no number": ("check", {"version": NONSENSE}, "Your application has changed since you opened this page."),
}


@pytest.mark.parametrize(("page", "typed", "sentence"), BAD.values(), ids=BAD)
def test_bad_input_gets_a_sentence_and_changes_nothing(browser, lena, page, typed, sentence):
    case = making.choose(making.begun(lena, Level.ADVANCED))
    before = making.everything()

    answer = browser.post(at(page, case), typed)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in text_of(answer)
    assert making.everything() == before


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "Choose a file, or use the camera."),
        (b"", "The file is empty."),
        (b"%PDF-1.7", "This file is not a picture."),
        (JPEG + bytes(10_000_001), "The file is larger than 10 MB."),
        (JPEG + bytes(12_000_000), "The file is larger than 10 MB."),
    ],
)
def test_a_bad_file_gets_a_sentence_and_nothing_of_it_is_kept(browser, lena, content, sentence):
    case = making.choose(making.begun(lena))
    before = making.fresh(case).version

    typed = {} if content is None else {"file": SimpleUploadedFile("it.jpg", content, "image/jpeg")}
    answer = browser.post(at("photo", case, "front"), typed)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in text_of(answer)
    assert making.fresh(case).version == before
    assert not case.pictures.exists()


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("add_picture", {}),
        ("add_picture", {"item": "face", "upload": uuid4()}),
        ("add_picture", {"item": "front", "upload": NONSENSE}),
        ("add_picture", {"item": "front", "upload": uuid4()}),
        ("challenge", {}),
        ("answer", {"challenge": NONSENSE, "upload": NONSENSE}),
    ],
)
def test_a_browser_module_is_refused_with_a_sentence(browser, lena, page, typed):
    case = making.choose(making.begun(lena, Level.ADVANCED))
    before = making.everything()

    answer = browser.post(at(page, case), typed)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert len(answer.json()["sentence"]) > 20
    assert making.everything() == before


def test_a_level_that_does_not_exist_or_is_held_is_not_begun(browser, lena):
    assert browser.post(reverse("identity:begin", args=["golden"])).status_code == HTTPStatus.NOT_FOUND
    assert browser.post(reverse("identity:begin", args=["none"])).status_code == HTTPStatus.NOT_FOUND
    making.granted(making.in_review(lena))

    answer = browser.post(reverse("identity:begin", args=["primary"]), follow=True)

    assert "You hold this level already." in text_of(answer)
    assert Case.objects.filter(applicant=lena).count() == 1


def test_a_side_that_does_not_exist_has_no_page(browser, lena):
    case = making.choose(making.begun(lena))

    for item in ("face", "case", "nonsense"):
        assert browser.get(at("photo", case, item)).status_code == HTTPStatus.NOT_FOUND
    assert browser.get(at("photo", case, "back")).url == at("photo", case, "front")


def test_a_strangers_application_is_not_there(lena, stranger, client_of):
    case = making.choose(making.begun(lena, Level.ADVANCED))
    client = client_of(stranger)
    before = making.everything()
    urls = [at(page, case) for page in OF_A_CASE] + [at("photo", case, "front")]

    assert {client.get(url).status_code for url in urls} == {HTTPStatus.NOT_FOUND}
    posted = [url for url in urls if not url.endswith(("/state/", "/face/", f"{case.pk}/"))]
    posted += [at(page, case) for page in POSTED]
    assert {client.post(url, DATA).status_code for url in posted} == {HTTPStatus.NOT_FOUND}
    assert making.everything() == before


def test_a_form_of_another_site_is_refused_although_its_file_is_read_late(lena, client_of):
    case = making.choose(making.begun(lena))
    client = client_of(lena)
    client.handler.enforce_csrf_checks = True

    assert client.post(at("photo", case, "front"), photo()).status_code == HTTPStatus.FORBIDDEN
    assert not case.pictures.exists()
