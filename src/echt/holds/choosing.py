"""Which of several policies counts.

1. A policy applies where every criterion that it names is met; one that it leaves empty is met by all.
2. Of those that apply the one that names most criteria counts; of equals the longest; of equals the newest.
"""

from collections.abc import Iterable

from echt.holds.models import Policy


def choose(
    policies: Iterable[Policy], *, channel: str, country: str, level: str, risk: str, asset: int
) -> Policy | None:
    """The policy that counts; None: none applies."""
    return next(iter(ranked(policies, channel=channel, country=country, level=level, risk=risk, asset=asset)), None)


def ranked(
    policies: Iterable[Policy], *, channel: str, country: str, level: str, risk: str, asset: int
) -> list[Policy]:
    """All that apply, the one that counts first."""
    asked: dict[str, str | int] = {
        "channel": channel,
        "country": country,
        "level": level,
        "risk": risk,
        "asset_id": asset,
    }
    applying = [policy for policy in policies if _applies(policy, asked)]
    return sorted(applying, key=_weight, reverse=True)


def _applies(policy: Policy, asked: dict[str, str | int]) -> bool:
    return all(getattr(policy, name) in {"", None, value} for name, value in asked.items())


def criteria(policy: Policy) -> int:
    """How many it names."""
    named = (policy.channel, policy.country, policy.level, policy.risk, policy.asset_id)
    return sum(value not in {"", None} for value in named)


def _weight(policy: Policy) -> tuple[int, int, str]:
    return criteria(policy), policy.hours, str(policy.pk)
