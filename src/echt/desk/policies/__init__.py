"""Holding policies at the desk: which are in force, what they were, what would apply to whom, exemptions."""
