"""Who takes a customer's payment: the contract (`contract`), how they sign (`signatures`), and the sandbox."""
