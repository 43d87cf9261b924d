"""The contract as OpenAPI 3.1, for anyone at `/api/v1/openapi.json`.

What ninja makes of the operations, and what it does not know: problems, idempotency keys, scopes.
`python -m echt.api.openapi FILE` writes it, as the snapshot of the tests has it.
"""

import json
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

REF = "#/components/schemas/{model}"
PROBLEM = {"$ref": "#/components/responses/Problem"}
IDEMPOTENCY = {"$ref": "#/components/parameters/IdempotencyKey"}
KEY_PARAMETER = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "Names this request for ever: sent again, it is done once and answered the same.",
    "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,255}$", "examples": ["0193a2f0-7c1e-7cc3-9b1a-2f6a0c2f"]},
}
RENAMED = {"Code": "ReasonCode", "Class": "LimitClass"}
REPLAYED = {
    "description": "true: this is the kept answer to an earlier request.",
    "schema": {"type": "string", "const": "true"},
}


@cache
def document() -> str:
    """The whole document, as JSON."""
    from echt.api.main import api

    made = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
    schemas, components = made["components"]["schemas"], made["components"]
    components["parameters"] = {"IdempotencyKey": KEY_PARAMETER}
    components["responses"] = {"Problem": _problem(schemas)}
    components["securitySchemes"]["BearerKey"]["description"] = "A key, as `echt api key create` makes it."
    for operation in _operations(made):
        _complete(operation)
    return _renamed(json.dumps(made, indent=2, ensure_ascii=False, sort_keys=True)) + "\n"


def _renamed(text: str) -> str:
    """Names that say something where our own names stand in no room."""
    for ours, theirs in RENAMED.items():
        text = text.replace(f'schemas/{ours}"', f'schemas/{theirs}"').replace(
            f'      "{ours}": {{', f'      "{theirs}": {{'
        )
    return text


def _operations(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in made["paths"].values():
        yield from methods.values()


def _complete(operation: dict[str, Any]) -> None:
    operation["security"] = [{"BearerKey": [operation.pop("x-scope")]}]
    operation["responses"]["default"] = PROBLEM
    for status, response in operation["responses"].items():
        if status.startswith("4"):
            response["content"] = {"application/problem+json": response["content"]["application/json"]}
    if operation.pop("x-once"):
        operation["parameters"].append(IDEMPOTENCY)
        for status, response in operation["responses"].items():
            if status != "default":
                response["headers"] = {"Idempotency-Replayed": REPLAYED}


def _problem(schemas: dict[str, Any]) -> dict[str, Any]:
    from echt.api.schemas.basics import ProblemDetails

    schema = ProblemDetails.model_json_schema(ref_template=REF)
    schemas |= schema.pop("$defs")
    schemas["ProblemDetails"] = schema
    return {
        "description": "What went wrong (RFC 9457).",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "echt.site.settings")
    import django

    django.setup()
    Path(sys.argv[1]).write_text(document())
