"""Law 1: closed by default. Every address, every role, a stranger's object."""

from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from echt.api.actions.keys import make_key
from echt.api.scopes import Scope
from echt.ui.audience import Audience, page
from echt.ui.middleware import ClosedByDefault
from tests.house.routes import Route, routes
from tests.house.samples import ABSENT_HERE, SAMPLES

ROUTES = routes()
API = [route for route in ROUTES if route.declaration and route.declaration.audience is Audience.KEY]
OPEN = [route for route in ROUTES if route.name not in ABSENT_HERE and route not in API]
OWNED = [route for route in OPEN if route.name in SAMPLES and SAMPLES[route.name].owned]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
SIGNED = {"wallets:callback"}
"""What machines send to us: signed by whoever sends, so that no form is needed and no token."""

pytestmark = pytest.mark.django_db


def url_of(route: Route, owner) -> str:
    """The address of a route; where it has parameters, of a thing that belongs to the owner."""
    return route.url(**SAMPLES[route.name].make(owner)) if route.parameters else route.url()


def declared(route: Route, audience: Audience) -> bool:
    return route.declaration.audience is audience


def test_there_are_addresses_to_walk():
    assert len(ROUTES) > 20


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_every_address_has_a_name_and_declares_audience_and_methods(route):
    assert "unnamed" not in route.name
    assert route.declaration, f"{route} needs @page(Audience..., method, ...)"


@pytest.mark.parametrize("route", [route for route in ROUTES if route.parameters], ids=str)
def test_every_address_with_parameters_has_an_example(route):
    assert route.name in SAMPLES or route.name in ABSENT_HERE, f"Give {route} a line in tests/house/samples.py"


def test_every_example_belongs_to_an_address():
    assert {*SAMPLES, *ABSENT_HERE} <= {route.name for route in ROUTES}


def test_a_view_that_declares_nothing_does_not_exist():
    from django.http import Http404, HttpResponse

    def silent(_request):
        return HttpResponse("open")

    middleware = ClosedByDefault(silent)
    with pytest.raises(Http404):
        middleware.process_view(RequestFactory().get("/"), silent, (), {})
    assert page(Audience.ANYONE, "GET")(silent).methods == {"GET", "HEAD"}


def test_nobody_signed_in_sees_only_pages_for_anyone(customer, demo):
    for route in OPEN:
        answer = Client().get(url_of(route, customer))
        if declared(route, Audience.STAFF):
            assert answer.status_code == 404, route
        elif declared(route, Audience.CUSTOMER):
            assert answer.status_code == 302, route
            assert answer.url.startswith(reverse("account_login")), route
        else:
            expect_open(route, answer)


def test_a_customer_sees_no_page_for_staff(customer, client_of, demo):
    for route in OPEN:
        answer = client_of(customer).get(url_of(route, customer))
        if declared(route, Audience.STAFF):
            assert answer.status_code == 404, route
        else:
            expect_open(route, answer)


def test_staff_see_every_page(staff, client_of, demo):
    for route in OPEN:
        expect_open(route, client_of(staff).get(url_of(route, staff)))


def test_demo_pages_are_there_only_while_the_demo_is_on(staff, client_of):
    demo = [route for route in OPEN if declared(route, Audience.DEMO)]

    assert demo
    for route in demo:
        assert client_of(staff).get(url_of(route, staff)).status_code == 404, route
        assert Client().get(url_of(route, staff)).status_code == 404, route


def test_methods_that_are_not_declared_are_refused(staff, client_of, demo):
    client = client_of(staff)
    for route in OPEN:
        url = url_of(route, staff)
        for method in METHODS:
            if method not in route.declaration.methods:
                assert client.generic(method, url).status_code == 405, (route, method)


def test_a_form_of_another_site_is_refused(staff, client_of, demo):
    for route in OPEN:
        if "POST" in route.declaration.methods:
            client = client_of(staff)
            client.handler.enforce_csrf_checks = True
            refused = 401 if route.name in SIGNED else 403
            assert client.post(url_of(route, staff)).status_code == refused, route


def test_a_strangers_object_is_not_there(customer, stranger, client_of, demo):
    client = client_of(customer)
    assert OWNED
    for route in OWNED:
        url = url_of(route, stranger)
        for method in METHODS:
            expected = 404 if method in route.declaration.methods else 405
            assert client.generic(method, url).status_code == expected, (route, method)


def test_without_a_key_the_api_is_closed_for_everybody(staff, client_of):
    assert API
    for route in API:
        for client in (Client(), client_of(staff)):
            for method in METHODS:
                assert client.generic(method, url_of(route, staff)).status_code == 401, (route, method)


def test_a_key_without_the_scope_opens_nothing(staff):
    for route in API:
        for method in route.declaration.methods:
            answer = by_key(method, url_of(route, staff), scopes=[])
            assert answer.status_code == 403, (route, method)


def test_methods_that_the_api_does_not_have_are_refused(staff):
    for route in API:
        for method in set(METHODS) - route.declaration.methods:
            assert by_key(method, url_of(route, staff), scopes=Scope).status_code == 405, (route, method)


def test_what_is_not_there_is_not_there_for_the_api(staff):
    for route in API:
        if route.parameters:
            url = route.url(**dict.fromkeys(route.parameters, uuid4()))
            for method in route.declaration.methods:
                assert by_key(method, url, scopes=Scope).status_code == 404, (route, method)


def by_key(method: str, url: str, *, scopes):
    """The answer to a program whose key has these scopes."""
    _key, secret = make_key(actor=None, name="Walk", scopes=scopes)
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": uuid4().hex}
    return Client().generic(method, url, "{}", content_type="application/json", headers=headers)


def expect_open(route: Route, answer) -> None:
    """The page, or where it leads; never an answer that says there is none."""
    if "GET" in route.declaration.methods:
        assert answer.status_code in {200, 302, 303}, route
    else:
        assert answer.status_code == 405, route
