"""What holds for every page that there is: laws 7, 9 and 10, seen from outside."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client

from echt.mail.models import Message
from tests.house.routes import Route, routes
from tests.house.samples import ABSENT_HERE, SAMPLES
from tests.house.test_routes import url_of

PAGES = [
    route
    for route in routes()
    if route.declaration and "GET" in route.declaration.methods and route.name not in ABSENT_HERE
]
WRITTEN_BY_READING = {"accounts_session", "ui_ratelimit"}
"""When somebody was last seen, and how often somebody asked: what a GET is allowed to write down."""
FRAMED = {"mail:outbox_html"}
"""The HTML of a mail, shown in a frame of its own that may do nothing."""

PICTURES = {"identity:picture", "desk:picture"}
"""A picture has no charset."""

SHARED = {route.name for route in PAGES if route.declaration.shared}
POLICY_OF_A_FRAME = {"default-src", "style-src", "frame-ancestors", "sandbox"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture(params=["nobody", "customer", "staff"])
def reader(request, client_of):
    """A browser, and whose things it asks for."""
    if request.param == "nobody":
        return Client(), request.getfixturevalue("customer")
    person = request.getfixturevalue(request.param)
    return client_of(person), person


@pytest.fixture
def answers(reader):
    """What the reader gets at every address."""
    client, owner = reader
    return {route.name: client.get(url_of(route, owner)) for route in PAGES}


def test_law_9_every_answer_carries_the_headers(answers):
    for name, answer in answers.items():
        headers = answer.headers
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["Referrer-Policy"] == "same-origin", name
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", name
        assert "geolocation=()" in headers["Permissions-Policy"], name
        assert headers["X-Frame-Options"] == ("SAMEORIGIN" if name in FRAMED else "DENY"), name
        assert "charset=utf-8" in headers["Content-Type"] or name in PICTURES or is_json(headers), name


def is_json(headers) -> bool:
    """JSON is always UTF-8 and names no charset."""
    return headers["Content-Type"] == "application/problem+json"


def test_law_9_the_policy_lets_nothing_in_from_elsewhere(answers):
    for name, answer in answers.items():
        policy = directives(answer.headers["Content-Security-Policy"])
        assert policy["default-src"] == ["'none'"], name
        if name in FRAMED:
            assert {*policy} == POLICY_OF_A_FRAME
            assert "allow-scripts" not in policy["sandbox"]
            continue
        for closed in ("object-src", "base-uri", "frame-ancestors"):
            assert policy[closed] == ["'none'"], name
        for sources in policy.values():
            assert {*sources} <= {"'none'", "'self'", "data:"}, name


def directives(policy: str) -> dict[str, list[str]]:
    return {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}


def test_what_somebody_signed_in_reads_is_kept_by_nobody(customer, client_of):
    client = client_of(customer)
    for route in PAGES:
        if route.name not in SHARED:
            assert "no-store" in client.get(url_of(route, customer)).headers["Cache-Control"], route


def test_cookies_are_for_us_alone(answers):
    for name, answer in answers.items():
        for cookie in answer.cookies.values():
            assert cookie["samesite"] == "Lax", (name, cookie)
            assert cookie["httponly"], (name, cookie)
            assert not cookie["domain"], (name, cookie)


def test_reading_changes_nothing(reader):
    client, owner = reader
    client.get("/")
    for route in PAGES:
        url = url_of(route, owner)
        before = contents()
        client.get(url)
        assert contents() == before, route


def contents() -> dict[str, list[str]]:
    """Every row of every table but those that reading may write."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        return {table: rows(cursor, table) for table in sorted(tables - WRITTEN_BY_READING)}


def rows(cursor, table: str) -> list[str]:
    cursor.execute(f'SELECT * FROM "{table}"')
    return sorted(repr([bytes(it) if isinstance(it, memoryview) else it for it in row]) for row in cursor)


def test_law_9_nothing_in_a_page_comes_from_elsewhere(answers):
    for name, answer in answers.items():
        if is_html(answer):
            assert [url for url in Loaded.by(answer.content.decode()) if not is_ours(url)] == [], name


def is_html(answer) -> bool:
    return answer.headers["Content-Type"].startswith("text/html")


def is_ours(url: str) -> bool:
    return url.startswith(("/", "#", "?", "data:", f"{settings.ECHT.web.origin}/")) and not url.startswith("//")


class Loaded(HTMLParser):
    """Every address that a browser asks for by itself, or sends a form to."""

    ATTRIBUTES = {"src", "srcset", "action", "formaction", "poster", "data"}
    LINKING = {"link", "use", "image"}

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    @classmethod
    def by(cls, html: str) -> list[str]:
        parser = cls()
        parser.feed(html)
        return parser.urls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in self.ATTRIBUTES or (tag in self.LINKING and name.endswith("href")):
                self.urls += [value] if value else []


def test_law_10_a_page_says_its_language_and_is_in_it(reader):
    client, owner = reader
    pages = [route for route in PAGES if route.name not in FRAMED]
    urls = {route.name: url_of(route, owner) for route in pages}
    german, english = ({name: texts_of(client, url) for name, url in urls.items()} for _ in speaking(client))

    both = {name: sorted(filter(is_ours_to_say, german[name] & english[name])) for name in urls}
    assert {name: texts for name, texts in both.items() if texts} == {}


def speaking(client: Client) -> Iterator[str]:
    """First German, then English."""
    for language in ("de", "en"):
        client.post("/language/", {"language": language})
        yield language


def texts_of(client: Client, url: str) -> set[str]:
    answer = client.get(url, follow=True)
    return Said.by(answer.content.decode()).texts if is_html(answer) else set()


def is_ours_to_say(text: str) -> bool:
    """A sentence of the page itself; the subject of a message stays as it was sent."""
    sent = [message.subject_line for message in Message.objects.all()]
    return is_sentence(text) and not any(subject in text for subject in sent)


def is_sentence(text: str) -> bool:
    """Words that no name would have."""
    words = [word for word in text.split() if word.isalpha() and word.islower() and len(word) > 1]
    return len(words) >= 3


class Said(HTMLParser):
    """The texts of a page, without those that are the same in every language by intention."""

    SILENT = {"script", "style", "code", "svg", "pre"}
    EMPTY = {"meta", "link", "input", "img", "br", "hr", "use", "source", "path", "wbr", "base"}

    def __init__(self) -> None:
        super().__init__()
        self.language = ""
        self.texts: set[str] = set()
        self._silent: list[bool] = []

    @classmethod
    def by(cls, html: str) -> "Said":
        parser = cls()
        parser.feed(html)
        return parser

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        if tag not in self.EMPTY:
            other = tag != "html" and given.get("lang", self.language) != self.language
            silent = tag in self.SILENT or given.get("translate") == "no" or other
            self._silent.append(silent or any(self._silent[-1:]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY and self._silent:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._silent[-1:]):
            self.texts.add(" ".join(data.split()))


def test_signing_in_over_https_uses_cookies_bound_to_the_host():
    from tests.environment import settings_with

    secure = settings_with(ECHT_WEB_ORIGIN="https://echt.example")

    assert secure["SESSION_COOKIE_NAME"] == "__Host-session"
    assert secure["CSRF_COOKIE_NAME"] == "__Host-csrf"
    assert secure["SESSION_COOKIE_SECURE"]
    assert secure["CSRF_COOKIE_SECURE"]
    assert secure["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert secure["SECURE_HSTS_INCLUDE_SUBDOMAINS"]


def test_every_page_is_walked():
    assert {route.name for route in PAGES} >= {"ui:landing", "accounts:security", "account_login", "mail:messages"}
    assert all(isinstance(route, Route) for route in PAGES)
    assert {route.name for route in PAGES if route.parameters} <= {*SAMPLES}
