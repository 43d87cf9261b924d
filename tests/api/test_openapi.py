"""The contract: for anyone, the same as the snapshot, and complete.

A change that is meant is pinned anew: `python -m echt.api.openapi tests/api/openapi.json`.
"""

import json
from pathlib import Path

from echt.api.openapi import document
from echt.api.scopes import Scope

SNAPSHOT = Path(__file__).with_name("openapi.json")
MADE = json.loads(document())
OPERATIONS = [operation for methods in MADE["paths"].values() for operation in methods.values()]


def test_the_contract_is_the_one_that_is_pinned():
    assert document() == SNAPSHOT.read_text(), "Meant? python -m echt.api.openapi tests/api/openapi.json"


def test_anyone_may_read_it(client):
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.json() == MADE
    assert MADE["openapi"].startswith("3.1")


def test_every_operation_has_a_name_words_a_scope_and_problems():
    assert len({operation["operationId"] for operation in OPERATIONS}) == len(OPERATIONS)
    for operation in OPERATIONS:
        ((scope,),) = (named["BearerKey"] for named in operation["security"])
        assert scope in set(Scope)
        assert operation["summary"]
        assert operation["responses"]["default"] == {"$ref": "#/components/responses/Problem"}


def test_what_changes_something_names_its_idempotency_key():
    for path, methods in MADE["paths"].items():
        for method, operation in methods.items():
            named = {"$ref": "#/components/parameters/IdempotencyKey"} in operation["parameters"]
            assert named == (method == "post" and path != "/api/v1/gate/ask"), path


def test_every_reference_leads_somewhere():
    def references(part):
        if isinstance(part, dict):
            yield from [part["$ref"]] if "$ref" in part else []
            part = list(part.values())
        for inner in part if isinstance(part, list) else []:
            yield from references(inner)

    for reference in references(MADE):
        place = MADE
        for name in reference.removeprefix("#/").split("/"):
            place = place[name]


def test_bodies_have_examples_and_refuse_unknown_fields():
    for operation in OPERATIONS:
        if "requestBody" in operation:
            reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
            schema = MADE["components"]["schemas"][reference.rpartition("/")[2]]
            assert schema["additionalProperties"] is False
            assert schema["examples"]
