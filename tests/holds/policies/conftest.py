"""The people and the hold of the risk desk's tests."""

from tests.holds.actions.conftest import account, auditor, btc, hold, olga, rosa, usdt  # noqa: F401  # fixtures
