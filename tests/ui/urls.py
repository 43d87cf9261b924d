"""The room's own addresses, and one page for each rule."""

from django.http import HttpResponse
from django.urls import include, path

from echt.ui.audience import Audience, page
from echt.ui.rate_limits import TooMany


def says_in(request):
    return HttpResponse("in")


def never_ending(request):
    raise TooMany(retry_after=150)


def broken(request):
    raise RuntimeError("secret detail")


urlpatterns = [
    path("", include("echt.ui.urls")),
    path("anyone/", page(Audience.ANYONE, "GET", "POST")(says_in)),
    path("anyone/secret/", page(Audience.ANYONE, "GET", secret=True)(says_in)),
    path("anyone/shared/", page(Audience.ANYONE, "GET", shared=True)(says_in)),
    path("customer/", page(Audience.CUSTOMER, "GET")(says_in)),
    path("customer/camera/", page(Audience.CUSTOMER, "GET", camera=True)(says_in)),
    path("customer/post/", page(Audience.CUSTOMER, "POST")(says_in)),
    path("staff/", page(Audience.STAFF, "GET")(says_in)),
    path("demo/", page(Audience.DEMO, "GET")(says_in)),
    path("undeclared/", says_in),
    path("limited/", page(Audience.ANYONE, "GET")(never_ending)),
    path("broken/", page(Audience.ANYONE, "GET")(broken)),
    path("sign-in/", page(Audience.ANYONE, "GET", "POST")(says_in), name="account_login"),
    path("sign-out/", page(Audience.ANYONE, "POST")(says_in), name="account_logout"),
]

handler400 = "echt.ui.views.bad_request"
handler403 = "echt.ui.views.forbidden"
handler404 = "echt.ui.views.not_found"
handler429 = "echt.ui.views.too_many"
handler500 = "echt.ui.views.server_error"
