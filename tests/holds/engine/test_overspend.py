"""However many write at once: what is free can be spent once, and what is held stays."""

import pytest
from django.db import connection

from echt.wallets.house import House
from echt.wallets.moving import Coins
from echt.wallets.operations import Operation
from tests.holds import worlds
from tests.holds.engine.writers import assert_whole, together

pytestmark = pytest.mark.django_db(transaction=True)

PLACES = {Operation.WITHDRAW: House.IN_TRANSIT, Operation.GIFT: House.GIFTS, Operation.SELL: House.TRADING}


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor == "sqlite", reason="One writer at a time: fewer of them show it.")
@pytest.mark.parametrize(("writers", "tries", "free"), [(16, 10, 60), (64, 4, 90)])
def test_free_units_are_spent_once_and_held_ones_stay(writers, tries, free):
    for accounts in (1, 2, 10):
        overspend(writers=writers, tries=tries, accounts=accounts, free=free // accounts)


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor == "postgresql", reason="There more of them write.")
def test_on_sqlite_it_is_the_same():
    """One writer at a time, whoever they are."""
    overspend(writers=4, tries=6, accounts=2, free=6)


def overspend(*, writers: int, tries: int, accounts: int, free: int) -> None:
    """On each account one unit at a time leaves or is converted, more often than there are free ones."""
    worlds.no_limits()
    usdt, usdc = worlds.asset("USDT"), worlds.asset("USDC")
    people, sink = [worlds.account() for _ in range(accounts)], worlds.account()
    for person in people:
        worlds.deposit(person, usdt, free)
        worlds.bought(person, usdt, free)

    def write(number: int) -> list[tuple[int, str, bool]]:
        return [attempt(number + step, step) for step in range(tries)]

    def attempt(place: int, step: int) -> tuple[int, str, bool]:
        person, coins = people[place % accounts], Coins(asset=usdt.pk, units=1)
        operation = [Operation.WITHDRAW, Operation.SEND, Operation.CONVERT, Operation.GIFT, Operation.SELL][
            (place + step) % 5
        ]
        if operation is Operation.CONVERT:
            answer = worlds.convert(person, (usdt, 1), (usdc, 1))
        else:
            other = sink.pk if operation is Operation.SEND else PLACES[operation].pk
            answer = worlds.move(person, operation, other=other, pays=coins)
        return place % accounts, operation.value, answer.allowed

    done = [result for results in together(writers, write) for result in results]

    assert_whole()
    assert worlds.posted(sink, usdt) == sum(allowed for _, operation, allowed in done if operation == "send")
    for number, person in enumerate(people):
        of_person = [(operation, allowed) for place, operation, allowed in done if place == number]
        left = sum(allowed for operation, allowed in of_person if operation != "convert")
        converted = sum(allowed for operation, allowed in of_person if operation == "convert")
        refused = [operation for operation, allowed in of_person if not allowed]
        kept, got = worlds.parts(person, usdt), worlds.parts(person, usdc)
        assert "convert" not in refused, "held units may be converted"
        assert refused, "there were too few tries to show anything"
        assert kept[2] == 0, "a refusal came while something was free"
        assert left + got[2] == free, "free units left, or went into free ones, exactly once"
        assert kept[1] + got[1] == free, "every held unit is still held, here or there"
        assert kept[0] == 2 * free - left - converted
        assert got[0] == converted
