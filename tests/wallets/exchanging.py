"""What the tests of buying, converting and selling share: a verified customer, assets with prices, an open sandbox."""

import re
from datetime import timedelta

import pytest
from django.conf import settings

from echt.audit.models import Head
from echt.identity.levels import Level
from echt.identity.models import LevelGrant
from echt.identity.states import State
from echt.mail.models import Message
from echt.wallets.access import account_of
from echt.wallets.actions.buying import begin_purchase, offer_purchase
from echt.wallets.actions.callbacks import receive
from echt.wallets.models import Callback, Purchase, Transfer
from echt.wallets.models.purchases import Channel
from echt.wallets.processors import messages, signatures
from echt.wallets.processors.contract import Happened, Told
from echt.wallets.processors.register import called
from tests.holds import worlds
from tests.identity.cases import a_case

PRICES = {"BTC": (8, 50_000), "ETH": (8, 2_500), "USDT": (6, 1), "NEAR": (24, 5)}


@pytest.fixture
def set_wallets(monkeypatch):
    """Settings of wallets for one test: `set_wallets(spread=0)`."""

    def change(**values):
        changed = settings.ECHT.wallets.model_copy(update=values)
        monkeypatch.setattr(settings, "ECHT", settings.ECHT.model_copy(update={"wallets": changed}))

    return change


@pytest.fixture
def world(db, travel, set_wallets):
    """Assets by their code, each with a price; an open sandbox."""
    set_wallets(sandbox=True)
    assets = {code: worlds.asset(code, decimals) for code, (decimals, _euros) in PRICES.items()}
    for code, (_decimals, euros) in PRICES.items():
        worlds.rate(assets[code], euros)
    assets["EUR"] = worlds.asset("EUR", 2, "fiat")
    worlds.rate(assets["EUR"], 1)
    return assets


@pytest.fixture
def lena(customer, world):
    """Lena, verified for fiat money, reading English."""
    customer.language = "en"
    customer.save()
    verify(customer)
    return customer


@pytest.fixture
def account(lena):
    return account_of(lena)


@pytest.fixture
def browser(lena, client_of):
    return client_of(lena)


def verify(person, level=Level.ADVANCED):
    case = a_case(person, state=State.APPROVED, pictures=False, checks=False)
    return LevelGrant.objects.create(applicant=person, level=level.value, case=case)


def begin(person, asset, units=1_000_000, channel=Channel.CARD):
    """A purchase that waits for its payment."""
    offer = offer_purchase(actor=person, asset=asset, channel=channel, units=units)
    return begin_purchase(actor=person, signed=offer.quote.signed())


def event(purchase, happened, *, name="", **changed):
    """What a processor tells of the purchase, as it was agreed unless `changed`."""
    values = {
        "event": name or f"evt-{happened.value}",
        "happened": happened,
        "reference": purchase.processor_reference,
        "at": purchase.created_at,
        "paid": purchase.paid if happened is Happened.COMPLETED else 0,
        "currency": purchase.currency.code,
    }
    return Told(**(values | changed))


def tell(purchase, happened, **changed):
    """Have it told, signed, as bytes: the way of every callback."""
    taker = called(purchase.processor)
    body = messages.write(event(purchase, happened, **changed))
    result = receive(processor=taker, signature=signatures.sign(taker.name, body), body=body)
    purchase.refresh_from_db()
    return result


def state():
    """Everything that something about money could change, for showing that nothing changed."""
    return [
        *worlds.state(),
        sorted(Purchase.objects.values_list("pk", "state", "settled_at", "transfer")),
        sorted(Callback.objects.values_list("pk", "result")),
        sorted(Transfer.objects.values_list("pk", "outcome")),
        Message.objects.count(),
        list(Head.objects.values_list("seq")),
    ]


def text_of(answer):
    """What the page says, without markup."""
    told = re.sub(r"<(script|style|svg|template).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    plain = re.sub(r"<[^>]+>", " ", told).replace("&#x27;", "'").replace("\u00a0", " ")
    return " ".join(plain.split())


def quote_in(answer):
    """The signed quote that a page holds."""
    return re.search(r'name="quote" value="([^"]+)"', answer.content.decode())[1]


HOUR = timedelta(hours=1)
