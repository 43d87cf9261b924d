"""Customers and staff: sign-in, factors, sessions, step-up, freezes, security centre, anti-phishing code."""
