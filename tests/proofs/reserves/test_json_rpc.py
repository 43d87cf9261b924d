"""Questions to a node over HTTP, with a node on this machine."""

import json
from base64 import b64encode
from decimal import Decimal
from time import sleep

import pytest

from echt.proofs.refusals import Refused
from echt.proofs.reserves.balances import Unavailable, Unreachable
from echt.site.json_rpc import JsonRpc
from tests.proofs.reserves.nodes import node, raw, result


def test_a_question_is_answered():
    seen = []

    def answer(question, headers):
        seen.append((question, headers.get("Authorization")))
        return result({"height": 5})(question, headers)

    with node(answer) as url:
        transport = JsonRpc(url, secret="name:pass word\n")
        assert transport.call("getinfo", [1, "a"]) == {"height": 5}
        transport.call("getinfo", [])

    question, authorization = seen[0]
    assert question == {"jsonrpc": "2.0", "id": 1, "method": "getinfo", "params": [1, "a"]}
    assert authorization == "Basic " + b64encode(b"name:pass word").decode()
    assert seen[1][0]["id"] == 2


def test_rule_4_amounts_keep_all_their_digits():
    with node(raw(body=b'{"id": 1, "result": 20999999.97690001}')) as url:
        assert JsonRpc(url).call("total", []) == Decimal("20999999.97690001")


def test_rule_1_no_redirect_is_followed():
    asked = []

    def elsewhere(question, headers):
        asked.append(question)
        return result("from elsewhere")(question, headers)

    with node(elsewhere) as other, node(raw(307, Location=other)) as url, pytest.raises(Unreachable, match="307"):
        JsonRpc(url).call("getinfo", [])
    assert asked == []


def test_rule_1_no_proxy_of_the_environment_is_used(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)

    with node(result("direct")) as url:
        assert JsonRpc(url).call("getinfo", []) == "direct"


def test_rule_2_an_answer_has_a_limit_in_size():
    with node(result("a" * 2000)) as url, pytest.raises(Unavailable, match="more than 1000 bytes"):
        JsonRpc(url, most_bytes=1000).call("getinfo", [])


def test_rule_2_an_answer_has_a_limit_in_time():
    def late(question, headers):
        sleep(0.5)
        return result(1)(question, headers)

    with node(late) as url, pytest.raises(Unreachable, match="does not answer"):
        JsonRpc(url, seconds=0.05).call("getinfo", [])


def test_rule_3_no_password_in_the_address():
    with pytest.raises(Refused, match="--node-secret"):
        JsonRpc("http://name:password@127.0.0.1:8332")


@pytest.mark.parametrize("url", ["", "127.0.0.1:8332", "file:///etc/passwd", "ftp://127.0.0.1", "http://"])
def test_only_http_is_spoken(url):
    with pytest.raises(Refused, match="must begin with http"):
        JsonRpc(url)


def test_nobody_there():
    with node(result(1)) as url:
        gone = url

    with pytest.raises(Unreachable, match="does not answer"):
        JsonRpc(gone, seconds=1).call("getinfo", [])


@pytest.mark.parametrize("status", [401, 403, 429, 502])
def test_a_node_that_does_not_let_us_ask(status):
    with node(raw(status)) as url, pytest.raises(Unreachable, match=str(status)):
        JsonRpc(url).call("getinfo", [])


@pytest.mark.parametrize("status", [200, 404, 500])
def test_a_refusal_is_passed_on_in_the_nodes_words(status):
    body = json.dumps({"id": 1, "result": None, "error": {"code": -8, "message": "Scan already in progress"}}).encode()

    with node(raw(status, body)) as url, pytest.raises(Unavailable, match="refuses scan: Scan already in progress"):
        JsonRpc(url).call("scan", [])


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"{}", b'{"id": 2, "result": 1}', b'{"id": 1}', b"\xff", b"[" * 100_000]
)
def test_an_answer_that_is_none(body):
    with node(raw(body=body)) as url, pytest.raises(Unavailable, match="cannot be understood"):
        JsonRpc(url).call("getinfo", [])
