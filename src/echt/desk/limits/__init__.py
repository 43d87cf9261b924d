"""Limits at the desk: which are in force, what they were, what a customer has used."""
