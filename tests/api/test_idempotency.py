"""The same request, sent again, is done once and answered the same."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from echt.api import assets, rates, routes
from echt.api.models import StoredAnswer
from echt.api.tasks import forget_answers
from echt.wallets.models import Transfer
from tests.api.engine import Engine, coins, deposit, market, problem
from tests.holds import worlds

TWINS = 20


def posted(of) -> int:
    return worlds.posted(of, worlds.asset("BTC"))


@pytest.mark.django_db
def test_sent_again_it_is_done_once_and_answered_the_same(engine, rich):
    first = engine.move(rich, "withdraw", pays=coins("BTC", "0.1"), key="first")
    again = engine.move(rich, "withdraw", pays=coins("BTC", "0.1"), key="first")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert posted(rich) == 9 * 10**7


@pytest.mark.django_db
def test_rule_2_another_request_with_the_same_key_is_refused(engine, rich):
    engine.move(rich, "withdraw", pays=coins("BTC", "0.1"), key="first")
    before = worlds.state()
    problem(engine.move(rich, "withdraw", pays=coins("BTC", "0.2"), key="first"), 422, "key_reused")
    problem(engine.post("/deposits", deposit(rich), key="first"), 422, "key_reused")
    assert worlds.state() == before


@pytest.mark.django_db
def test_another_key_of_the_api_has_its_own(engine, rich):
    engine.move(rich, "withdraw", pays=coins("BTC", "0.1"), key="first")
    assert Engine().move(rich, "withdraw", pays=coins("BTC", "0.2"), key="first").status_code == 201
    assert posted(rich) == 7 * 10**7


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", " ", "a b", "ä", "x" * 256])
def test_without_a_key_nothing_is_done(engine, rich, key):
    before = worlds.state()
    problem(engine.move(rich, "withdraw", pays=coins("BTC", "0.1"), key=key), 400, "idempotency_key_missing")
    assert worlds.state() == before


@pytest.mark.django_db
def test_rule_3_refusals_are_kept(engine, rich):
    first = engine.move(rich, "withdraw", pays=coins("BTC", "2"), key="first")
    worlds.deposit(rich, worlds.asset("BTC"), 5 * 10**8)
    again = engine.move(rich, "withdraw", pays=coins("BTC", "2"), key="first")

    problem(again, 409, "refused")
    assert first.content == again.content
    assert posted(rich) == 6 * 10**8


@pytest.mark.django_db(transaction=True)
def test_rule_3_a_fault_of_ours_is_not_kept(monkeypatch):
    market()
    lena, engine = worlds.account(), Engine()
    worlds.deposit(lena, worlds.asset("BTC"), 10**8)
    before = worlds.state()
    with monkeypatch.context() as broken:
        broken.setattr(routes.movements, "_moved", lambda *_: 1 / 0)
        problem(engine.move(lena, "withdraw", pays=coins("BTC", "0.1"), key="first"), 500, "failed")
    assert worlds.state() == before
    assert not StoredAnswer.objects.exists()

    assert engine.move(lena, "withdraw", pays=coins("BTC", "0.1"), key="first").status_code == 201
    assert posted(lena) == 9 * 10**7


@pytest.mark.django_db(transaction=True)
def test_rule_1_twenty_twins_move_money_once():
    market()
    lena, engine = worlds.account(), Engine()
    worlds.deposit(lena, worlds.asset("BTC"), 10**8)
    assets.forget()
    rates.forget()
    start, answers = Barrier(TWINS), []

    def ask() -> None:
        twin = Engine(secret=engine.secret)
        start.wait()
        try:
            answers.append(twin.move(lena, "withdraw", pays=coins("BTC", "0.1"), key="twins"))
        finally:
            connection.close()

    threads = [Thread(target=ask) for _ in range(TWINS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [201] * TWINS
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert posted(lena) == 9 * 10**7
    assert Transfer.objects.filter(operation="withdraw").count() == 1


@pytest.mark.django_db
def test_rule_5_what_is_forgotten_here_the_ledger_still_knows(engine, rich, travel):
    first = engine.move(rich, "withdraw", pays=coins("BTC", "0.1"), key="first")
    travel.shift(timedelta(days=29))
    forget_answers.func()
    assert StoredAnswer.objects.count() == 1
    travel.shift(timedelta(days=1))
    forget_answers.func()
    assert not StoredAnswer.objects.exists()

    again = engine.move(rich, "withdraw", pays=coins("BTC", "0.1"), key="first")
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    assert posted(rich) == 9 * 10**7


@pytest.mark.django_db
def test_reading_and_asking_need_no_key(engine, rich):
    told = {"account": str(rich.pk), "operation": "send", "asset": "BTC", "amount": "1"}
    assert engine.post("/gate/ask", told, key="").status_code == 200
    assert not StoredAnswer.objects.exists()
    assert uuid4()
