"""The customer's pages of holds."""
