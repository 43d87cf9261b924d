"""Policies and exemptions as the pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from echt import clock
from echt.accounts.models import User
from echt.accounts.selectors import names_of
from echt.desk.holds.words import CHANNELS
from echt.desk.policies.words import applies_to, codes_of_assets, restricted
from echt.holds.actions.policies import criteria_of
from echt.holds.choosing import criteria
from echt.holds.models import Exemption, Policy
from echt.wallets.hold_words import hours
from echt.wallets.models.purchases import FIAT_CHANNELS, Channel


@dataclass(frozen=True, kw_only=True)
class PolicyRow:
    """One version. `names`: how many criteria it has."""

    policy: Policy
    applies_to: list[str]
    restricted: list[str]
    who: str = ""

    @property
    def hours(self) -> str:
        return hours(self.policy.hours)

    @property
    def names(self) -> int:
        return criteria(self.policy)


def rows_of(policies: Iterable[Policy]) -> list[PolicyRow]:
    codes, found = codes_of_assets(), list(policies)
    people = names_of(it.made_by_id for it in found if it.made_by_id)
    return [
        PolicyRow(
            policy=policy,
            applies_to=applies_to(criteria_of(policy), codes),
            restricted=restricted(policy.restricts),
            who=people.get(policy.made_by_id, "") if policy.made_by_id else "",
        )
        for policy in found
    ]


def in_force() -> list[PolicyRow]:
    """Those that name most first, of equals by their name."""
    rows = rows_of(Policy.objects.filter(valid_until=None))
    return sorted(rows, key=lambda row: (-row.names, row.policy.name))


def without_policy(rows: Iterable[PolicyRow]) -> list[str]:
    """Fiat channels by which not everybody can buy: no policy applies to all."""
    general = {row.policy.channel for row in rows if row.names == bool(row.policy.channel)}
    return [str(CHANNELS[channel]) for channel in FIAT_CHANNELS if not general & {"", channel.value}]


@dataclass(frozen=True, kw_only=True)
class ExemptionRow:
    """One exemption. `is_own`: the reader proposed it."""

    exemption: Exemption
    person: str
    channel: str
    proposed_by: str
    agreed_by: str
    is_own: bool

    @property
    def waits(self) -> bool:
        return self.exemption.begins_at is None


def open_exemptions(reader: User) -> list[ExemptionRow]:
    """Those that run or wait for a second person; never the reader's own."""
    found = Exemption.objects.filter(ended_at=None, ends_at__gt=clock.now()).select_related("account__owner")
    rows = list(found.exclude(account__owner=reader).order_by("ends_at"))
    people = names_of(pk for it in rows for pk in (it.proposed_by_id, it.agreed_by_id) if pk)
    return [_row(exemption, reader, people) for exemption in rows]


def _row(exemption: Exemption, reader: User, people: Mapping[UUID, str]) -> ExemptionRow:
    owner = exemption.account.owner
    return ExemptionRow(
        exemption=exemption,
        person=owner.display if owner else "",
        channel=str(CHANNELS[Channel(exemption.channel)]) if exemption.channel else "",
        proposed_by=people.get(exemption.proposed_by_id, ""),
        agreed_by=people.get(exemption.agreed_by_id, "") if exemption.agreed_by_id else "",
        is_own=exemption.proposed_by_id == reader.pk,
    )
