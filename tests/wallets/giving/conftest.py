from tests.wallets.exchanging import account, browser, lena, set_wallets, world  # noqa: F401
from tests.wallets.leaving import address, bitcoin, btc, folder, rich  # noqa: F401
