"""T+N: what was bought with fiat money may be traded, but not leave before its time; and the limits."""
