"""Every address of the product, room by room."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("echt.api.urls")),
    path("", include("echt.ui.urls")),
    path("", include("echt.mail.urls")),
    path("", include("echt.accounts.urls")),
    path("", include("echt.identity.urls")),
    path("", include("echt.holds.urls")),
    path("", include("echt.wallets.urls")),
    path("", include("echt.desk.urls")),
]

handler400 = "echt.ui.views.bad_request"
handler403 = "echt.ui.views.forbidden"
handler404 = "echt.ui.views.not_found"
handler429 = "echt.ui.views.too_many"
handler500 = "echt.ui.views.server_error"
