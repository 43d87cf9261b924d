"""Machine-readable zones as phones photograph them: specimens with fuller zones than usual, under harder light.

Each is of a made-up person with a made-up issuer, number and optional data. A third is slightly blurred, a sixth lies
on its side or upside down; perspective, uneven light, grain and JPEG come with every photograph.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from string import ascii_uppercase, digits
from time import perf_counter, process_time

from PIL import Image

from echt.identity.documents import DocumentKind
from echt.identity.findings import Fault, Reading
from echt.identity.mrz import Format, check_digit, compose
from echt.identity.mrz.check_digits import FILLER
from echt.identity.mrz.countries import ALPHA2, to_icao
from echt.identity.mrz.formats import LAYOUTS
from echt.identity.specimens import Document, Person, document, draw, people
from echt.identity.vision.documents import LocalDocumentReader
from tests.identity.photographs import jpeg, photograph

ISSUED = date(2024, 5, 2)
FORMS = ((Format.TD3, "P"), (Format.TD1, "ID"), (Format.TD2, "I"), (Format.TD1, "IR"))
KINDS = {Format.TD1: DocumentKind.ID_CARD, Format.TD2: DocumentKind.PASSPORT, Format.TD3: DocumentKind.PASSPORT}
"""The larger card of TD2 has the proportions of a passport's page, and is drawn as one."""
MOST_OPTIONAL = {Format.TD1: 11, Format.TD2: 7, Format.TD3: 14}
BLURRED, TURNED = 3, 6
"""One in so many is slightly blurred; one in so many does not lie upright."""
SLIGHTLY = 0.2
"""The strength up to which a blur is slight: such a picture may be accepted."""
QUALITY = (60, 92)
ISSUER = "FRA"
"""What the customer is taken to have chosen: a country whose documents bear zones."""


@dataclass(frozen=True, kw_only=True)
class Specimen(Document):
    """A document with a zone of its own."""

    lines: tuple[str, ...]

    def zone(self) -> tuple[str, ...]:
        return self.lines


def specimen(seed: int) -> Specimen:
    """A document of each format in turn."""
    chance = random.Random(seed)  # noqa: S311  (the same specimen each time)
    form, code = FORMS[seed // 2 % len(FORMS)]
    person = next(islice(people(seed), 1))
    card = document(KINDS[form], person, issued_on=ISSUED, seed=seed)
    return Specimen(**vars(card), lines=_zone(form, code, person, chance))


def _zone(form: Format, code: str, person: Person, chance: random.Random) -> tuple[str, ...]:
    return compose(
        form,
        code=code,
        issuer=to_icao(chance.choice(sorted(ALPHA2))),
        nationality=to_icao(chance.choice(sorted(ALPHA2))),
        surname=person.surname,
        given_names=person.given_names,
        number=_text(chance, 9),
        born_on=person.born_on,
        sex=person.sex,
        expires_on=ISSUED + timedelta(days=chance.randrange(400, 3600)),
        optional=_text(chance, chance.choice((0, 0, MOST_OPTIONAL[form]))),
    )


def _text(chance: random.Random, length: int) -> str:
    letters = digits if chance.random() < 0.4 else digits * 2 + ascii_uppercase
    return "".join(chance.choice(letters) for _ in range(length))


def photographed(card: Document, seed: int) -> bytes:
    """The side with the zone, as a file."""
    chance = random.Random(f"picture {seed}")  # noqa: S311
    fault, strength = (Fault.BLURRED, chance.uniform(0, SLIGHTLY)) if chance.randrange(BLURRED) == 0 else (None, 0.0)
    picture, _ = photograph(draw(card, card.zone_side()), seed, fault=fault, strength=strength)
    turn = chance.choice(list(Image.Transpose)[2:5]) if chance.randrange(TURNED) == 0 else None
    return jpeg(picture if turn is None else picture.transpose(turn), chance.randint(*QUALITY))


def measured(reader: LocalDocumentReader, seeds: range) -> Counter[str]:
    """How often the zone was read without an error; each that was not is printed."""
    figures: Counter[str] = Counter()
    for seed in seeds:
        card = specimen(seed)
        picture = photographed(card, seed)
        start, busy = perf_counter(), process_time()
        read = reader.read(picture, None, kind=card.kind, country=ISSUER)
        figures["milliseconds"] += round(1000 * (perf_counter() - start))
        figures["busy"] += round(1000 * (process_time() - busy))
        count(read, card.zone(), f"seed {seed}", figures)
    return figures


def count(read: Reading, printed: tuple[str, ...], name: str, figures: Counter[str]) -> None:
    """Put the zone where it belongs: exact, refused by its check digits, not found, or wrong although they hold."""
    outcome = _outcome(read, printed)
    figures["zones"] += 1
    figures[outcome] += 1
    figures["lying"] += any(lies(read))
    if outcome != "exact":
        gap = " " * len(name)
        print(f"{name}: {outcome}\n{gap}  printed {' / '.join(printed)}\n{gap}  read    {' / '.join(read.mrz_lines)}")


def _outcome(read: Reading, printed: tuple[str, ...]) -> str:
    if read.mrz_lines == printed:
        return "exact"
    if not read.mrz_lines:
        return "not found"
    return "wrong" if all(read.check_digits.values()) else "refused"


def lies(read: Reading) -> Iterator[bool]:
    """Whether a digit was called right that is not. A filler in its place has rules of its own, and is left out."""
    for name in (name for name, right in read.check_digits.items() if right):
        check = LAYOUTS[Format(read.mrz_format)].checks[name]
        digit = check.digit.of(read.mrz_lines)
        yield digit not in {FILLER, check_digit(check.text(read.mrz_lines))}


def told(name: str, figures: Counter[str]) -> None:
    """Print the figures of a half."""
    zones = max(1, figures["zones"])
    print(
        f"{name}: {figures['zones']} zones, exact {figures['exact']} ({100 * figures['exact'] / zones:.1f} %),"
        f" refused by a check digit {figures['refused']}, not found {figures['not found']},"
        f" wrong although all digits hold {figures['wrong']}, wrong digits called right {figures['lying']};"
        f" {figures['busy'] / 1000 / zones:.1f} s of processor and {figures['milliseconds'] / 1000 / zones:.1f} s each"
    )
