"""A small tree with its statement, log and one customer's proof file, and what that customer may know."""

import json
from functools import cache

from echt.proofs.verify import Knowledge
from tests.proofs import reference
from tests.proofs.trees import OPERATOR, World

COLUMNS = [("BTC", 8, "credit"), ("USDT", 2, "credit"), ("BTC", 8, "debt")]
ACCOUNTS = {"10001": [150_000_000, 250_000, 0], "10002": [7, 0, 3], "10003": [10**30, 1, 1]}
OWN = "10001"


@cache
def world():
    return World(ACCOUNTS, reference.configuration(COLUMNS, 2, 3))


def proof(**parts):
    """The proof file as a value, fresh, so that a test can change it."""
    return json.loads(json.dumps(world().proof(OWN, **parts)))


def content(value):
    return json.dumps(value, ensure_ascii=False).encode()


def known(**more):
    """The statement from elsewhere and the operator's key: what it takes for a plain yes."""
    return Knowledge(**{"statement": world().note.encode(), "operator_key": OPERATOR.vkey} | more)


def root():
    return world().statement["root"]


def codes(report):
    return [reason.code for reason in report.reasons]
