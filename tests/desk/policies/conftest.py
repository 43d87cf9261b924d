"""What the tests of policies' pages share."""

from tests.desk.holds.conftest import account, btc, desk, hold, rosa, theo, usdt  # noqa: F401  # fixtures
