"""Questions to the catalogue; its facts are in `documents.toml`."""

import tomllib
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from django.utils.translation import get_language, to_locale

from echt.identity.documents import DocumentKind, Side
from echt.identity.mrz.countries import ALPHA2
from echt.identity.mrz.formats import Format

OF_AGE = 18
_FACTS: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("documents.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, kw_only=True)
class Country:
    """A country or region that issues documents. `enabled`: whether the operator serves it."""

    alpha3: str
    alpha2: str
    name: str
    enabled: bool = True


def countries(*, excluded: Collection[str] = ()) -> list[Country]:
    """All that issue documents, by name in the reader's language; `excluded` ones are not enabled."""
    language = get_language() or "en"
    return [
        Country(alpha3=alpha3, alpha2=ALPHA2[alpha3], name=name, enabled=alpha3 not in excluded)
        for alpha3, name in _named(language)
    ]


def name_of(alpha3: str) -> str:
    """The country's name in the reader's language; the code itself where it is unknown."""
    return _names(get_language() or "en").get(ALPHA2.get(alpha3, ""), alpha3)


def kinds_of(alpha3: str) -> tuple[DocumentKind, ...]:
    """What it issues; nothing where the country is unknown or leaves documents to another state."""
    return tuple(kind for kind in DocumentKind if is_issued(alpha3, kind))


def is_issued(alpha3: str, kind: DocumentKind) -> bool:
    return alpha3 in _issuers() and alpha3 not in _FACTS[kind.value]["not_issued"]


def sides_of(alpha3: str, kind: DocumentKind) -> tuple[Side, ...]:
    """The sides to photograph; none of a document that is not issued."""
    return tuple(map(Side, _FACTS[kind.value]["sides"])) if is_issued(alpha3, kind) else ()


def zone_of(alpha3: str, kind: DocumentKind) -> Format | None:
    """The zone that each such document issued today bears; None where there is none or not on all."""
    if not is_issued(alpha3, kind):
        return None
    facts = _FACTS[kind.value]
    return _listed(alpha3, facts.get("zones", {})) or (Format(facts["zone"]) if "zone" in facts else None)


def zones_of(alpha3: str, kind: DocumentKind) -> tuple[Format, ...]:
    """Today's zone, and that of earlier documents that are still valid."""
    earlier = _listed(alpha3, _FACTS[kind.value].get("earlier", {}))
    return tuple(filter(None, (zone_of(alpha3, kind), earlier)))


def least_age(alpha3: str) -> int:
    """The age at which one comes of age there."""
    return int(_FACTS["ages"].get(alpha3, OF_AGE))


def _listed(alpha3: str, zones: Mapping[str, Collection[str]]) -> Format | None:
    return next((Format(name) for name, listed in zones.items() if alpha3 in listed), None)


@cache
def _issuers() -> frozenset[str]:
    return frozenset(ALPHA2.keys() - _FACTS["elsewhere"].keys())


@cache
def _names(language: str) -> Mapping[str, str]:
    return Locale.parse(to_locale(language)).territories


@cache
def _named(language: str) -> tuple[tuple[str, str], ...]:
    names = _names(language)
    return tuple(sorted(((code, names[ALPHA2[code]]) for code in _issuers()), key=lambda pair: _sorting(pair[1])))


def _sorting(name: str) -> str:
    """Letters without marks, so that Österreich stands under O and Åland under A."""
    return "".join(part for part in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(part))
