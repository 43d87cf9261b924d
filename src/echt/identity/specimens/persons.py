"""Persons who do not exist, made up from a number."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Sex = Literal["F", "M"]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody made up. `nationality`: ISO 3166-1 alpha-3 or ICAO’s UTO. `face`: the number of the portrait."""

    surname: str
    given_names: str
    born_on: date
    sex: Sex
    nationality: str
    born_at: str = "Musterstadt"
    height: int = 172
    face: int = 1


@dataclass(frozen=True, kw_only=True)
class Names:
    """Names that are usual in a country, and places that are not in any."""

    surnames: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    places: tuple[str, ...]


NAMES = {
    "UTO": Names(
        surnames=("Eriksdotter", "Vandermeer", "Okonjo", "Lindqvist", "Tamura", "Castellane", "O’Rourke", "Novik-Hale"),
        women=("Anna Maria", "Ines", "Yuki", "Adaeze", "Linnea", "Thea Rose"),
        men=("Jonas", "Emeka Paul", "Ren", "Marius", "Theo", "Callum James"),
        places=("Zenith", "Port Aurelia", "Northgate", "Lakemoor"),
    ),
    "DEU": Names(
        surnames=("Müller-Lüdenscheidt", "Wölfle", "Groß", "Sommerfeld", "Bäcker", "Jäger", "Kästner", "Hofmann"),
        women=("Lena Marie", "Käthe", "Jördis", "Paula", "Annika", "Zoë Luise"),
        men=("Jürgen", "Bjørn Matthias", "Götz", "Elias", "Tobias Karl", "Henri"),
        places=("Musterstadt", "Neudorf", "Grünau", "Seeburg"),
    ),
    "FRA": Names(
        surnames=("Lefèvre", "Desmoulins", "Bélanger", "D’Aubigné", "Moreau-Guérin", "Garçon", "Roussel", "Hébert"),
        women=("Éloïse", "Camille Inès", "Maëlle", "Agnès", "Françoise", "Jeanne"),
        men=("Étienne", "Loïc", "François Noël", "Rémi", "Gaël", "Hugo"),
        places=("Villefictive", "Bourg-Neuf", "Port-Clair", "Montrêvé"),
    ),
    "POL": Names(
        surnames=(
            "Łukasiewicz",
            "Wiśnia-Zając",
            "Dąbrowski",
            "Jabłoński",
            "Gołębiowski",
            "Krawczyk",
            "Żuraw",
            "Sikora",
        ),
        women=("Małgorzata", "Zofia Łucja", "Róża", "Agnieszka", "Święta Anna", "Helena"),
        men=("Łukasz", "Stanisław", "Józef Żelisław", "Michał", "Andrzej", "Paweł"),
        places=("Miasto Wzór", "Nowa Łąka", "Zielony Bór", "Przykładów"),
    ),
    "ESP": Names(
        surnames=(
            "Muñoz Ibáñez",
            "García Peñalver",
            "Núñez",
            "Del Río Argüelles",
            "Castaño Vega",
            "Ortúzar",
            "Quiñones",
            "Soler",
        ),
        women=("Begoña", "Inés María", "Lucía", "Rocío", "Nieves", "Marta"),
        men=("Íñigo", "Andrés", "José Ángel", "Joaquín", "Ramón", "Álvaro"),
        places=("Villaejemplo", "Puerto Nuevo", "Peñaclara", "Alamedilla"),
    ),
}

COUNTRIES = tuple(NAMES)
OLDEST, YOUNGEST = date(1948, 1, 1), date(2005, 12, 31)


def people(seed: int) -> Iterator[Person]:
    """Ever more made-up persons, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  (nothing secret: the same specimen each time)
    while True:
        yield _person(chance)


def _person(chance: random.Random) -> Person:
    country = chance.choice(COUNTRIES)
    names = NAMES[country]
    sex: Sex = chance.choice(("F", "M"))
    return Person(
        surname=chance.choice(names.surnames),
        given_names=chance.choice(names.women if sex == "F" else names.men),
        born_on=OLDEST + timedelta(days=chance.randrange((YOUNGEST - OLDEST).days)),
        sex=sex,
        nationality=country,
        born_at=chance.choice(names.places),
        height=chance.randint(155, 180) if sex == "F" else chance.randint(165, 196),
        face=chance.randrange(1, 1_000_000),
    )
