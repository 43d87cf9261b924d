from http import HTTPStatus

import pytest
from django.conf import settings as django_settings
from django.test import Client

from echt.ui import brand, reader
from tests.ui.people import CUSTOMER

pytestmark = pytest.mark.urls("tests.ui.urls")
IN_GERMAN = {"accept-language": "de"}


@pytest.mark.parametrize(("language", "question"), [("en", "Is it really us?"), ("de", "Sind wir das wirklich?")])
def test_the_landing_page_asks_the_question_in_both_languages(anonymous, language, question):
    page = anonymous.get("/", headers={"accept-language": language}).content.decode()

    assert question in page
    assert f'<html lang="{language}">' in page


def test_a_language_is_chosen_and_the_reader_stays_where_the_reader_was(anonymous):
    answer = anonymous.post("/language/", {"language": "de", "next": "/anyone/?number=1"})

    assert answer.url == "/anyone/?number=1"
    assert anonymous.get("/").headers["Content-Language"] == "de"
    cookie = answer.cookies[django_settings.LANGUAGE_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("language", ["", "fr", "../de", "de\r\nX: y"])
def test_an_unknown_language_changes_nothing(anonymous, language):
    answer = anonymous.post("/language/", {"language": language, "next": "/anyone/"})

    assert answer.url == "/anyone/"
    assert django_settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_the_choice_leads_to_no_other_site(anonymous):
    assert anonymous.post("/language/", {"language": "de", "next": "//evil.example/"}).url == "/"


def test_the_choice_is_made_by_post(anonymous):
    assert anonymous.get("/language/").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_choice_without_a_token_is_refused_with_a_sentence(db):
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "de"}, headers=IN_GERMAN)

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "Bitte" in answer.content.decode()
    assert django_settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_whoever_is_signed_in_is_remembered(rf, monkeypatch):
    monkeypatch.setattr(reader, "_remember", [])
    told = []
    reader.on_language_chosen(lambda user, language: told.append((user, language)))
    request = rf.post("/language/")

    request.user = CUSTOMER
    reader.language_chosen(request, "de")

    assert told == [(CUSTOMER, "de")]


def test_the_style_page_shows_every_component(anonymous, demo):
    page = anonymous.get("/style/")

    assert page.status_code == HTTPStatus.OK
    assert "Diese Adresse ist zu kurz" in anonymous.get("/style/", headers=IN_GERMAN).content.decode()


def test_the_brands_colour_is_kept_for_good_under_its_own_address(anonymous, chosen):
    chosen(brand={"colour": "#123456", "red": True})
    answer = anonymous.get(brand.stylesheet_url())

    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--brand: #123456; --primary: var(--ink);" in answer.content.decode()


def test_an_older_pages_address_gives_the_present_colour_and_is_not_kept(anonymous):
    answer = anonymous.get("/brand/0123456789abcdef.css")

    assert answer.content == brand.stylesheet()
    assert answer.headers["Cache-Control"] == "no-cache"


def test_without_a_mark_of_its_own_the_brand_has_no_file(anonymous):
    assert anonymous.get("/brand/0123456789abcdef.svg").status_code == HTTPStatus.NOT_FOUND


def test_the_qr_code_is_black_on_white(anonymous):
    answer = anonymous.get("/qr.svg")

    assert answer.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert b'"#000"' in answer.content
    assert b'"#fff"' in answer.content
    assert b"style=" not in answer.content


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/absent/", HTTPStatus.NOT_FOUND, "Hier ist nichts"),
        ("/limited/", HTTPStatus.TOO_MANY_REQUESTS, "3 Minuten"),
        ("/broken/", HTTPStatus.INTERNAL_SERVER_ERROR, "Bei uns ist etwas kaputtgegangen"),
    ],
)
def test_a_failure_says_what_to_do_and_no_detail(anonymous, path, status, sentence):
    answer = anonymous.get(path, headers=IN_GERMAN)

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert "secret detail" not in answer.content.decode()


def test_what_is_not_there_for_strangers_offers_to_sign_in(anonymous):
    page = anonymous.get("/absent/?x=1", headers=IN_GERMAN).content.decode()

    assert 'href="/sign-in/?next=/absent/"' in page


def test_an_unknown_host_is_refused(anonymous):
    assert anonymous.get("/", HTTP_HOST="evil.example").status_code == HTTPStatus.BAD_REQUEST


def test_the_page_of_our_own_fault_needs_no_database(rf):
    from echt.ui.views import server_error

    assert server_error(rf.get("/")).status_code == HTTPStatus.INTERNAL_SERVER_ERROR


def test_a_library_that_does_not_say_when_gets_a_minute(rf):
    from echt.ui.views import too_many

    assert too_many(rf.get("/")).headers["Retry-After"] == "60"
