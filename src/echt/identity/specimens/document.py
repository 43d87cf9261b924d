"""A made-up document: whose, from where, and what its machine-readable zone says."""

import random
from dataclasses import dataclass
from datetime import date

from echt.identity.documents import DocumentKind, Side
from echt.identity.mrz import Format, compose
from echt.identity.specimens.persons import Person

LETTERS = "CFGHJKLMNPRTVWXYZ"
"""Letters of a number: none that makes a word, none that looks like a digit."""
CODES = {"DEU": "D"}
"""Countries whose code in the zone is not their ISO 3166-1 alpha-3."""
ZONES = {
    DocumentKind.PASSPORT: (Format.TD3, "P"),
    DocumentKind.ID_CARD: (Format.TD1, "ID"),
    DocumentKind.RESIDENCE_PERMIT: (Format.TD1, "IR"),
}


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document of a made-up layout. `country`: ISO 3166-1 alpha-3, or ICAO's UTO."""

    kind: DocumentKind
    country: str
    number: str
    issued_on: date
    expires_on: date
    person: Person

    def zone(self) -> tuple[str, ...]:
        """The lines of its machine-readable zone; none on a driving licence."""
        if self.kind not in ZONES:
            return ()
        form, code = ZONES[self.kind]
        return compose(
            form,
            code=code,
            issuer=CODES.get(self.country, self.country),
            nationality=CODES.get(self.person.nationality, self.person.nationality),
            surname=self.person.surname,
            given_names=self.person.given_names,
            number=self.number,
            born_on=self.person.born_on,
            sex=self.person.sex,
            expires_on=self.expires_on,
        )

    def zone_side(self) -> Side:
        """The side that bears the zone."""
        return Side.FRONT if self.kind is DocumentKind.PASSPORT else Side.BACK


VALID_FOR = {
    DocumentKind.PASSPORT: 10,
    DocumentKind.ID_CARD: 10,
    DocumentKind.RESIDENCE_PERMIT: 3,
    DocumentKind.DRIVING_LICENCE: 15,
}
"""Years."""


def document(kind: DocumentKind, person: Person, *, issued_on: date, seed: int = 0, country: str = "") -> Document:
    """A document for a person, with a number made up from `seed`; by default of the person's own country."""
    chance = random.Random(f"{kind}{person.surname}{person.face}{seed}")  # noqa: S311  (the same specimen each time)
    return Document(
        kind=kind,
        country=country or person.nationality,
        number=_number(chance),
        issued_on=issued_on,
        expires_on=_years_later(issued_on, VALID_FOR[kind]),
        person=person,
    )


def _number(chance: random.Random) -> str:
    return chance.choice(LETTERS) + "".join(chance.choice(LETTERS + "0123456789") for _ in range(8))


def _years_later(day: date, years: int) -> date:
    """The day before the same day, so that the 29th of February needs no exception."""
    return date.fromordinal(date(day.year + years, day.month, min(day.day, 28)).toordinal() - 1)
