"""DUPLICATE and SCREENING: whether the document stands for others too, and whether the name stands on a list."""

from echt.identity import duplicates
from echt.identity.examining.material import Found, Material, doubt
from echt.identity.models.cases import Outcome
from echt.identity.models.screening import HitState, ScreeningList
from echt.identity.settings import identity_settings


def duplicate(material: Material) -> Found:
    """How many accounts the document verifies, with this one, against the setting; and who sent the same file."""
    if not material.case.number_index:
        return doubt("no_number")
    by_number = duplicates.others_with_number(material.case)
    by_file = duplicates.others_with_file(material.case)
    most, accounts = identity_settings().accounts, len(by_number) + 1
    measure = {"value": accounts, "threshold": most, "ok": accounts <= most}
    details = {
        "measures": {"accounts": measure},
        "by_number": len(by_number),
        "by_file": len(by_file),
        "people": sorted(str(person) for person in by_number | by_file),
    }
    outcome = Outcome.FAILS if accounts > most else Outcome.DOUBT if by_number | by_file else Outcome.HOLDS
    return Found(outcome=outcome, details=details)


def screening(material: Material) -> Found:
    """Whether the name is like one on the lists. The caller holds the case's lock: hits are written with it."""
    from echt.identity.screening.hits import screen

    lists = list(ScreeningList.objects.filter(retired_at=None).order_by("name"))
    shown = [f"{each.name} {each.version}" for each in lists]
    if not lists:
        return Found(outcome=Outcome.DOUBT, details={"hits": 0, "lists": [], "remarks": ["no_lists"]})
    if not material.typed:
        return doubt("no_name")
    hits = [hit for hit in screen(material.case) if hit.state != HitState.CLEARED]
    outcome = Outcome.DOUBT if hits else Outcome.HOLDS
    return Found(outcome=outcome, details={"hits": len(hits), "lists": shown})
