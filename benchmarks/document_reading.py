"""How exactly documents are read.

    python -m benchmarks.document_reading                  # 40 whole documents of odd seeds
    python -m benchmarks.document_reading 20 --even        # 20 of even ones
    python -m benchmarks.document_reading --zones 60       # of even and odd seeds each, the side with the zone alone
    python -m benchmarks.document_reading --zones 60 --odd

Specimens are drawn and photographed by the tests' own camera, without faults that would have the picture refused. What
was tuned, was tuned on even seeds; the figures in the documentation are of odd ones. Beside them the few specimens with
a machine-readable zone in `../shared/kyc-samples`, where that folder is there: they show whether it works at all.
"""

import argparse
import json
import sys
from collections import Counter
from datetime import date
from itertools import islice
from pathlib import Path
from time import perf_counter

from benchmarks import zones
from echt.identity.comparing import NAMES, same_name
from echt.identity.documents import DocumentKind, Field, Side
from echt.identity.findings import Reading, Source
from echt.identity.specimens import Document, document, draw, people
from echt.identity.vision.documents import LocalDocumentReader
from tests.identity.photographs import jpeg, photograph

ISSUED = date(2024, 5, 2)
TARGET = 95
SAMPLES = Path(__file__).parents[1].parent / "shared" / "kyc-samples" / "mrz"
PRINTED = (Field.SURNAME, Field.GIVEN_NAMES, Field.NUMBER, Field.BORN_ON, Field.EXPIRES_ON)


def main() -> int:
    """Print the figures; 1 where the target is missed, or a wrong check digit was called right."""
    asked = _asked()
    reader = LocalDocumentReader()
    if asked.zones:
        return zones_alone(reader, asked)
    first = 0 if asked.even else 1
    figures: Counter[str] = Counter()
    for seed in range(first, 2 * asked.documents + first, 2):
        measure(reader, specimen(seed), seed, figures)
    samples(reader, figures)
    return told(figures)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("documents", nargs="?", type=int, default=40)
    parser.add_argument("--zones", type=int, default=0)
    parser.add_argument("--even", action="store_true")
    parser.add_argument("--odd", action="store_true")
    return parser.parse_args()


def zones_alone(reader: LocalDocumentReader, asked: argparse.Namespace) -> int:
    """Of each half that was asked for; both where none was."""
    missed = False
    for name, first in (("even", 0), ("odd", 1)):
        if getattr(asked, name) or asked.even == asked.odd:
            figures = zones.measured(reader, range(first, 2 * asked.zones + first, 2))
            zones.told(name, figures)
            missed |= 100 * figures["exact"] < TARGET * figures["zones"] or bool(figures["lying"])
    figures = Counter()
    samples(reader, figures)
    print(f"samples: {figures['samples']}, without an error: {figures['samples exact']}")
    return int(missed or bool(figures["lying"]))


def specimen(seed: int) -> Document:
    """A document of each kind in turn."""
    person = next(islice(people(seed), 1))
    return document(list(DocumentKind)[seed // 2 % len(DocumentKind)], person, issued_on=ISSUED, seed=seed)


def measure(reader: LocalDocumentReader, card: Document, seed: int, figures: Counter[str]) -> None:
    """Read one document and count what is right; what is wrong is printed."""
    sides = [Side.FRONT] if card.kind is DocumentKind.PASSPORT else list(Side)
    pictures = [jpeg(photograph(draw(card, side), seed * 2 + place)[0]) for place, side in enumerate(sides)]
    start = perf_counter()
    read = reader.read(pictures[0], pictures[1] if pictures[1:] else None, kind=card.kind, country=card.country)
    figures["seconds"] += round(1000 * (perf_counter() - start))
    figures["documents"] += 1
    if card.zone():
        count_zone(read, card.zone(), f"seed {seed}", figures)
    count_print(read, card, f"seed {seed}", figures)


def count_zone(read: Reading, printed: tuple[str, ...], name: str, figures: Counter[str]) -> None:
    exact = read.mrz_lines == printed
    figures["zones"] += 1
    figures["exact"] += exact
    figures["valid"] += bool(read.check_digits) and all(read.check_digits.values())
    figures["lying"] += any(zones.lies(read))
    if not exact:
        print(f"{name}: printed {' / '.join(printed)}\n{' ' * len(name)}  read    {' / '.join(read.mrz_lines)}")


def count_print(read: Reading, card: Document, name: str, figures: Counter[str]) -> None:
    person, said = card.person, read.fields.get(Source.PRINT, {})
    truth = {
        Field.SURNAME: person.surname,
        Field.GIVEN_NAMES: person.given_names,
        Field.NUMBER: card.number,
        Field.BORN_ON: person.born_on.isoformat(),
        Field.EXPIRES_ON: card.expires_on.isoformat(),
    }
    for field in PRINTED:
        value = said.get(field, "")
        right = same_name(truth[field], value) if field in NAMES else truth[field] == value
        figures["fields"] += 1
        figures["right"] += right
        if not right:
            print(f"{name}: {field} printed {truth[field]}, read {value or 'nothing'}")


def samples(reader: LocalDocumentReader, figures: Counter[str]) -> None:
    if not SAMPLES.is_dir():
        print("no samples: ../shared/kyc-samples is not there")
        return
    for name, lines in json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8")).items():
        read = reader.read((SAMPLES / name).read_bytes(), None, kind=DocumentKind.PASSPORT, country="UTO")
        figures["samples"] += 1
        figures["samples exact"] += read.mrz_lines == tuple(lines)
        figures["lying"] += any(zones.lies(read))
        if read.mrz_lines != tuple(lines):
            print(f"{name}: printed {' / '.join(lines)}\n{' ' * len(name)}  read    {' / '.join(read.mrz_lines)}")


def told(figures: Counter[str]) -> int:
    exact = 100 * figures["exact"] / max(1, figures["zones"])
    print(f"zones: {figures['zones']}, without an error: {exact:.1f} % (target: {TARGET} %)")
    print(f"all check digits right: {figures['valid']}; wrong ones called right: {figures['lying']} (target: 0)")
    print(f"printed fields: {figures['fields']}, right: {100 * figures['right'] / max(1, figures['fields']):.1f} %")
    print(f"samples: {figures['samples']}, without an error: {figures['samples exact']}")
    print(f"time: {figures['seconds'] / 1000 / max(1, figures['documents']):.1f} s a document")
    return 0 if exact >= TARGET and not figures["lying"] else 1


if __name__ == "__main__":
    sys.exit(main())
