"""The customer's pages of wallets."""
