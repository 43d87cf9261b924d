"""How holds follow value: plain arithmetic, without a database. The rule's source is `docs/wallets.md`.

1. Free units go first, then held ones in the order in which they were acquired.
2. What is received for them carries the held share, rounded up: a hold never leaks by rounding.
3. The share is split by cumulative proportion, so that the parts add up to it exactly.
"""

from collections.abc import Iterable, Sequence


def taken_from(positions: Iterable[tuple[int, int]], *, free: int, total: int) -> list[tuple[int, int]]:
    """Which held units go when `total` units are paid.

    Args:
        positions: those that may go, the oldest first, as (key, remaining).
        free: units of the balance that nothing holds.
        total: units that are paid.

    Returns:
        (key, units) of each position of which something goes.
    """
    needed = max(0, total - free)
    taken = []
    for key, remaining in positions:
        units = min(needed, remaining)
        if units:
            taken.append((key, units))
            needed -= units
    return taken


def held_share(received: int, *, held: int, total: int) -> int:
    """Of what is received for `total` units, `held` of them held: the units that are held then (rule 2)."""
    return -(-received * held // total)


def split(share: int, parts: Sequence[int]) -> list[int]:
    """The share split by the parts' proportion, adding up to it (rule 3)."""
    whole, passed, given, split_ = sum(parts), 0, 0, []
    for part in parts:
        passed += part
        upto = share * passed // whole
        split_.append(upto - given)
        given = upto
    return split_
