"""What the desk calls what policies and limits name."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.desk.holds.words import CHANNELS
from echt.desk.identity.words import country
from echt.holds.actions.policies import Criteria
from echt.holds.facts import INSTITUTION
from echt.identity.catalogue import countries
from echt.identity.levels import LABELS as LEVELS_OF_PERSONS
from echt.wallets.models import Asset
from echt.wallets.models.ledger import Risk
from echt.wallets.models.purchases import Channel
from echt.wallets.operations import LABELS as OPERATIONS
from echt.wallets.operations import operations_of

Choices = list[tuple[str, str]]
LEVELS: dict[str, Promise] = {
    **{level.value: label for level, label in LEVELS_OF_PERSONS.items()},
    INSTITUTION: gettext_lazy("Institution"),
}
RISKS: dict[Risk, Promise] = {
    Risk.LOW: gettext_lazy("Low risk"),
    Risk.NORMAL: gettext_lazy("Normal risk"),
    Risk.HIGH: gettext_lazy("High risk"),
}


def applies_to(criteria: Criteria, codes: dict[int, str]) -> list[str]:
    """What a policy names, each in words; empty: it applies to everything. `codes`: of assets, by their key."""
    named = [
        str(CHANNELS[Channel(criteria.channel)]) if criteria.channel else "",
        country(criteria.country),
        str(LEVELS[criteria.level]) if criteria.level else "",
        str(RISKS[Risk(criteria.risk)]) if criteria.risk else "",
        codes.get(criteria.asset_id or 0, ""),
    ]
    return [word for word in named if word]


def restricted(bits: int) -> list[str]:
    return [str(OPERATIONS[operation]) for operation in operations_of(bits)]


def with_any(words: Iterable[tuple[object, object]], any_: str = "") -> Choices:
    """Choices after the one of none."""
    return [("", any_ or _("Any")), *((str(value), str(label)) for value, label in words)]


def country_choices() -> Choices:
    """Every country, by its name."""
    return [(it.alpha3, it.name) for it in countries()]


def codes_of_assets() -> dict[int, str]:
    return dict(Asset.objects.values_list("pk", "code"))
