"""Template tags of wallets."""
