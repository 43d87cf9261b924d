"""The client of `docs/api.md`, as it stands there, against a running server."""

import re
from pathlib import Path

import pytest

from echt.api.actions.keys import make_key
from echt.api.scopes import Scope
from tests.api.engine import deposit, market, purchase
from tests.holds import worlds

GUIDE = Path(__file__).parents[2] / "docs" / "api.md"


@pytest.fixture
def guide() -> dict:
    (program,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    names: dict = {}
    exec(compile(program, str(GUIDE), "exec"), names)
    return names


def test_the_guide_knows_every_scope():
    for scope in Scope:
        assert f"`{scope.value}`" in GUIDE.read_text()


@pytest.mark.django_db(transaction=True)
def test_the_client_does_what_the_guide_says(guide, live_server):
    market()
    _key, secret = make_key(actor=None, name="Guide", scopes=Scope)
    echt = guide["Echt"](live_server.url, secret)
    account = echt.post("/accounts", {"reference": "user-4711"})["id"]
    lena = worlds.Account(pk=account)
    assert echt.post("/deposits", deposit(lena, amount="0.25"))["transfer"]
    hold = echt.post("/purchases", purchase(lena, amount="0.1"))["hold"]

    assert (
        guide["withdraw"](echt, account, "BTC", "0.3", once="a")
        == f"0.25000000 BTC may leave now, the rest {hold['until']}"
    )
    done = guide["withdraw"](echt, account, "BTC", "0.25", once="b")
    assert guide["withdraw"](echt, account, "BTC", "0.25", once="b") == done
    assert echt.get(f"/accounts/{account}/balances")["items"][0]["posted"] == "0.10000000"
    with pytest.raises(RuntimeError, match="mistakes"):
        guide["withdraw"](echt, account, "DOGE", "1", once="c")
