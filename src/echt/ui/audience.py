"""Who may open a page, and with which methods.

1. A view says both with `page`; a view that says nothing is closed (`middleware.ClosedByDefault`).
2. The declaration belongs to the address, not to the function: a library's own view stays untouched.
3. HEAD comes with GET; no other method comes by itself.
4. A page that needs the camera says so; every other page is without one (`middleware`, rule 9).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps

from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Audience(StrEnum):
    """For whom a page is."""

    ANYONE = "anyone"
    """Signed in or not."""
    CUSTOMER = "customer"
    """Whoever is signed in."""
    STAFF = "staff"
    """Signed in, and `is_staff`."""
    DEMO = "demo"
    """Anyone, but only while the demo is on."""
    KEY = "key"
    """A program with a key of the API. Pages never see it: the door of the API answers (`api.door`)."""


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What a view said about itself."""

    audience: Audience
    methods: frozenset[str]
    secret: bool
    """The answer is never kept by a browser or a proxy."""
    shared: bool
    """The answer is the same for every reader, so that it may be kept for all of them."""
    camera: bool
    """The page may ask its reader for the camera."""


def page(
    audience: Audience, *methods: str, secret: bool = False, shared: bool = False, camera: bool = False
) -> Callable[[View], View]:
    """Declare a view: `@page(Audience.CUSTOMER, "GET")`, or `page(...)(SomeView.as_view())` in `urls.py`.

    Pages for anyone may be secret; all others are. Only a page for anyone can be shared. Only a page for customers can
    have the camera.
    """
    declaration = Declaration(
        audience=audience,
        methods=_methods(methods),
        secret=secret or audience is not Audience.ANYONE,
        shared=shared,
        camera=camera,
    )
    if declaration.secret and declaration.shared:
        raise ValueError("A page that is secret, or not for anyone, cannot be shared.")
    if declaration.camera and declaration.audience is not Audience.CUSTOMER:
        raise ValueError("Only a page for customers can have the camera.")
    return lambda view: _declared(view, declaration)


def declaration_of(view: object) -> Declaration | None:
    """What a view said, or nothing."""
    found = getattr(view, "declaration", None)
    return found if isinstance(found, Declaration) else None


def _methods(names: tuple[str, ...]) -> frozenset[str]:
    unknown = set(names) - METHODS
    if unknown or not names:
        raise ValueError(f"A page names its methods, in capitals: {sorted(unknown) or 'none were named'}.")
    return frozenset(names) | ({"HEAD"} if "GET" in names else frozenset())


def _declared(view: View, declaration: Declaration) -> View:
    @wraps(view)
    def declared(*args: object, **kwargs: object) -> HttpResponseBase:
        return view(*args, **kwargs)

    vars(declared).update(
        declaration=declaration,
        audience=declaration.audience,
        methods=declaration.methods,
        secret=declaration.secret,
    )
    return declared
