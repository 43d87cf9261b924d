"""Every address of the product, found in the URL configuration itself, so that none can be forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from echt.ui.audience import Declaration, declaration_of


@dataclass(frozen=True)
class Route:
    """One address, by the name under which the pages know it."""

    name: str
    view: Any
    parameters: tuple[str, ...]

    @property
    def declaration(self) -> Declaration | None:
        return declaration_of(self.view)

    def url(self, **values: Any) -> str:
        return reverse(self.name, kwargs=values)

    def __str__(self) -> str:
        return self.name


def routes() -> list[Route]:
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns: list[Any], space: str, outer: tuple[str, ...]) -> Iterator[Route]:
    for pattern in patterns:
        parameters = (*outer, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner, parameters)
        elif isinstance(pattern, URLPattern):
            yield Route(f"{space}{pattern.name or f'unnamed {pattern.pattern}'}", pattern.callback, parameters)
