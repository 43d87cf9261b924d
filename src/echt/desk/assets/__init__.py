"""Assets at the desk: what we hold, on which networks it leaves, and what it is worth."""
