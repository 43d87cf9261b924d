"""Addresses of the pages that belong to no other room."""

from django.urls import path

from echt.ui import health, views

app_name = "ui"
urlpatterns = [
    path("", views.home, name="landing"),
    path("language/", views.choose_language, name="language"),
    path("style/", views.style, name="style"),
    path("brand/<slug:digest>.css", views.brand_stylesheet, name="brand"),
    path("brand/<slug:digest>.svg", views.brand_mark, name="mark"),
    path("qr.svg", views.qr, name="qr"),
    path("healthz", health.live, name="live"),
    path("readyz", health.ready, name="ready"),
]
