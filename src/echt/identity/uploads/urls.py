"""Addresses of uploads, to be included beneath `identification/uploads/` in the room's own."""

from django.urls import path

from echt.identity.uploads import views

urlpatterns = [
    path("", views.begin, name="uploads"),
    path("<uuid:upload>/", views.upload, name="upload"),
    path("<uuid:upload>/finish/", views.finish, name="upload_finish"),
]
