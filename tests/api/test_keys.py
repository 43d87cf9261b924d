"""Keys: how they are made, what lets a program in, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from echt import clock
from echt.accounts.access import Absent
from echt.api import rates
from echt.api.actions.keys import make_key, revoke_key
from echt.api.events import Event
from echt.api.keys import digest_of
from echt.api.models import ApiKey
from echt.api.scopes import Scope
from echt.audit.models import AuditEvent
from tests.api.engine import Engine, problem

pytestmark = pytest.mark.django_db


def test_rule_1_a_secret_has_256_bits_and_only_its_digest_is_kept():
    key, secret = make_key(actor=None, name="Engine", scopes=[Scope.GATE_ASK, Scope.GATE_ASK])

    assert secret.startswith(f"echt_{key.prefix}_")
    assert len(secret) == len("echt_") + 12 + 1 + 43
    assert key.digest == digest_of(secret)
    assert secret[-43:] not in str(ApiKey.objects.values().get(pk=key.pk))
    assert key.scopes == ["gate.ask"]
    assert AuditEvent.objects.filter(event=Event.KEY_MADE.value).count() == 1


def test_without_a_key_nobody_is_let_in(client):
    for path in ("/api/v1/assets", "/api/v1/gate/ask"):
        answer = client.get(path)
        problem(answer, 401, "key_missing")
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="echt"'


@pytest.mark.parametrize(
    "told", ["", "Basic abc", "Bearer ", "Bearer echt_x_y", "bearer echt_aaaaaaaaaaaa_" + "a" * 43]
)
def test_what_is_no_key_is_refused(client, told):
    code = "key_invalid" if told else "key_missing"
    problem(client.get("/api/v1/assets", headers={"Authorization": told}), 401, code)


def test_rule_3_unknown_over_and_revoked_keys_get_the_same_answer():
    over, ended = make_key(actor=None, name="Over", scopes=Scope, ends_at=clock.now())
    revoked, taken_back = make_key(actor=None, name="Revoked", scopes=Scope)
    other, secret = make_key(actor=None, name="Other", scopes=Scope)
    revoke_key(actor=None, prefix=revoked.prefix)
    wrong = secret[:-1] + ("a" if secret[-1] != "a" else "b")

    told = {
        Engine(secret=it).get("/assets").content for it in (ended, taken_back, wrong, f"echt_{'0' * 12}_{'a' * 43}")
    }
    assert len(told) == 1
    assert Engine(secret=secret).get("/assets").status_code == 200
    assert (over.prefix, other.revoked_at) != (revoked.prefix, 1)


def test_a_revoked_key_counts_no_more_at_once():
    engine = Engine()
    assert engine.get("/assets").status_code == 200
    revoke_key(actor=None, prefix=engine.key.prefix)
    problem(engine.get("/assets"), 401, "key_invalid")
    revoke_key(actor=None, prefix=engine.key.prefix)
    assert AuditEvent.objects.filter(event=Event.KEY_REVOKED.value).count() == 1


def test_a_key_that_is_not_there_cannot_be_revoked():
    with pytest.raises(Absent):
        revoke_key(actor=None, prefix="nobodys")
    assert not AuditEvent.objects.filter(event=Event.KEY_REVOKED.value).exists()


def test_a_key_without_the_scope_is_refused(lena):
    engine = Engine(Scope.ASSETS_READ)
    assert engine.get("/assets").status_code == 200

    answer = engine.get(f"/accounts/{lena.pk}/balances")
    assert problem(answer, 403, "scope_missing")["scope"] == "balances.read"
    assert "insufficient_scope" in answer.headers["WWW-Authenticate"]


def test_rules_2_and_4_finding_the_key_costs_one_query_and_reading_writes_nothing(engine):
    engine.get("/assets")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        engine.get("/assets")

    about_keys = [query["sql"] for query in queries if "api_apikey" in query["sql"]]
    assert len(about_keys) == 1
    assert not [query for query in queries if not query["sql"].startswith("SELECT")]


def test_rule_4_use_is_noted_to_the_hour(engine, travel):
    def used():
        return ApiKey.objects.get(pk=engine.key.pk).used_at

    engine.get("/assets")
    first = used()
    travel.shift(timedelta(minutes=59))
    engine.get("/assets")
    assert used() == first == clock.now() - timedelta(minutes=59)
    travel.shift(timedelta(minutes=1))
    engine.get("/assets")
    assert used() == clock.now()


def test_who_asks_too_often_is_told_when_to_ask_again(engine, settings):
    settings.ECHT = settings.ECHT.model_copy(update={"api": settings.ECHT.api.model_copy(update={"per_minute": 100})})
    statuses = [engine.get("/nothing").status_code for _ in range(3)]
    assert statuses == [404, 404, 404], "what is no address costs nothing"

    statuses = [engine.client.put("/api/v1/assets", headers=engine.headers).status_code for _ in range(2)]
    assert statuses == [405, 405]
    assert [engine.get("/assets").status_code for _ in range(100)] == [200] * 100
    answer = engine.get("/assets")
    problem(answer, 429, "too_many")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    rates.forget()
    problem(engine.get("/assets"), 429, "too_many")
    assert Engine().get("/assets").status_code == 200, "another key has its own"
