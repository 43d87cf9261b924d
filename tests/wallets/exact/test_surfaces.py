"""24 decimals and 10^30 coins: the same digits in the ledger, in JSON, on pages, in CSV, and back."""

import csv
import io
import json

import pytest
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from echt.api import assets as api_assets
from echt.holds.integrity import faults_of
from echt.ui import formats
from echt.wallets import csv_export
from echt.wallets.access import account_of
from echt.wallets.amounts import as_text, from_text, parse_amount
from echt.wallets.answers import Answer
from echt.wallets.models import Posting, Transfer
from tests.api.engine import Engine
from tests.holds import worlds
from tests.wallets.importing.files import before, taken, written

UNITS = 10**54 + 1
"""10^30 coins and the smallest unit of one."""
PLAIN = f"1{'0' * 30}.{'0' * 23}1"
GERMAN = f"1{'.000' * 10},{'0' * 23}1"
ENGLISH = f"1{',000' * 10}.{'0' * 23}1"


@pytest.fixture
def near(db):
    return worlds.asset("NEAR", 24)


@pytest.fixture
def rich(near, customer):
    """Lena's account with a great deal of it."""
    account = account_of(customer)
    account.reference = "rich"
    account.save()
    assert worlds.deposit(account, near, UNITS).allowed
    return account


def test_the_ledger_moves_it_unit_by_unit(rich, near):
    other = worlds.account()
    worlds.no_limits()
    assert worlds.send(rich, other, near, 10**54).allowed
    assert (worlds.posted(rich, near), worlds.posted(other, near)) == (1, 10**54)
    assert [*Posting.objects.order_by("pk").values_list("after", flat=True)][-2:] == [1, 10**54]
    assert not worlds.send(rich, other, near, 2).allowed


def test_the_kept_answer_is_exact(rich, near):
    answer = worlds.withdraw(rich, near, UNITS + 1)
    kept = Answer.from_json(json.loads(json.dumps(Transfer.objects.get(pk=answer.transfer).answer)))
    assert (kept.posted, kept.units) == (UNITS, UNITS + 1)


@pytest.mark.parametrize(("language", "shown"), [("de", GERMAN), ("en", ENGLISH)])
def test_pages_show_every_digit_and_read_them_again(rich, language, shown):
    drawn = Template("{% load ui %}{{ units|amount:24 }}").render(Context({"units": UNITS}))
    with override(language):
        assert formats.amount(UNITS, 24, "NEAR") == f"{shown}\u00a0NEAR"
        assert parse_amount(shown, 24) == UNITS
    assert drawn == ENGLISH


def test_the_customers_page_shows_it_in_german(rich, customer, client_of):
    assert GERMAN in client_of(customer).get("/wallets/").content.decode()


def test_the_csv_of_a_customer_is_taken_back_as_it_is(rich, near, customer, client_of, tmp_path):
    answer = client_of(customer).get("/wallets/history/csv/")
    (row,) = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))
    assert PLAIN in row.values()
    taken(written(tmp_path, f"1,other,{before(days=400)},deposit,NEAR,{PLAIN}"))
    assert sorted(Posting.objects.filter(amount__gt=0).values_list("amount", flat=True)) == [UNITS, UNITS]
    assert not [*faults_of(worlds.clock.now())]


def test_the_api_takes_and_tells_it_as_text(rich, near):
    api_assets.forget()
    engine = Engine()
    told = {"account": str(rich.pk), "asset": "NEAR", "amount": PLAIN, "reference": "more"}
    assert engine.post("/deposits", told).status_code == 201
    body = engine.get(f"/accounts/{rich.pk}/balances").content.decode()
    assert f'"{as_text(2 * UNITS, 24)}"' in body.replace(" ", "")
    api_assets.forget()


@given(st.integers(-(10**78) + 1, 10**78 - 1), st.integers(0, 30))
def test_the_text_of_every_surface_is_exact(units, decimals):
    text = as_text(units, decimals)
    assert from_text(json.loads(json.dumps(text)), decimals) == units
    (line,) = csv_export.lines([[text]])
    assert line == f"{text}\r\n"
