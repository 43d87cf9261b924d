"""Examples of addresses, withdrawals and gifts, each of this owner."""

from uuid import uuid4

from echt import clock
from echt.accounts.models import User
from echt.wallets.access import account_of
from echt.wallets.actions import giving
from echt.wallets.models import Address, Gift, Network, Withdrawal
from tests.accounts.steps import HERE, Fresh
from tests.holds import worlds

COIN = 10**8


def address(owner: User) -> Address:
    btc = worlds.asset("BTC", 8)
    network, _made = Network.objects.get_or_create(
        asset=btc, code="bitcoin", defaults={"name": "Bitcoin", "rule": "plain"}
    )
    return account_of(owner).addresses.create(
        subject=owner.pk,
        network=network,
        value=uuid4().hex,
        label="Ledger",
        index=uuid4().hex,
        active_from=clock.now(),
    )


def withdrawal(owner: User) -> Withdrawal:
    to, account = address(owner), account_of(owner)
    asset = to.network.asset
    worlds.deposit(account, asset, COIN)
    answer = worlds.withdraw(account, asset, 1000)
    return Withdrawal.objects.create(
        account=account, asset=asset, network=to.network, address=to, amount=1000, transfer_id=answer.transfer
    )


def gift(owner: User) -> tuple[Gift, str]:
    btc = worlds.asset("BTC", 8)
    worlds.deposit(account_of(owner), btc, COIN)
    token = uuid4().hex
    return giving.give(actor=owner, asset=btc, units=1000, words="", token=token, step_up=Fresh(), where=HERE)
