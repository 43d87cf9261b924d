"""What would apply to somebody who bought now, and why. It asks the same functions as a purchase does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from echt import clock
from echt.accounts.models import User
from echt.desk.policies.rows import PolicyRow, rows_of
from echt.holds.choosing import ranked
from echt.holds.facts import facts_of
from echt.holds.models import Policy
from echt.holds.policies import is_exempt
from echt.wallets.models import Account
from echt.wallets.models.ledger import Risk
from echt.wallets.models.purchases import Channel


@dataclass(frozen=True, kw_only=True)
class Facts:
    """For whom is asked. `account` None: for nobody in particular, or somebody without money here."""

    country: str
    level: str
    risk: str
    account: Account | None = None


@dataclass(frozen=True, kw_only=True)
class Tried:
    """The answer. `counts` None: no policy applies."""

    facts: Facts
    channel: Channel
    counts: PolicyRow | None
    others: list[PolicyRow]
    exempt: bool
    at: datetime

    @property
    def is_held(self) -> bool:
        return bool(self.counts and self.counts.policy.hours and not self.exempt)

    @property
    def end(self) -> datetime | None:
        """When what is bought now is free; None: at once."""
        return self.at + timedelta(hours=self.counts.policy.hours) if self.counts and self.is_held else None

    @property
    def is_refused(self) -> bool:
        """Whether nothing can be bought: what comes over the chain is free without a policy."""
        return self.counts is None and self.channel is not Channel.ONCHAIN


def facts_of_person(person: User) -> Facts:
    """As a purchase of theirs would find them."""
    account = Account.objects.select_related("owner").filter(owner=person).first()
    found = facts_of(account or Account(owner=person))
    risk = account.risk if account else Risk.NORMAL.value
    return Facts(country=found.country, level=found.level, risk=risk, account=account)


def facts_given(said: dict[str, Any]) -> Facts:
    return Facts(country=said["country"], level=said["level"], risk=said["risk"])


def tried(facts: Facts, *, channel: Channel, asset: int) -> Tried:
    """Which policy counts, and which others apply."""
    found = ranked(
        Policy.objects.filter(valid_until=None),
        channel=channel.value,
        country=facts.country,
        level=facts.level,
        risk=facts.risk,
        asset=asset,
    )
    rows = rows_of(found)
    exempt = facts.account is not None and channel is not Channel.ONCHAIN and is_exempt(facts.account, channel)
    counts = rows[0] if rows else None
    return Tried(facts=facts, channel=channel, counts=counts, others=rows[1:], exempt=exempt, at=clock.now())
