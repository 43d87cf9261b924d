"""One Node for all tests of a file, and the room's modules in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import echt.identity
from tests.proofs.browser.node import NodeVerifier

MODULES = Path(echt.identity.__file__).parent / "static" / "identity"
FOLLOW = Path(__file__).with_name("follow.mjs")


class Modules:
    """`modules.call("frame.js look", frame)`; `modules.follow(...)` for what takes its time."""

    def __init__(self, node: NodeVerifier) -> None:
        self.node = node

    def call(self, function: str, *arguments: object) -> object:
        file, name = function.split()
        return self.node.call(f"{(MODULES / file).as_uri()} {name}", *arguments)

    def follow(self, name: str, *arguments: object) -> object:
        return self.node.call(f"{FOLLOW.as_uri()} {name}", MODULES.as_uri(), *arguments)


@pytest.fixture(scope="module")
def modules() -> Iterator[Modules]:
    with NodeVerifier() as node:
        yield Modules(node)
