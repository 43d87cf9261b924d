"""What people and processors do with money; each a transaction."""
