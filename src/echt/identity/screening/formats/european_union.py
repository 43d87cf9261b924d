"""The consolidated list of the European Union’s financial sanctions, as XML (schema 1.1)."""

from collections.abc import Iterator
from pathlib import Path

from echt.identity.screening.births import around, between, births_of
from echt.identity.screening.countries import country_of
from echt.identity.screening.entries import Entry, Row, checked, joined
from echt.identity.screening.records import Node, records_of

TITLE = "EU consolidated list (XML)"
ROOT = "export"


def rows(path: Path) -> Iterator[Row]:
    for number, record in records_of(path, ("sanctionEntity",)):
        yield checked(number, _entry(record)) if _is_person(record) else (number, None)


def _is_person(record: Node) -> bool:
    kinds = [node.attributes for node in record.all("subjectType")]
    return any(kind.get("code") == "person" or kind.get("classificationCode") == "P" for kind in kinds)


def _entry(record: Node) -> Entry:
    programmes = [node.attributes.get("programme", "") for node in record.all("regulation")]
    functions = [node.attributes.get("function", "") for node in record.all("nameAlias")]
    return Entry(
        key=record.attributes.get("euReferenceNumber") or record.attributes.get("logicalId", ""),
        names=tuple(_name(node) for node in record.all("nameAlias")),
        born=tuple(date for node in record.all("birthdate") for date in _born(node.attributes)),
        countries=tuple(_country(node.attributes) for node in record.all("citizenship")),
        remarks=joined(list(dict.fromkeys((*programmes, *functions, *record.texts("remark")))), " · "),
    )


def _name(node: Node) -> str:
    parts = [node.attributes.get(name, "") for name in ("firstName", "middleName", "lastName")]
    return node.attributes.get("wholeName", "").strip() or joined(parts)


def _born(said: dict[str, str]) -> tuple[str, ...]:
    if said.get("calendarType", "GREGORIAN") != "GREGORIAN":
        return ()
    if said.get("yearRangeFrom"):
        return between(said["yearRangeFrom"], said.get("yearRangeTo", ""))
    found = births_of(said.get("birthdate") or said.get("year", ""))
    return around(found[0]) if found and said.get("circa") == "true" else found


def _country(said: dict[str, str]) -> str:
    code = said.get("countryIso2Code", "")
    return country_of(code if code not in {"", "00"} else said.get("countryDescription", ""))
