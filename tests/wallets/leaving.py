"""What the tests of sending, giving and withdrawing share: networks, an address that can be used, coins, and custody."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from echt import clock
from echt.audit.models import Head
from echt.holds.models import Limit, Usage
from echt.mail.models import Message
from echt.wallets.actions import addresses, withdrawing
from echt.wallets.models import Address, Gift, Network, Withdrawal
from echt.work.worker import run_until_idle
from tests.accounts.steps import HERE, Fresh
from tests.conftest import PASSWORD
from tests.holds import worlds

GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
SEGWIT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
TAPROOT = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"
ETHER = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
IBAN = "DE89370400440532013000"
COIN = 10**8
TOKEN = "a" * 43
FEE = 2_000


@pytest.fixture
def btc(world):
    return world["BTC"]


@pytest.fixture
def bitcoin(btc):
    return Network.objects.create(asset=btc, code="bitcoin", name="Bitcoin", rule="bitcoin", least=10_000, fee=FEE)


@pytest.fixture
def rich(account, btc):
    """Lena's account with two bitcoins that may leave."""
    worlds.deposit(account, btc, 2 * COIN)
    return account


@pytest.fixture
def address(lena, bitcoin):
    """An address that can be used."""
    made = add(lena, bitcoin)
    Address.objects.filter(pk=made.pk).update(active_from=clock.now())
    made.refresh_from_db()
    return made


@pytest.fixture
def folder(world):
    """The sandbox's files, empty."""
    found = Path(settings.DATA, "custody")
    shutil.rmtree(found, ignore_errors=True)
    yield found
    shutil.rmtree(found, ignore_errors=True)


def add(person, network, value=SEGWIT, *, label="Ledger", compared=False):
    return addresses.add_address(
        actor=person, network=network, value=value, label=label, compared=compared, step_up=Fresh(), where=HERE
    )


def request(person, address, units=COIN, *, token=TOKEN, step_up=None):
    return withdrawing.request_withdrawal(
        actor=person, address_id=address.pk, units=units, token=token, step_up=step_up or Fresh(), where=HERE
    )


def hand_over(made):
    """Let the time for cancelling pass, and the job run."""
    run_until_idle()
    made.refresh_from_db()
    return made


def post(browser, url, **fields):
    return browser.post(url, {"proof_password": PASSWORD, **fields})


def hidden(answer):
    """The fields of a confirmation, as the page sends them back."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def state():
    """All that money, records and mails are made of."""
    return [
        *worlds.state(),
        sorted(map(str, Usage.objects.values_list("pk", "returned_at"))),
        sorted(map(str, Withdrawal.objects.values_list("pk", "state"))),
        sorted(map(str, Gift.objects.values_list("pk", "state"))),
        sorted(map(str, Address.objects.values_list("pk", "removed_at"))),
        Message.objects.count(),
        list(Head.objects.values_list("seq")),
    ]


def sent(kind):
    return Message.objects.filter(kind=f"wallets.{kind}")


def used():
    """Satoshis that count against limits now."""
    return sum(usage.sats for usage in Usage.objects.filter(returned_at=None))


def limit(sats):
    Limit.objects.update(sats=sats)


DAY = timedelta(days=1)
