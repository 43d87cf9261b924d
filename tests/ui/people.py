"""Readers without an account room: what `request.user` tells the pages."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser


@dataclass
class Reader:
    """Somebody signed in."""

    language: str = ""
    zone: str = ""
    is_staff: bool = False
    is_authenticated: bool = True
    pk: int = 1


STRANGER = AnonymousUser()
CUSTOMER = Reader()
STAFF = Reader(is_staff=True)
