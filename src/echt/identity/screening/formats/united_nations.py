"""The consolidated list of the United Nations Security Council, as XML."""

from collections.abc import Iterator
from pathlib import Path

from echt.identity.screening.births import around, between, births_of
from echt.identity.screening.countries import country_of
from echt.identity.screening.entries import Entry, Row, checked, joined
from echt.identity.screening.records import Node, records_of

TITLE = "UN consolidated list (XML)"
ROOT = "CONSOLIDATED_LIST"
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_APPROXIMATELY = "APPROXIMATELY"


def rows(path: Path) -> Iterator[Row]:
    for number, record in records_of(path, ("INDIVIDUAL", "ENTITY")):
        yield checked(number, _entry(record)) if record.name == "INDIVIDUAL" else (number, None)


def _entry(record: Node) -> Entry:
    return Entry(
        key=record.first("REFERENCE_NUMBER") or record.first("DATAID"),
        names=(
            joined([record.first(name) for name in _NAMES]),
            record.first("NAME_ORIGINAL_SCRIPT"),
            *record.texts("INDIVIDUAL_ALIAS", "ALIAS_NAME"),
        ),
        born=tuple(date for node in record.all("INDIVIDUAL_DATE_OF_BIRTH") for date in _born(node)),
        countries=tuple(map(country_of, record.texts("NATIONALITY", "VALUE"))),
        remarks=joined(
            (record.first("UN_LIST_TYPE"), *record.texts("DESIGNATION", "VALUE"), record.first("COMMENTS1")), " · "
        ),
    )


def _born(node: Node) -> tuple[str, ...]:
    if node.first("FROM_YEAR"):
        return between(node.first("FROM_YEAR"), node.first("TO_YEAR"))
    found = births_of(node.first("DATE") or node.first("YEAR"))
    if found and node.first("TYPE_OF_DATE").upper() == _APPROXIMATELY:
        return around(found[0])
    return found
