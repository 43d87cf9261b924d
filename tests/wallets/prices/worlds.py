"""Short words for tests of prices."""

import json
from datetime import timedelta

from echt import clock
from echt.wallets.prices.sources import Observation, SourceFailed

ONE = 10**18


def answer(prices=None, **values):
    """What a source answers, as bytes."""
    said = {"currency": "EUR", "observed_at": "2026-11-22T11:59:55Z", "prices": {"BTC": "81234.5"}, **values}
    if prices is not None:
        said["prices"] = prices
    return json.dumps(said).encode()


class Says:
    """A source of a test: prices by asset, as whole 10^-18."""

    def __init__(self, name, ago=0, fails=None, **prices):
        self.name, self.ago, self.fails, self.prices = name, timedelta(seconds=ago), fails, prices

    def fetch(self):
        if self.fails:
            raise self.fails
        at = clock.now() - self.ago
        return [Observation(code=code, value=value, observed_at=at) for code, value in self.prices.items()]


FAILED = SourceFailed("It answered with 500.")
