"""One Node for all tests of a file."""

from collections.abc import Iterator

import pytest

from tests.proofs.browser.node import NodeVerifier


@pytest.fixture(scope="module")
def node() -> Iterator[NodeVerifier]:
    with NodeVerifier() as verifier:
        yield verifier
