"""How long what comes in is held: the policy that counts, and the terms that follow from it.

1. Of the policies in force that apply, the one with most criteria counts, of equals the longest (`choosing`).
2. No policy refuses a purchase; what comes over the chain is held only where a policy says so.
3. N hours are elapsed hours, counted in UTC: no summer time makes them longer or shorter.
"""

from datetime import datetime, timedelta
from uuid import UUID

from echt import clock
from echt.holds.choosing import choose
from echt.holds.facts import facts_of
from echt.holds.models import Exemption, Policy
from echt.holds.risk import score_for
from echt.wallets.gate import NoPolicy
from echt.wallets.models import Account, Asset
from echt.wallets.models.purchases import Channel
from echt.wallets.moving import Terms


def terms(
    *, account: Account, asset: Asset, units: int, channel: Channel, at: datetime, purchase: UUID | None = None
) -> Terms | None:
    """See `wallets.gate.Gate.terms`."""
    policy = policy_for(account, asset, channel)
    if policy is None:
        if channel is Channel.ONCHAIN:
            return None
        raise NoPolicy
    if policy.hours == 0 or is_exempt(account, channel):
        return None
    score, marks = score_for(account=account, asset=asset, units=units, channel=channel, at=at)
    return Terms(
        policy=policy.pk,
        channel=channel.value,
        hours=policy.hours,
        acquired_at=at,
        release_at=at + timedelta(hours=policy.hours),
        restricts=policy.restricts,
        restart_hours=policy.hours if policy.restarts else 0,
        extends_open=policy.extends_open,
        score=score,
        marks=tuple(marks),
        purchase=purchase,
    )


def policy_for(account: Account, asset: Asset, channel: Channel) -> Policy | None:
    """The policy in force that counts for what comes in by this channel now; None: there is none."""
    facts = facts_of(account)
    return choose(
        list(Policy.objects.filter(valid_until=None)),
        channel=channel.value,
        country=facts.country,
        level=facts.level,
        risk=account.risk,
        asset=asset.pk,
    )


def is_exempt(account: Account, channel: Channel) -> bool:
    """Whether an exemption that two people decided holds now."""
    now = clock.now()
    running = Exemption.objects.filter(account=account, channel__in=["", channel.value], ended_at=None)
    return running.filter(begins_at__lte=now, ends_at__gt=now).exists()
