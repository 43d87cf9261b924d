"""OFAC’s SDN list as XML (`sdn.xml`, `consolidated.xml`)."""

from collections.abc import Iterator
from pathlib import Path

from echt.identity.screening.births import births_of
from echt.identity.screening.countries import country_of
from echt.identity.screening.entries import Entry, Row, checked, joined
from echt.identity.screening.records import Node, records_of

TITLE = "OFAC SDN (XML)"
ROOT = "sdnList"


def rows(path: Path) -> Iterator[Row]:
    for number, record in records_of(path, ("sdnEntry",)):
        yield checked(number, _entry(record)) if record.first("sdnType") == "Individual" else (number, None)


def _entry(record: Node) -> Entry:
    nationalities = record.texts("nationalityList", "nationality", "country")
    citizenships = record.texts("citizenshipList", "citizenship", "country")
    return Entry(
        key=record.first("uid"),
        names=(_name(record), *map(_name, record.all("akaList", "aka"))),
        born=tuple(
            date
            for text in record.texts("dateOfBirthList", "dateOfBirthItem", "dateOfBirth")
            for date in births_of(text)
        ),
        countries=tuple(map(country_of, (*nationalities, *citizenships))),
        remarks=joined(
            (*record.texts("programList", "program"), record.first("title"), record.first("remarks")), " · "
        ),
    )


def _name(node: Node) -> str:
    return joined((node.first("firstName"), node.first("lastName")))
