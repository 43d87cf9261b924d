"""Every message that leaves: kinds, ledger, delivery, and the look-up of a message's number."""
