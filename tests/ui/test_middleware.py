import re
from http import HTTPStatus

import pytest
from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.http import Http404, HttpResponse
from django.urls import resolve
from django.utils import timezone, translation

from echt.ui.middleware import HEADERS, ClosedByDefault, ReaderLanguage, ReaderZone, ResponseHeaders
from tests.ui.people import CUSTOMER, STAFF, STRANGER, Reader

pytestmark = pytest.mark.urls("tests.ui.urls")
BROWSER_LANGUAGES = "fr,de;q=0.8,en;q=0.5"


def opened(rf, path, reader, method="get"):
    """What the door says: an answer, or nothing where one may pass."""
    request = getattr(rf, method)(path)
    request.user = reader
    return ClosedByDefault(None).process_view(request, resolve(request.path).func, (), {})


def answered(rf, path, before, after=None, answer=None):
    """What the headers become for somebody who was `before` and is `after`."""
    request = rf.get(path)
    request.user = before
    request.resolver_match = resolve(path)

    def view(request):
        middleware.process_view(request, request.resolver_match.func, (), {})
        request.user = after or before
        return answer or HttpResponse("text")

    middleware = ResponseHeaders(view)
    return middleware(request)


def without_request(answer, path):
    """The page without what the request itself puts there: its path and a fresh CSRF token."""
    page = answer.content.decode().replace(path, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_rule_1_a_view_that_declares_nothing_does_not_exist(rf, anonymous):
    for reader in (STRANGER, CUSTOMER, STAFF):
        with pytest.raises(Http404):
            opened(rf, "/undeclared/", reader)
    assert anonymous.get("/undeclared/").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("reader", [STRANGER, CUSTOMER])
def test_rule_2_a_staff_page_does_not_exist_for_others(rf, reader):
    with pytest.raises(Http404):
        opened(rf, "/staff/", reader)


def test_rule_2_a_staff_page_opens_for_staff(rf):
    assert opened(rf, "/staff/", STAFF) is None


def test_rule_2_absent_and_forbidden_look_the_same(anonymous):
    absent, forbidden = anonymous.get("/abc/"), anonymous.get("/staff/")

    assert absent.status_code == forbidden.status_code == HTTPStatus.NOT_FOUND
    assert without_request(absent, "/abc/") == without_request(forbidden, "/staff/")


def test_rule_3_a_stranger_at_a_customers_page_signs_in_and_comes_back(rf):
    answer = opened(rf, "/customer/?page=2", STRANGER)

    assert answer.status_code == HTTPStatus.FOUND
    assert answer.url == "/sign-in/?next=/customer/%3Fpage%3D2"


def test_rule_3_nobody_is_sent_back_to_what_cannot_be_opened(rf):
    assert opened(rf, "/customer/post/", STRANGER, "post").url == "/sign-in/"


def test_rule_3_a_customers_page_opens_for_whoever_is_signed_in(rf):
    assert opened(rf, "/customer/", CUSTOMER) is None
    assert opened(rf, "/customer/", STAFF) is None


def test_rule_4_the_audience_comes_before_the_method(rf):
    with pytest.raises(Http404):
        opened(rf, "/staff/", CUSTOMER, "delete")
    assert opened(rf, "/customer/", STRANGER, "delete").status_code == HTTPStatus.FOUND


def test_rule_4_the_audience_comes_before_the_csrf_token(db):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post("/staff/").status_code == HTTPStatus.NOT_FOUND


def test_rule_4_a_method_that_was_not_declared_is_refused_and_the_others_are_named(anonymous):
    answer = anonymous.delete("/anyone/")

    assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert answer.headers["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_rule_4_no_method_comes_by_itself(anonymous, method):
    assert getattr(anonymous, method)("/").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_rule_5_demo_pages_exist_while_the_demo_is_on(rf, demo):
    assert opened(rf, "/demo/", STRANGER) is None


@pytest.mark.parametrize("reader", [STRANGER, CUSTOMER, STAFF])
def test_rule_5_without_the_demo_nobody_opens_its_pages(rf, no_demo, reader):
    with pytest.raises(Http404):
        opened(rf, "/demo/", reader)


@pytest.mark.parametrize(
    ("path", "reader", "kept"),
    [
        ("/anyone/", STRANGER, "private, no-cache"),
        ("/anyone/", CUSTOMER, "no-store"),
        ("/anyone/secret/", STRANGER, "no-store"),
        ("/customer/", CUSTOMER, "no-store"),
        ("/demo/", STRANGER, "no-store"),
    ],
)
def test_rule_6_what_is_personal_is_kept_by_nobody(rf, path, reader, kept):
    assert answered(rf, path, reader).headers["Cache-Control"] == kept


def test_rule_6_a_view_cannot_have_a_personal_answer_kept(rf):
    wished = HttpResponse(headers={"Cache-Control": "public, max-age=60"})

    assert answered(rf, "/customer/", CUSTOMER, answer=wished).headers["Cache-Control"] == "no-store"


def test_rule_6_a_shared_answer_is_the_same_for_every_reader(rf):
    wished = HttpResponse(headers={"Cache-Control": "public, max-age=60", "Vary": "Cookie"})
    answer = answered(rf, "/anyone/shared/", CUSTOMER, answer=wished)

    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Vary" not in answer.headers


def test_rule_6_a_failure_is_not_kept(anonymous):
    assert anonymous.get("/broken/").headers["Cache-Control"] == "no-store"


def test_rule_7_signing_out_empties_the_browsers_cache(rf):
    assert answered(rf, "/anyone/", CUSTOMER, after=STRANGER).headers["Clear-Site-Data"] == '"cache"'


@pytest.mark.parametrize(("before", "after"), [(STRANGER, STRANGER), (CUSTOMER, CUSTOMER), (STRANGER, CUSTOMER)])
def test_rule_7_nothing_else_does(rf, before, after):
    assert "Clear-Site-Data" not in answered(rf, "/anyone/", before, after).headers


@pytest.mark.parametrize("path", ["/", "/anyone/", "/absent/", "/customer/", "/broken/", "/healthz", "/qr.svg"])
def test_rule_8_every_answer_carries_the_headers(anonymous, path):
    answer = anonymous.get(path)

    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_rule_8_static_files_carry_them_too(anonymous):
    from django.templatetags.static import static

    answer = anonymous.get(static("ui/icons.svg"))
    answer.close()

    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Content-Security-Policy" in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/json"])
def test_rule_8_text_says_its_charset(rf, kind):
    answer = answered(rf, "/anyone/", STRANGER, answer=HttpResponse(content_type=kind))

    assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"


def test_rule_8_a_picture_has_no_charset(rf):
    answer = answered(rf, "/anyone/", STRANGER, answer=HttpResponse(content_type="image/png"))

    assert answer.headers["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    ("path", "reader", "status", "hidden"),
    [
        ("/anyone/", STRANGER, 200, False),
        ("/anyone/secret/", STRANGER, 200, True),
        ("/customer/", CUSTOMER, 200, True),
        ("/anyone/", STRANGER, 404, True),
    ],
)
def test_rule_8_only_public_pages_may_be_indexed(rf, no_demo, path, reader, status, hidden):
    answer = answered(rf, path, reader, answer=HttpResponse(status=status))

    assert ("X-Robots-Tag" in answer.headers) is hidden


def test_rule_8_a_demo_is_never_indexed(rf, demo):
    assert answered(rf, "/anyone/", STRANGER).headers["X-Robots-Tag"] == "noindex, nofollow"


def test_rule_9_a_page_that_declares_the_camera_may_ask_for_it_and_for_nothing_else(rf):
    policy = answered(rf, "/customer/camera/", CUSTOMER).headers["Permissions-Policy"]

    assert policy == HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)")


@pytest.mark.parametrize(("path", "reader"), [("/anyone/", STRANGER), ("/customer/", CUSTOMER), ("/staff/", STAFF)])
def test_rule_9_no_other_page_may(rf, path, reader):
    assert "camera=()" in answered(rf, path, reader).headers["Permissions-Policy"]


def test_trap_10_pages_refuse_to_be_framed_by_both_headers(anonymous):
    answer = anonymous.get("/")

    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_trap_11_messages_travel_in_the_session_not_in_a_cookie_of_their_own(rf):
    """A cookie of their own would go without the `__Host-` prefix."""

    def view(request):
        messages.success(request, "Saved.")
        return HttpResponse()

    request = rf.get("/")
    request.session = {}
    answer = MessageMiddleware(view)(request)

    assert not answer.cookies
    assert "Saved." in request.session["_messages"]


@pytest.mark.parametrize(
    ("own", "cookie", "browser", "language"),
    [
        ("de", "en", "en", "de"),
        ("", "de", "en", "de"),
        ("", "", BROWSER_LANGUAGES, "de"),
        ("", "", "fr", "en"),
        ("xx", "xx", "en", "en"),
    ],
)
def test_the_page_speaks_the_readers_language(rf, own, cookie, browser, language):
    request = rf.get("/", HTTP_ACCEPT_LANGUAGE=browser)
    request.COOKIES[django_settings.LANGUAGE_COOKIE_NAME] = cookie
    request.user = Reader(language=own)

    answer = ReaderLanguage(lambda request: HttpResponse(translation.get_language()))(request)

    assert answer.content.decode() == language
    assert answer.headers["Content-Language"] == language
    assert answer.headers["Vary"] == "Accept-Language, Cookie"


def test_a_readers_language_ends_with_the_request(rf):
    request = rf.get("/")
    request.user = Reader(language="de")
    with translation.override("en"):
        ReaderLanguage(lambda request: HttpResponse())(request)
        assert translation.get_language() == "en"


@pytest.mark.parametrize(
    ("own", "zone"), [("America/New_York", "America/New_York"), ("", "Europe/Berlin"), ("../etc", "Europe/Berlin")]
)
def test_the_page_tells_the_time_of_the_readers_place(rf, own, zone):
    request = rf.get("/")
    request.user = Reader(zone=own)

    answer = ReaderZone(lambda request: HttpResponse(timezone.get_current_timezone_name()))(request)

    assert answer.content.decode() == zone


def test_a_limit_that_is_used_up_says_when_to_try_again(anonymous):
    answer = anonymous.get("/limited/", headers={"accept-language": "en"})

    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert answer.headers["Retry-After"] == "150"
    assert "3 minutes" in answer.content.decode()
