"""Rule 4: holds and their positions against their events."""

from collections.abc import Iterator
from typing import Any

from echt.holds.integrity.faults import CHUNK, Fault, side_by_side
from echt.holds.models import Hold, HoldEvent, HoldPosition
from echt.holds.replay import Place, Replayed, replay
from echt.wallets.operations import ALL_RESTRICTED


def of_holds() -> Iterator[Fault]:
    """What is wrong with holds and positions."""
    for pk, (holds, events, positions) in side_by_side(*_streams()):
        where = f"hold {pk}"
        if not holds:  # the database keeps events and positions of no hold from being there
            yield Fault(4, where, "It is not there, and an event or a position names it.")
            continue
        hold, replayed = holds[0][1], replay(event for _hold, event in events)
        yield from (Fault(4, where, sentence) for sentence in _of_hold(hold, replayed))
        yield from (Fault(4, where, sentence) for sentence in _of_positions(hold, replayed, positions))


def _streams() -> list[Iterator[tuple[Any, ...]]]:
    holds = Hold.objects.select_related("policy").order_by("pk").iterator(chunk_size=CHUNK)
    events = HoldEvent.objects.order_by("hold", "pk").iterator(chunk_size=CHUNK)
    positions = HoldPosition.objects.order_by("hold", "balance").iterator(chunk_size=CHUNK)
    return [
        ((hold.pk, hold) for hold in holds),
        ((event.hold_id, event) for event in events),
        ((position.hold_id, position) for position in positions),
    ]


def _of_hold(hold: Hold, replayed: Replayed) -> Iterator[str]:
    if replayed.beginnings != 1:
        yield f"It was placed {replayed.beginnings} times."
    elif replayed.placed != hold.amount:
        yield f"It is of {hold.amount} units, and was placed with {replayed.placed}."
    if replayed.state != hold.state:
        yield f"It is {hold.state}, and its events say {replayed.state.value}."
    yield from (f"An event takes what is not there: {words}." for words in replayed.impossible)


def _of_positions(hold: Hold, replayed: Replayed, positions: list[tuple[Any, ...]]) -> Iterator[str]:
    left = {balance: place for balance, place in replayed.places.items() if place.units}
    for _hold, position in positions:
        place = left.pop(position.balance_id, Place(0, None))
        yield from _of_position(position, place)
        if position.acquired_at != hold.acquired_at:
            yield f"Its position {position.pk} was acquired at another time than it."
        if position.restricts not in {hold.policy.restricts, ALL_RESTRICTED}:
            yield f"Its position {position.pk} restricts something else than its policy."
    for balance, place in left.items():
        yield f"Its events leave {place.units} units in balance {balance}, and there is no position."


def _of_position(position: HoldPosition, place: Place) -> Iterator[str]:
    if position.remaining != place.units:
        yield f"Its position {position.pk} has {position.remaining} units, and its events say {place.units}."
    elif place.units and position.release_at != place.release_at:
        yield f"Its position {position.pk} ends at {position.release_at}, and its events say {place.release_at}."
