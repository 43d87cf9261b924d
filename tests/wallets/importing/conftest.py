"""Assets, and a clock that stands."""

import pytest
import time_machine

from tests.holds import worlds
from tests.wallets.importing.files import NOW


@pytest.fixture(autouse=True)
def _noon(request):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def coins(db):
    coins = [("BTC", 8, "crypto"), ("NEAR", 24, "crypto"), ("USDT", 6, "crypto"), ("EUR", 2, "fiat")]
    return {code: worlds.asset(code, decimals, kind) for code, decimals, kind in coins}
