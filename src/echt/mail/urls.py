"""Addresses of the mail room."""

from django.urls import path

from echt.mail.views import lookup, messages, outbox

app_name = "mail"
urlpatterns = [
    path("check/", lookup.check, name="check"),
    path("check/<str:number>/", lookup.check, name="check_number"),
    path("messages/", messages.index, name="messages"),
    path("messages/<str:number>/", messages.detail, name="message"),
    path("outbox/", outbox.index, name="outbox"),
    path("outbox/<str:key>/", outbox.detail, name="outbox_mail"),
    path("outbox/<str:key>/html/", outbox.frame, name="outbox_html"),
]
