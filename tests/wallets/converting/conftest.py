from tests.wallets.exchanging import account, browser, lena, set_wallets, world  # noqa: F401
