"""The demo's money: assets with networks, and customers who have bought, converted and been given coins.

1. Everything moves through the gate, as at an exchange that moves in: with the times at which it happened.
2. It is made once, at the first start.
3. Anna and Ben are verified as far as the demo needs it; what they bought is held, and ends by itself.
"""

from datetime import datetime, timedelta

from django.db import transaction

from echt import clock
from echt.accounts.models import User
from echt.holds.models import Policy
from echt.identity.documents import DocumentKind
from echt.identity.levels import Level
from echt.identity.models import Case, LevelGrant
from echt.identity.states import State
from echt.wallets.access import account_of
from echt.wallets.gate import gate
from echt.wallets.house import House
from echt.wallets.models import Account, Asset, Network, Purchase
from echt.wallets.models.assets import AssetKind
from echt.wallets.models.purchases import Channel, PurchaseState
from echt.wallets.moving import Coins, Movement, Terms
from echt.wallets.operations import Operation

ASSETS = (
    ("BTC", "Bitcoin", AssetKind.CRYPTO, 8),
    ("ETH", "Ethereum", AssetKind.CRYPTO, 18),
    ("USDT", "Tether", AssetKind.CRYPTO, 6),
    ("USDC", "USD Coin", AssetKind.CRYPTO, 6),
    ("NEAR", "NEAR", AssetKind.CRYPTO, 24),
    ("EUR", "Euro", AssetKind.FIAT, 2),
)
NETWORKS = (
    ("BTC", "bitcoin", "Bitcoin", "bitcoin", 10_000, 2_000),
    ("ETH", "ethereum", "Ethereum", "ethereum", 10**16, 10**15),
    ("USDT", "ethereum", "Ethereum", "ethereum", 10 * 10**6, 10**6),
    ("USDC", "ethereum", "Ethereum", "ethereum", 10 * 10**6, 10**6),
    ("NEAR", "near", "NEAR", "near", 10**24, 10**22),
    ("EUR", "sepa", "SEPA", "sepa", 1_000, 0),
)
"""Asset, code, name, rule of addresses, least and fee."""


def load() -> None:
    """Make what is not there yet."""
    with transaction.atomic():
        assets = {code: _asset(code, name, kind, decimals) for code, name, kind, decimals in ASSETS}
        for code, network, name, rule, least, fee in NETWORKS:
            values = {"name": name, "rule": rule, "least": least, "fee": fee}
            Network.objects.get_or_create(asset=assets[code], code=network, defaults=values)
        if not Purchase.objects.exists():
            _customers(assets)


def _asset(code: str, name: str, kind: AssetKind, decimals: int) -> Asset:
    values = {"name": name, "kind": kind.value, "decimals": decimals, "order": 10 if kind is AssetKind.CRYPTO else 90}
    return Asset.objects.get_or_create(code=code, defaults=values)[0]


def _customers(assets: dict[str, Asset]) -> None:
    now = clock.now()
    anna, ben = (User.objects.by_address(f"{name}@demo.example") for name in ("anna", "ben"))
    if anna is None or ben is None:
        return
    _verify(anna, Level.ADVANCED)
    _verify(ben, Level.PRIMARY)
    of_anna, of_ben = account_of(anna), account_of(ben)
    btc, eth, usdt, near, eur = (assets[code] for code in ("BTC", "ETH", "USDT", "NEAR", "EUR"))
    _deposit(of_anna, btc, 30_018_840, at=now - timedelta(days=21))
    _deposit(of_anna, eur, 305_000, at=now - timedelta(days=20))
    _deposit(of_anna, usdt, 6_204_500_000, at=now - timedelta(days=9))
    _deposit(of_anna, near, 1_250_000_000_000_000_000_000_001, at=now - timedelta(days=6))
    _buy(of_anna, (eth, 3 * 10**17), Channel.BANK, (eur, 86_000), at=now - timedelta(days=12))
    _buy(of_anna, (btc, 4_200_000), Channel.CARD, (eur, 342_000), at=now - timedelta(hours=47, minutes=30))
    _buy(of_anna, (usdt, 600_000_000), Channel.P2P, (eur, 55_200), at=now - timedelta(hours=9))
    _convert(of_anna, (usdt, 6_500_000_000), (eth, 2_070_000_000_000_000_000), at=now - timedelta(hours=5))
    _deposit(of_ben, eth, 3_120_000_000_000_000_000, at=now - timedelta(days=4))
    _buy(of_ben, (btc, 12_500_000), Channel.CARD, (eur, 1_015_000), at=now - timedelta(hours=3), score=70)


def _verify(user: User, level: Level) -> None:
    now = clock.now()
    case = Case.objects.create(
        applicant=user,
        level=level.value,
        state=State.APPROVED.value,
        country="DEU",
        kind=DocumentKind.PASSPORT.value,
        residence="DEU",
        submitted_at=now - timedelta(days=30),
        closed_at=now - timedelta(days=30),
    )
    LevelGrant.objects.create(applicant=user, level=level.value, case=case, begins_at=now - timedelta(days=30))


def _deposit(account: Account, asset: Asset, units: int, *, at: datetime) -> None:
    _done(account, Operation.DEPOSIT, at=at, other=House.CUSTODY.pk, gets=Coins(asset=asset.pk, units=units))


def _buy(
    account: Account,
    bought: tuple[Asset, int],
    channel: Channel,
    paid: tuple[Asset, int],
    *,
    at: datetime,
    score: int = 20,
) -> None:
    policy = Policy.objects.get(name=channel.value, valid_until=None)
    asset, units = bought
    purchase = Purchase.objects.create(
        account=account,
        channel=channel.value,
        state=PurchaseState.COMPLETED.value,
        asset=asset,
        amount=units,
        currency=paid[0],
        paid=paid[1],
        told_hours=policy.hours,
        told_policy=policy.pk,
        processor="demo",
        processor_reference=f"{account.pk} {channel.value} {at.isoformat()}",
        created_at=at,
        settled_at=at,
    )
    terms = Terms(
        policy=policy.pk,
        channel=channel.value,
        hours=policy.hours,
        acquired_at=at,
        release_at=at + timedelta(hours=policy.hours),
        restricts=policy.restricts,
        score=score,
        purchase=purchase.pk,
    )
    gets = Coins(asset=asset.pk, units=units)
    transfer = _done(
        account, Operation.BUY, at=at, other=House.TRADING.pk, gets=gets, held=terms, reference=purchase.pk
    )
    Purchase.objects.filter(pk=purchase.pk).update(transfer=transfer)


def _convert(account: Account, pays: tuple[Asset, int], gets: tuple[Asset, int], *, at: datetime) -> None:
    _done(
        account,
        Operation.CONVERT,
        at=at,
        other=House.TRADING.pk,
        pays=Coins(asset=pays[0].pk, units=pays[1]),
        gets=Coins(asset=gets[0].pk, units=gets[1]),
    )


def _done(account: Account, operation: Operation, *, at: datetime, **values: object) -> object:
    key = f"demo:{operation.value}:{at.isoformat()}"
    movement = Movement(
        account=account.pk,
        operation=operation,
        key=key,
        asks=False,
        happened_at=at,
        **values,  # type: ignore[arg-type]
    )
    return gate().commit(movement).transfer
