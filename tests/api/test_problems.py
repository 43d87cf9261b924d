"""Whatever goes wrong is a problem, in the reader's language, with a code that never changes."""

import json
import logging

import pytest

from echt.api import routes
from echt.api.problems import KINDS, Code
from echt.wallets.models import Transfer
from tests.api.engine import Engine, coins, mistake, movement, problem

pytestmark = pytest.mark.django_db


def test_every_code_has_its_words():
    assert set(KINDS) == set(Code)


@pytest.mark.parametrize(
    "raw",
    [b"{", b"\xff", b'{"a": NaN}', b'{"account": 1, "account": 2}', b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}"],
)
def test_what_is_no_json_is_not_readable(engine, raw):
    problem(engine.post("/gate/ask", None, raw=raw), 400, "malformed")


@pytest.mark.parametrize("raw", [b"[]", b"null", b'"text"', b"1"])
def test_what_is_no_object_is_not_valid(engine, raw):
    problem(engine.post("/gate/ask", None, raw=raw), 422, "invalid")


def test_unknown_fields_are_refused(engine, rich):
    told = movement(rich, "withdraw", pays=coins("BTC", "1", memo="x"))
    mistake(engine.post("/movements", told), "/pays/memo", "unknown_field")
    assert not Transfer.objects.filter(operation="withdraw").exists()


def test_unknown_parameters_are_refused(engine, lena):
    mistake(engine.get(f"/accounts/{lena.pk}/holds", colour="red"), "/colour", "unknown_field")


def test_missing_fields_are_named(engine, lena):
    mistake(engine.post("/movements", {"account": str(lena.pk)}), "/operation", "missing")


@pytest.mark.parametrize("path", ["/nothing", "/accounts/1", "/", "/movements/", "/../v2/assets"])
def test_what_is_not_there_is_a_problem(engine, path):
    problem(engine.get(path), 404, "not_found")


def test_outside_of_the_version_there_is_nothing(client):
    problem(client.get("/api/"), 404, "not_found")
    problem(client.get("/api/v2/assets"), 404, "not_found")


def test_other_methods_are_refused_only_to_who_has_a_key(engine, client):
    answer = engine.client.delete("/api/v1/assets", headers=engine.headers)
    problem(answer, 405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD"
    problem(client.delete("/api/v1/assets"), 401, "key_missing")


def test_too_much_is_a_problem(engine):
    problem(engine.post("/gate/ask", None, raw=b"x" * 600_000), 413, "too_large")


def test_another_content_type_is_a_problem(engine):
    answer = engine.client.post("/api/v1/gate/ask", "{}", content_type="text/plain", headers=engine.headers)
    problem(answer, 415, "not_json")


def test_another_host_is_a_problem(client):
    problem(client.get("/api/v1/assets", headers={"Host": "elsewhere.example"}), 400, "malformed")


def test_rule_3_a_fault_of_ours_says_nothing_of_its_cause(engine, monkeypatch, caplog):
    def fail(*_values, **_named):
        raise RuntimeError("secret cause")

    monkeypatch.setattr(routes.gate, "called", fail)
    with caplog.at_level(logging.ERROR):
        answer = engine.post("/gate/ask", {"account": "0" * 32, "operation": "send", "asset": "BTC", "amount": "1"})
    problem(answer, 500, "failed")
    assert "secret cause" not in answer.content.decode()
    assert "secret cause" in caplog.text


def test_rule_2_words_follow_the_reader_and_codes_do_not(db):
    german, english = Engine(language="de-AT,de;q=0.9"), Engine(language="fr,en;q=0.5")
    told = problem(german.get("/nothing"), 404, "not_found")
    same = problem(english.get("/nothing"), 404, "not_found")

    assert german.get("/nothing").headers["Content-Language"] == "de"
    assert same["title"] == "Not found"
    assert told["title"] == "Nicht gefunden"


def test_nothing_is_kept_and_no_cookie_is_set(engine, client):
    for answer in (engine.get("/assets"), client.get("/api/v1/assets"), engine.get("/nothing")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; ")
        assert not answer.cookies
        assert "Cookie" not in answer.headers["Vary"]


def test_a_session_opens_nothing(client_of, staff):
    problem(client_of(staff).get("/api/v1/assets"), 401, "key_missing")


def test_head_answers_as_get_does(engine):
    answer = engine.client.head("/api/v1/assets", headers=engine.headers)
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_number_is_no_amount(engine, rich):
    raw = json.dumps(movement(rich, "withdraw", pays=coins("BTC", "AMOUNT"))).replace('"AMOUNT"', "0.1").encode()
    mistake(engine.post("/movements", None, raw=raw), "/pays/amount", "invalid_value")
    assert not Transfer.objects.filter(operation="withdraw").exists()
