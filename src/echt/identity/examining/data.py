"""ZONE, CONSISTENCY, TYPED: whether what the document says holds together, and is what the applicant confirmed."""

from echt.identity import local, offers
from echt.identity.comparing import Likeness, agreement, compare
from echt.identity.documents import DocumentKind, Field
from echt.identity.examining.material import Found, Material, doubt, not_applicable, worst
from echt.identity.findings import Reading
from echt.identity.models.cases import Outcome
from echt.identity.mrz.countries import same_country

PASSPORTS = frozenset({"TD3"})
OF_LIKENESS = {Likeness.SAME: Outcome.HOLDS, Likeness.DIFFERS: Outcome.FAILS}


def zone(material: Material) -> Found:
    """The check digits of the machine-readable zone."""
    reading = material.reading
    if reading is None:
        return doubt("not_read")
    if not reading.mrz_lines:
        return doubt("zone_not_read") if offers.bears_zone(material.case.document) else not_applicable("no_zone")
    digits = dict(reading.check_digits)
    outcome = Outcome.HOLDS if digits and all(digits.values()) else Outcome.FAILS
    details = {"format": reading.mrz_format, "check_digits": digits}
    return Found(outcome=outcome, details=details, provider=local.document_reader().version)


def consistency(material: Material) -> Found:
    """Whether zone, print and barcode say the same, and the document is the one that was chosen."""
    reading = material.reading
    if reading is None:
        return doubt("not_read")
    agreed, remarks = agreement(reading), _against_choice(material, reading)
    outcomes = [_outcome(each.likeness) for each in agreed] or [Outcome.DOUBT]
    fields = {
        each.field.value: {
            "values": {source.value: value for source, value in each.values.items()},
            "likeness": each.likeness.value,
        }
        for each in agreed
    }
    return Found(
        outcome=worst(*outcomes, *(Outcome.FAILS for _remark in remarks)),
        details={"fields": fields, "remarks": remarks or ([] if agreed else ["one_source"])},
        provider=local.document_reader().version,
    )


def typed(material: Material) -> Found:
    """Whether what the applicant confirmed is what was read."""
    if not material.typed:
        return doubt("nothing_typed")
    compared = compare(material.typed, material.reading or Reading())
    fields = {
        each.field.value: {
            "typed": each.typed,
            "read": each.read,
            "source": each.source.value if each.source else "",
            "likeness": each.likeness.value,
        }
        for each in compared
    }
    outcome = worst(*(_outcome(each.likeness) for each in compared))
    return Found(outcome=outcome, details={"fields": fields}, provider=local.document_reader().version)


def _outcome(likeness: Likeness) -> Outcome:
    """What is unreadable, or only typed, is for a person to read."""
    return OF_LIKENESS.get(likeness, Outcome.DOUBT)


def _against_choice(material: Material, reading: Reading) -> list[str]:
    """What of the document is not as the applicant chose it."""
    case = material.case.document
    issuers = [fields[Field.ISSUER] for fields in reading.fields.values() if fields.get(Field.ISSUER)]
    remarks = ["issuer_differs"] if any(not same_country(issuer, case.country) for issuer in issuers) else []
    if reading.mrz_format and (reading.mrz_format in PASSPORTS) != (case.kind == DocumentKind.PASSPORT):
        remarks.append("kind_differs")
    return remarks
