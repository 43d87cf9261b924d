"""What rooms put on the landing page at start: the look-up, and what else one can check."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

ContextFunction = Callable[[HttpRequest], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Pillar:
    """One thing that a visitor can check here, and the link to it."""

    title: str | Promise
    text: str | Promise
    words: str | Promise
    url_name: str
    order: int

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_lookups: list[tuple[str, ContextFunction]] = []
_pillars: list[Pillar] = []


def register(template: str, context: ContextFunction) -> None:
    """Fill the place of the look-up: a template, and what it needs to know of a request.

    Raises:
        ValueError: the place is filled already.
    """
    if _lookups:
        raise ValueError(f"The look-up is there already: {_lookups[0][0]}.")
    _lookups.append((template, context))


def add_pillar(pillar: Pillar) -> None:
    _pillars.append(pillar)


def lookup_for(request: HttpRequest) -> SafeString:
    """The look-up as markup; empty where no room has one."""
    rendered = ((render_to_string(template, context(request), request),) for template, context in _lookups)
    return format_html_join("", "{}", rendered)


def pillars() -> list[Pillar]:
    return sorted(_pillars, key=lambda pillar: pillar.order)
