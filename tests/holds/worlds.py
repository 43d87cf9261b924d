"""Money for tests of the engine: assets, rates, accounts, and short words for what happens to them."""

from datetime import timedelta
from uuid import uuid4

from echt import clock
from echt.holds.models import HoldPosition, Limit, Policy
from echt.wallets.answers import Answer
from echt.wallets.gate import gate
from echt.wallets.house import House
from echt.wallets.models import Account, Asset, Balance, Posting, Rate
from echt.wallets.moving import Coins, Movement, Terms
from echt.wallets.operations import ALL_RESTRICTED, Operation

PRICE = 10**18


def asset(code: str = "USDT", decimals: int = 6, kind: str = "crypto") -> Asset:
    found, _made = Asset.objects.get_or_create(code=code, defaults={"name": code, "decimals": decimals, "kind": kind})
    return found


def rate(coin: Asset, euros: int, *, good_for: timedelta = timedelta(days=3650)) -> Rate:
    now = clock.now()
    values = {"value": euros * PRICE, "observed_at": now, "good_until": now + good_for, "sources": 2}
    found, _made = Rate.objects.update_or_create(asset=coin, defaults=values)
    return found


def account(**values: object) -> Account:
    return Account.objects.create(**values)


def move(of: Account, operation: Operation, *, key: str = "", **values: object) -> Answer:
    values.setdefault("other", House.IN_TRANSIT.pk)
    return gate().commit(
        Movement(account=of.pk, operation=operation, key=key or uuid4().hex, **values)  # type: ignore[arg-type]
    )


def deposit(of: Account, coin: Asset, units: int, **values: object) -> Answer:
    return move(of, Operation.DEPOSIT, other=House.CUSTODY.pk, gets=Coins(asset=coin.pk, units=units), **values)


def bought(
    of: Account,
    coin: Asset,
    units: int,
    *,
    hours: int = 24,
    restricts: int = ALL_RESTRICTED,
    restarts: bool = False,
    channel: str = "card",
) -> Terms:
    """Units under a hold of so many hours from now."""
    now = clock.now()
    terms = Terms(
        policy=policy().pk,
        channel=channel,
        hours=hours,
        acquired_at=now,
        release_at=now + timedelta(hours=hours),
        restricts=restricts,
        restart_hours=hours if restarts else 0,
    )
    answer = move(
        of, Operation.BUY, other=House.TRADING.pk, gets=Coins(asset=coin.pk, units=units), held=terms, asks=False
    )
    assert answer.allowed
    return terms


def policy() -> Policy:
    return Policy.objects.order_by("pk")[0]


def withdraw(of: Account, coin: Asset, units: int, *, fee: int = 0, **values: object) -> Answer:
    return move(of, Operation.WITHDRAW, pays=Coins(asset=coin.pk, units=units, fee=fee), **values)


def send(of: Account, to: Account, coin: Asset, units: int, **values: object) -> Answer:
    return move(of, Operation.SEND, other=to.pk, pays=Coins(asset=coin.pk, units=units), **values)


def convert(of: Account, pays: tuple[Asset, int], gets: tuple[Asset, int], *, fee: int = 0, **values: object) -> Answer:
    return move(
        of,
        Operation.CONVERT,
        other=House.TRADING.pk,
        pays=Coins(asset=pays[0].pk, units=pays[1]),
        gets=Coins(asset=gets[0].pk, units=gets[1], fee=fee),
        **values,
    )


def posted(of: Account, coin: Asset) -> int:
    found = Balance.objects.filter(account=of, asset=coin).first()
    return found.posted if found else 0


def held(of: Account, coin: Asset) -> int:
    found = HoldPosition.objects.filter(balance__account=of, balance__asset=coin, release_at__gt=clock.now())
    return sum(position.remaining for position in found)


def parts(of: Account, coin: Asset) -> tuple[int, int, int]:
    """Posted, held, movable."""
    whole, kept = posted(of, coin), held(of, coin)
    return whole, kept, whole - kept


def no_limits() -> None:
    """Limits of other tests' subject."""
    Limit.objects.update(sats=None)


def state() -> list[object]:
    """Everything that money is made of, for showing that nothing changed."""
    return [
        sorted(Balance.objects.values_list("account", "asset", "posted", "version")),
        sorted(Posting.objects.values_list("pk", "amount")),
        sorted(HoldPosition.objects.values_list("pk", "remaining", "release_at")),
    ]
