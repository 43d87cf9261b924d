"""Assets, prices, balances and everything that moves them: purchases, conversions, withdrawals, gifts."""
