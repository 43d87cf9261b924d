"""Addresses of holds, below those of wallets."""

from django.urls import path

from echt.holds.views import appeal, hold

app_name = "holds"
urlpatterns = [
    path("wallets/holds/<uuid:hold>/", hold.hold, name="hold"),
    path("wallets/holds/<uuid:hold>/appeal/", appeal.ask, name="appeal"),
    path("wallets/holds/<uuid:hold>/appeal/withdraw/", appeal.withdraw, name="appeal_withdraw"),
]
