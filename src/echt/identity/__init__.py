"""Verification of persons: cases, documents, checks, decisions, levels."""
