"""The history as a page and as CSV: exact, complete, and as quick at the end of a long one as at its beginning."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from echt import clock
from echt.accounts.actions.closing import exports, objections
from echt.wallets import csv_export
from echt.wallets.access import account_of
from echt.wallets.amounts import as_text
from echt.wallets.history import Wanted, page_of
from echt.wallets.models import Posting, Transfer
from echt.wallets.operations import Operation
from tests.holds import worlds
from tests.wallets.pages.reading import main_of, text_of

PAGE, CSV = "/wallets/history/", "/wallets/history/csv/"
FINE = 1_234_567890_123456789_012345678


@pytest.fixture
def some(account, stranger, coins):
    worlds.deposit(account, coins["BTC"], 10**8)
    worlds.deposit(account, coins["NEAR"], FINE)
    worlds.send(account, account_of(stranger), coins["BTC"], 1)
    return account


def rows_of(answer):
    return [*csv.DictReader(io.StringIO(answer.getvalue().decode()))]


def test_every_movement_is_there_newest_first_with_the_balance_after_it(browser, some):
    told = text_of(browser.get(PAGE))
    sent = "Transfer to a customer s•••••@example.org today, 13:00 -0.00000001 BTC 0.99999999 BTC"
    came = "Deposit today, 13:00 +1.00000000 BTC 1.00000000 BTC"
    assert sent in told
    assert came in told.partition(sent)[2]


def test_rule_2_the_other_side_reads_it_as_got_and_sees_a_masked_address(some, stranger, client_of):
    page = main_of(client_of(stranger).get(PAGE))
    assert "Received from a customer" in page
    assert "m•••••@example.org" in page
    assert "mia@" not in page


def test_nobody_sees_anothers_history(some, customer, client_of):
    assert "BTC" not in main_of(client_of(customer).get(PAGE))
    assert rows_of(client_of(customer).get(CSV)) == []


def test_it_is_narrowed_by_asset_operation_and_time(browser, some, coins):
    found = text_of(browser.get(f"{PAGE}?asset={coins['NEAR'].pk}"))
    assert "NEAR" in found
    assert "BTC 1." not in found
    assert "Deposit today" not in text_of(browser.get(f"{PAGE}?operation=send"))
    assert "Deposit today" in text_of(browser.get(f"{PAGE}?since=2026-11-22&until=2026-11-22"))
    for words in ("operation=gift", "since=2026-11-23", "until=2026-11-21"):
        assert "Nothing found" in text_of(browser.get(f"{PAGE}?{words}")), words


def test_nonsense_in_the_address_narrows_nothing(browser, some):
    for words in (
        "asset=x",
        "operation=fly",
        "since=31.12.",
        "before=x",
        "before=" + "9" * 30,
        "show=refused&before=x",
    ):
        assert browser.get(f"{PAGE}?{words}").status_code == 200, words


def test_refused_attempts_are_shown_on_request_with_their_reasons(browser, some, coins):
    worlds.withdraw(some, coins["BTC"], 10**9)
    assert "Withdrawal" not in re.sub(r"<option.*?</option>", "", main_of(browser.get(PAGE)))
    told = text_of(browser.get(f"{PAGE}?show=refused"))
    assert "Withdrawal today, 13:00" in told
    assert "0.99999999 BTC" in told
    assert "Nothing found" in text_of(browser.get(f"{PAGE}?show=refused&operation=gift"))


def test_rule_1_every_page_costs_the_same_wherever_it_begins(browser, account, coins):
    add_postings(account, coins["USDT"], 2_000)
    browser.get(PAGE)
    costs = {cost_of(browser, f"{PAGE}?before={posting.pk}") for posting in Posting.objects.order_by("pk")[100::900]}
    assert costs == {cost_of(browser, PAGE)}


def test_rule_1_no_line_is_lost_or_told_twice(account, coins):
    add_postings(account, coins["USDT"], 220)
    seen, place = [], None
    while True:
        page = page_of(account, Wanted(), before=place)
        seen += [line.units for line in page.lines]
        place = page.older
        if place is None:
            break
    assert seen == [*range(220, 0, -1)]


def test_the_csv_is_exact_and_complete(browser, some, coins):
    answer = browser.get(CSV)
    assert answer["Content-Disposition"] == 'attachment; filename="history-2026-11-22.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    sent, near, came = rows_of(answer)
    assert near["amount"] == near["balance_after"] == "1234.567890123456789012345678"
    assert sent["amount"] == "-0.00000001"
    assert sent["operation"] == "send"
    assert came["time"] == "2026-11-22T12:00:00.000000Z"
    assert sent["transfer"] == str(Transfer.objects.get(operation="send").pk)
    assert [row["asset"] for row in rows_of(browser.get(f"{CSV}?asset={coins['NEAR'].pk}"))] == ["NEAR"]


def test_the_csv_streams(browser, account, coins):
    add_postings(account, coins["USDT"], 2_001)
    answer = browser.get(CSV)
    assert answer.streaming
    assert len(rows_of(answer)) == 2_001


def test_rule_1_of_csv_no_cell_is_a_formula_and_numbers_stay_numbers():
    for text in ("=1+1", "+cmd", "-2+3", "@sum", "\tx", "\r=1", "-1.5e3"):
        assert csv_export.cell(text) == f"'{text}"
    for text in ("-0.5", "+1", "12", "plain", "a=1", ""):
        assert csv_export.cell(text) == text


def test_rule_2_of_csv_amounts_of_30_digits_and_24_places_are_whole():
    assert as_text(10**30 + 1, 24) == "1000000.000000000000000000000001"
    assert as_text(-1, 24) == f"-0.{'0' * 23}1"
    assert as_text(-5, 0) == "-5"


def test_rule_3_of_csv_what_needs_it_is_quoted():
    assert [*csv_export.lines([['a"b', "c,d"]])] == ['"a""b","c,d"\r\n']


def test_the_export_of_ones_data_has_balances_and_what_happened(mia, some):
    told = exports["wallets"](mia)
    assert told["balances"] == {"BTC": "0.99999999", "NEAR": "1234.567890123456789012345678"}
    assert told["movements"] == {"deposit": 2, "send": 1}


def test_who_never_had_an_account_exports_nothing(customer):
    assert exports["wallets"](customer) == {}


def test_an_account_with_money_is_not_closed(mia, some, customer):
    sentence = "There is money in your wallets. Withdraw it first."
    assert sentence in [objection(mia) for objection in objections]
    assert sentence not in [objection(customer) for objection in objections]


def test_a_page_of_the_history_is_what_was_asked_for(some, coins):
    assert [line.asset.code for line in page_of(some, Wanted(asset=coins["NEAR"].pk)).lines] == ["NEAR"]
    assert page_of(some, Wanted(), size=2).older is not None
    assert page_of(some, Wanted(), size=3).older is None


def cost_of(browser, path):
    """Queries of a page, none of which counts or skips."""
    with CaptureQueriesContext(connection) as captured:
        browser.get(path)
    assert not [query for query in captured if re.search(r"OFFSET|COUNT\(", query["sql"])]
    return len(captured)


def add_postings(account, coin, count):
    """Trades of 1, 2, 3 ... smallest units, as rows."""
    now = clock.now() - timedelta(days=1)
    transfers = [
        Transfer(account=account, key=str(place), operation=Operation.TRADE.value, outcome="done", answer={}, at=now)
        for place in range(count)
    ]
    postings = [
        Posting(transfer=transfer, account=account, asset=coin, amount=place + 1, after=10**9, at=now)
        for place, transfer in enumerate(transfers)
    ]
    Transfer.objects.bulk_create(transfers, batch_size=500)
    Posting.objects.bulk_create(postings, batch_size=500)
